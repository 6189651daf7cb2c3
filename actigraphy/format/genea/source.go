package genea

import (
	"bytes"
	"context"
	"iter"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
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
	in     *format.Input
	head   header
	header raw.Header
	damage raw.Damage
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
	s := &source{in: in, head: h}
	s.header = raw.Header{
		Subject: h.values["Volunteer-Number"], Device: strings.TrimSpace("GENEA " + h.values["Serial-Number"]),
		Site: h.site(), Rate: h.rate, Range: 6,
		Notes: []string{"GENEA's clock runs without a zone: times are as the device was set."},
	}
	err = s.pass(ctx, newPass(&s.head, func(b *raw.Block) bool {
		s.header.Start = actigraphy.Naive(b.Start)
		return false
	}))
	if err != nil {
		return nil, err
	}
	if s.header.Start.IsZero() {
		return nil, refused(in, "seconds of samples", "none that can be read")
	}
	return s, nil
}

// Header says what the file tells of the recording.
func (s *source) Header() raw.Header { return s.header }

// Damage says what the last complete pass left out.
func (s *source) Damage() raw.Damage { return s.damage }

// Blocks yields a block for each second.
func (s *source) Blocks(ctx context.Context) iter.Seq2[*raw.Block, error] {
	return func(yield func(*raw.Block, error) bool) {
		p := newPass(&s.head, func(b *raw.Block) bool { return yield(b, nil) })
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
