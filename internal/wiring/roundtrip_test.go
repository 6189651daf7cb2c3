package wiring_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/internal/reference"
	"circascope/internal/wiring"
)

// TestReferenceRoundTrips exports every recording of the reference files, reads it
// again and wants an export of the same bytes but for where it came from.
func TestReferenceRoundTrips(t *testing.T) {
	root := filepath.Join(reference.Dir(t), "actigraphy")
	formats := map[string]int{}
	opts := format.Options{Epoch: 5 * time.Second, DateOrder: format.OrderFromFile}
	for _, dir := range []string{"files", "nhanes47"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			err = format.Read(context.Background(), wiring.Readers(), path, opts, nil, func(r *actigraphy.Recording) error {
				formats[r.Source.Format]++
				sameAgain(t, filepath.Base(path), r)
				return nil
			})
			var file *actigraphy.FileError
			if err != nil && !errors.As(err, &file) && !errors.Is(err, format.ErrCompanion) {
				t.Errorf("%s: %v", path, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("recordings by format: %v", formats)
	if len(formats) < 20 {
		t.Errorf("recordings of %d formats, want more of the reference files", len(formats))
	}
}

func sameAgain(t *testing.T, name string, want *actigraphy.Recording) {
	t.Helper()
	var text bytes.Buffer
	if err := format.WriteRecording(&text, want); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	in, err := format.NewInput("exported.csv", text.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = format.ReadInput(context.Background(), wiring.Readers(), in, format.Options{}, nil, func(got *actigraphy.Recording) error {
		n++
		if got.ID() == want.ID() || got.Source.Format != "circascope" {
			t.Errorf("%s: got format %s, id %s", name, got.Source.Format, got.ID())
		}
		if a, b := actigraphy.Describe(got), actigraphy.Describe(want); a.Days != b.Days || a.Sum != b.Sum || a.Missing != b.Missing {
			t.Errorf("%s: got %+v, want %+v", name, a, b)
		}
		got.Source = want.Source
		var again bytes.Buffer
		if err := format.WriteRecording(&again, got); err != nil {
			return err
		}
		if !bytes.Equal(again.Bytes(), text.Bytes()) {
			t.Errorf("%s: another recording came back", name)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%s: %d recordings, %v", name, n, err)
	}
}
