package geneactiv

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
)

// Info describes the format.
func Info() format.Info {
	return format.Info{ID: "geneactiv", Name: "GENEActiv BIN", Extensions: []string{".bin"}}
}

// Sniff takes files that begin with GENEActiv's header.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte("Device Identity")) }

// source is a GENEActiv file. What is damaged is known once it was gone through.
type source struct {
	in     *format.Input
	head   header
	scales *scales
	header raw.Header
	damage raw.Damage
}

// Open reads the header and the file up to the first page that can be read.
func Open(ctx context.Context, in *format.Input) (raw.Source, error) {
	if !Sniff(in.Head) {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "a header that begins with Device Identity", Found: "something else",
			Advice: "extract the file from the device again", Err: actigraphy.ErrFormat,
		}
	}
	s := &source{in: in, head: parseHeader(in.Head)}
	var err error
	if s.scales, err = readScales(in, &s.head); err != nil {
		return nil, err
	}
	s.header = s.head.describe()
	p := newPass(s, s.begin)
	if err := p.read(bytes.NewReader(in.Head)); err != nil {
		return nil, in.ReadError(err)
	}
	if s.header.Start.IsZero() {
		if err := s.pass(ctx, newPass(s, s.begin)); err != nil {
			return nil, err
		}
	}
	if s.header.Start.IsZero() {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "pages of samples", Found: "none that can be read",
			Advice: "extract the file from the device again", Err: actigraphy.ErrFormat,
		}
	}
	return s, nil
}

// begin takes from the first block what the header does not say.
func (s *source) begin(b *raw.Block) bool {
	h := &s.header
	h.Start, h.Rate = actigraphy.Zoned(b.Start), b.Rate
	zone := s.head.get("Configuration Info", "Time Zone")
	note := fmt.Sprintf("Times are in the zone the device was set to, %s, in summer and winter.", zone)
	if _, ok := parseZone(zone); !ok {
		h.Start = actigraphy.Naive(b.Start)
		note = fmt.Sprintf("The zone %q is not understood: times are as the device was set.", zone)
	}
	h.Notes = append(h.Notes, note)
	if configured := s.head.rate(); configured != b.Rate {
		h.Notes = append(h.Notes, fmt.Sprintf("The header says %.4g samples a second, the pages %.4g: the pages are believed.", configured, b.Rate))
	}
	return false
}

// Header says what the file tells of the recording.
func (s *source) Header() raw.Header { return s.header }

// Damage says what the last complete pass left out.
func (s *source) Damage() raw.Damage { return s.damage }

// Blocks yields a block for each page that can be read.
func (s *source) Blocks(ctx context.Context) iter.Seq2[*raw.Block, error] {
	return func(yield func(*raw.Block, error) bool) {
		p := newPass(s, func(b *raw.Block) bool { return yield(b, nil) })
		if err := s.pass(ctx, p); err != nil {
			yield(nil, err)
			return
		}
		if !p.stopped {
			s.damage = p.damage()
		}
	}
}

func (s *source) pass(ctx context.Context, p *pass) error {
	content, err := s.in.Content(ctx)
	if err != nil {
		return err
	}
	if err := p.read(content); err != nil {
		return s.in.ReadError(err)
	}
	return nil
}
