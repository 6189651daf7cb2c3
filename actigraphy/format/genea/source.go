package genea

import (
	"bytes"
	"context"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/passes"
	"circascope/actigraphy/raw"
)

// Info describes the format.
func Info() format.Info {
	return format.Info{ID: "genea", Name: "GENEA BIN", Extensions: []string{".bin"}}
}

// Sniff takes files that begin with GENEA's header.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte("GENEA/")) }

// source is a GENEA file. What is damaged is known once it was gone through.
type source struct {
	passes.Source
	head header
}

// Open reads the header and the file up to the first second that can be read.
func Open(ctx context.Context, in *format.Input) (raw.Source, error) {
	if !Sniff(in.Head) {
		return nil, refused(in, "a header that begins with GENEA/", "something else")
	}
	h, err := parseHeader(in)
	if err != nil {
		return nil, err
	}
	s := &source{Source: passes.Source{In: in}, head: h}
	s.Begin = func(take func(*raw.Block) bool) passes.Pass { return newPass(&s.head, take) }
	s.About = raw.Header{
		Subject: h.values["Volunteer-Number"], Device: strings.TrimSpace("GENEA " + h.values["Serial-Number"]),
		Site: h.site(), Rate: h.rate, Range: 6,
		Notes: []string{"GENEA's clock runs without a zone: times are as the device was set."},
	}
	err = s.Run(ctx, newPass(&s.head, func(b *raw.Block) bool {
		s.About.Start = actigraphy.Naive(b.Start)
		return false
	}))
	if err != nil {
		return nil, err
	}
	if s.About.Start.IsZero() {
		return nil, refused(in, "seconds of samples", "none that can be read")
	}
	return s, nil
}
