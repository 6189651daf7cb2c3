package format_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Progress never goes back and ends at its total, however often a reader goes
// through the file.
func TestProgress(t *testing.T) {
	dir := writeFiles(t, map[string][]byte{"wide.csv": makeWide(20), "generic.csv": makeCSV(50_000), "a.awd": makeAWD(5000), "z.csv.gz": gzipped(t, makeCSV(5000))})
	for _, name := range []string{"wide.csv", "generic.csv", "a.awd", "z.csv.gz"} {
		var last, of int64
		calls := 0
		progress := func(done, total int64) {
			if done < last || total < done || of != 0 && total != of {
				t.Errorf("%s: got %d of %d after %d of %d", name, done, total, last, of)
			}
			last, of = done, total
			calls++
		}
		err := format.Read(context.Background(), format.Readers(), filepath.Join(dir, name), format.Options{}, progress, func(*actigraphy.Recording) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		if calls == 0 || last != of {
			t.Errorf("%s: ended at %d of %d", name, last, of)
		}
	}
}

// The error of emit ends the reading and comes back as it is.
func TestEmitError(t *testing.T) {
	full := errors.New("the disk is full")
	for name, content := range map[string][]byte{"a.awd": makeAWD(20), "b.csv": makeCSV(20), "c.csv": makeActiGraph(20), "d.csv": makeWide(2)} {
		in, err := format.NewInput(name, content)
		if err != nil {
			t.Fatal(err)
		}
		calls := 0
		err = format.ReadInput(context.Background(), format.Readers(), in, format.Options{}, nil, func(*actigraphy.Recording) error {
			calls++
			return full
		})
		if !errors.Is(err, full) || calls != 1 {
			t.Errorf("%s: got %v after %d calls, want the error after one", name, err, calls)
		}
	}
}

// failing is a reader that panics, as libraries do over damaged files.
type failing struct{ format.CSV }

func (failing) Read(context.Context, *format.Input, format.Options, func(*actigraphy.Recording) error) error {
	panic("index out of range")
}

// TestPanicOfReader wants one file refused and the program alive; a panic of who
// takes the recordings is not a reader's.
func TestPanicOfReader(t *testing.T) {
	in, err := format.NewInput("a.csv", makeCSV(100))
	if err != nil {
		t.Fatal(err)
	}
	take := func(*actigraphy.Recording) error { panic("mine") }
	err = format.ReadInput(t.Context(), []format.Reader{failing{}}, in, format.Options{}, nil, take)
	var file *actigraphy.FileError
	if !errors.Is(err, format.ErrReader) || !errors.As(err, &file) || file.Advice == "" || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("got %v, want a reader's fault, with advice", err)
	}
	defer func() {
		if got := recover(); got != "mine" {
			t.Errorf("got the panic %v, want the one of emit", got)
		}
	}()
	_ = format.ReadInput(t.Context(), format.Readers(), in, format.Options{}, nil, take)
}
