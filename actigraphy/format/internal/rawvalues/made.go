package rawvalues

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
)

// Opener is the Open of a reader.
type Opener func(context.Context, *format.Input) (raw.Source, error)

// Made opens a file that a test made.
func (open Opener) Made(t testing.TB, name string, content []byte) raw.Source {
	t.Helper()
	in, err := format.NewInput(name, content)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Allocated returns how many bytes going through a source allocates.
func Allocated(t testing.TB, s raw.Source) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	goThrough(t, s)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Benchmark goes through a file on disk, of that name and content. With the path of a
// file in the environment variable it is that one, made where it does not exist, so
// that other programs can be timed on the same bytes.
func (open Opener) Benchmark(b *testing.B, variable, name string, made func() []byte) {
	b.Helper()
	path := os.Getenv(variable)
	if path == "" {
		path = filepath.Join(b.TempDir(), name)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(path, made(), 0o600); err != nil {
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
		s, err := open(context.Background(), in)
		if err != nil {
			b.Fatal(err)
		}
		goThrough(b, s)
	}
}

func goThrough(t testing.TB, s raw.Source) {
	t.Helper()
	for _, err := range s.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
	}
}
