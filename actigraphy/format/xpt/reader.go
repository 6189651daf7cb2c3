package xpt

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Reader reads the minute tables of NHANES in SAS transport files: one recording
// a participant, one participant at a time in memory.
type Reader struct{}

// Format describes the format.
func (Reader) Format() format.Info {
	return format.Info{ID: "xpt", Name: "NHANES minutes in a SAS transport file", Extensions: []string{".xpt", ".gz"}}
}

// Sniff looks for the first header record of version 5 or 8.
func (Reader) Sniff(head []byte) bool {
	return bytes.HasPrefix(head, []byte(headerPrefix+"LIBRARY HEADER RECORD")) || bytes.HasPrefix(head, []byte(headerPrefix+"LIBV8"))
}

// Read goes through the file twice: a bad row at its end leaves no half of a
// cohort behind.
func (Reader) Read(ctx context.Context, in *format.Input, opts format.Options, emit func(*actigraphy.Recording) error) error {
	in.Passes(2)
	s, err := openSurvey(ctx, in)
	if err != nil {
		return err
	}
	if opts.Channel != "" && !strings.EqualFold(opts.Channel, s.kind.activity) {
		return &actigraphy.FileError{
			File: in.Path, Expected: fmt.Sprintf("the channel %q, the only one of this table", s.kind.activity),
			Found: fmt.Sprintf("%q", opts.Channel), Advice: "leave the channel open",
		}
	}
	var left []string // participants without a start
	people := 0
	if err := s.walk(func(p *person) error {
		people++
		r, err := s.kind.read(p)
		if err == nil && r == nil {
			left = append(left, p.id)
		}
		return err
	}); err != nil {
		return err
	}
	if people == len(left) {
		return s.fault("rows of a participant", "none from which a recording can be made", "check the file")
	}
	if s, err = openSurvey(ctx, in); err != nil {
		return err
	}
	return s.walk(func(p *person) error {
		r, err := s.kind.read(p)
		if r == nil || err != nil {
			return err
		}
		if len(left) > 0 {
			r.Source.Notes = append(r.Source.Notes, leftOut(left))
		}
		return emit(r)
	})
}

// leftOut names the participants of the file that gave no recording.
func leftOut(ids []string) string {
	const most = 10
	names := strings.Join(ids[:min(len(ids), most)], ", ")
	if len(ids) > most {
		names += fmt.Sprintf(" and %d more", len(ids)-most)
	}
	return "No recording was made of these participants of the file, whose rows cross no midnight, so that nothing says their time of day: " + names + "."
}
