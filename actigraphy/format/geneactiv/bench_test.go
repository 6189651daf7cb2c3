package geneactiv_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/geneactiv"
)

// BenchmarkRead goes through a file on disk, 17 hours of 100 Hz. With the path of
// a file in CIRCASCOPE_GENEACTIV it is that one, made where it does not exist, so that
// other programs can be timed on the same bytes.
func BenchmarkRead(b *testing.B) {
	path := os.Getenv("CIRCASCOPE_GENEACTIV")
	if path == "" {
		path = filepath.Join(b.TempDir(), "long.bin")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(path, madeFile(20_000).bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	in, err := format.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	b.SetBytes(in.Size)
	for b.Loop() {
		s, err := geneactiv.Open(context.Background(), in)
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range s.Blocks(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
