package formattest

import (
	"context"
	"errors"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Read returns the recordings of a file in memory. A panic of the reader, which
// package format turns into an error, is one again: fuzzing must see it.
func Read(reader format.Reader, name string, content []byte, opts format.Options) (out []*actigraphy.Recording, err error) {
	in, err := format.NewInput(name, content)
	if err != nil {
		return nil, err
	}
	err = format.ReadInput(context.Background(), []format.Reader{reader}, in, opts, nil, func(r *actigraphy.Recording) error {
		out = append(out, r)
		return nil
	})
	if errors.Is(err, format.ErrReader) {
		panic(err)
	}
	return out, err
}

// Sound wants of a file, whatever is in it, a *actigraphy.FileError or nothing, and
// recordings that name their start, channel and participant.
func Sound(t testing.TB, got []*actigraphy.Recording, err error) {
	t.Helper()
	var file *actigraphy.FileError
	if err != nil && !errors.As(err, &file) {
		t.Errorf("got %T %v, want a *FileError", err, err)
	}
	for _, r := range got {
		if r.Start.IsZero() || r.Source.Channel == "" || r.Source.Subject == "" {
			t.Errorf("got start %v, source %+v", r.Start, r.Source)
		}
	}
}
