package cwa

import (
	"bytes"
	"context"
	"errors"
	"io"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/passes"
	"circascope/actigraphy/raw"
)

// Info describes the format.
func Info() format.Info {
	return format.Info{ID: "cwa", Name: "Axivity CWA (AX3, AX6)", Extensions: []string{".cwa"}}
}

// Sniff takes files that begin with Axivity's header block.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte("MD\xfc\x03")) }

// source is a CWA file. What is damaged is known once it was gone through.
type source struct {
	passes.Source
}

// Open reads the header and the file up to the first sector that can be read.
func Open(ctx context.Context, in *format.Input) (raw.Source, error) {
	if !Sniff(in.Head) || len(in.Head) < headerSize {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "a header of 1024 bytes that begins with MD", Found: "something else",
			Advice: "copy the file from the device again", Err: actigraphy.ErrFormat,
		}
	}
	h := parseHead(in.Head)
	s := &source{Source: passes.Source{In: in}}
	s.Begin = func(take func(*raw.Block) bool) passes.Pass {
		return newPass(func(_ *sector, b *raw.Block) bool { return take(b) })
	}
	found := func(first *sector, b *raw.Block) bool {
		s.About = h.describe(first)
		s.About.Start = actigraphy.Naive(b.Start)
		return false
	}
	p := newPass(found)
	if err := p.Read(bytes.NewReader(in.Head)); err != nil {
		return nil, in.ReadError(err)
	}
	if !p.stopped {
		if err := s.Run(ctx, newPass(found)); err != nil {
			return nil, err
		}
	}
	if s.About.Start.IsZero() {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "sectors of samples", Found: "none that can be read",
			Advice: "copy the file from the device again", Err: actigraphy.ErrFormat,
		}
	}
	return s, nil
}

// chunk is how many bytes are read at a time.
const chunk = 256 * sectorSize

// Read goes through a file until its end, or until nobody wants more.
func (p *pass) Read(content io.Reader) error {
	if _, err := io.CopyN(io.Discard, content, headerSize); err != nil {
		return err
	}
	buffer := make([]byte, chunk)
	for !p.stopped {
		n, err := fill(content, buffer)
		p.sectors(buffer[:n])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fill reads until b is full or the content ends, which is io.EOF. Unlike
// io.ReadFull it keeps the end apart from a gzipped file that is cut off.
func fill(r io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		m, err = r.Read(b[n:])
		n += m
	}
	return n, err
}
