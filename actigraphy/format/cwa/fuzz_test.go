package cwa_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/cwa"
	"circascope/actigraphy/format/internal/rawvalues"
)

// FuzzOpen wants an error that names the file, or blocks in order of time.
func FuzzOpen(f *testing.F) {
	seeds := []made{ax3Made(3), ax3Made(3), ax3Made(3), ax3Made(4)}
	seeds[1].fraction = false
	seeds[2].fraction, seeds[2].old = false, true
	seeds[3].packed, seeds[3].axes, seeds[3].count = false, 6, 40
	for _, m := range seeds {
		f.Add(m.bytes(), true)
	}
	f.Fuzz(func(t *testing.T, content []byte, sealed bool) {
		content = bytes.Clone(content)
		if sealed { // else no change gets past the checksum
			for i := 1024; i+512 <= len(content); i += 512 {
				seal(content[i : i+512])
			}
		}
		in, err := format.NewInput("fuzz.cwa", content)
		if err != nil {
			return
		}
		s, err := cwa.Open(context.Background(), in)
		if err != nil {
			var file *actigraphy.FileError
			if !errors.As(err, &file) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		got := rawvalues.Gather(t, s)
		if most := len(content) / 512 * 120; got.N == 0 || got.N > most {
			t.Errorf("%d samples in %d bytes", got.N, len(content))
		}
	})
}
