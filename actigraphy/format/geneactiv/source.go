package geneactiv

import (
	"bytes"
	"context"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/passes"
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
	passes.Source
	head   header
	scales *scales
}

// Open reads the header and the file up to the first page that can be read.
func Open(ctx context.Context, in *format.Input) (raw.Source, error) {
	if !Sniff(in.Head) {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "a header that begins with Device Identity", Found: "something else",
			Advice: "extract the file from the device again", Err: actigraphy.ErrFormat,
		}
	}
	s := &source{Source: passes.Source{In: in}, head: parseHeader(in.Head)}
	s.Begin = func(take func(*raw.Block) bool) passes.Pass { return newPass(s, take) }
	var err error
	if s.scales, err = readScales(in, &s.head); err != nil {
		return nil, err
	}
	s.About = s.head.describe()
	p := newPass(s, s.begin)
	if err := p.Read(bytes.NewReader(in.Head)); err != nil {
		return nil, in.ReadError(err)
	}
	if s.About.Start.IsZero() {
		if err := s.Run(ctx, newPass(s, s.begin)); err != nil {
			return nil, err
		}
	}
	if s.About.Start.IsZero() {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "pages of samples", Found: "none that can be read",
			Advice: "extract the file from the device again", Err: actigraphy.ErrFormat,
		}
	}
	return s, nil
}

// begin takes from the first block what the header does not say.
func (s *source) begin(b *raw.Block) bool {
	h := &s.About
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
