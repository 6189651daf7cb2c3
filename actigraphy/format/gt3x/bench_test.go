package gt3x_test

import (
	"context"
	"os"
	"testing"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/gt3x"
)

// BenchmarkBlocks goes through ten hours at 30 Hz, stored and compressed, in bytes
// of log.bin. GT3X names a file on disk to go through instead, in bytes of it.
func BenchmarkBlocks(b *testing.B) {
	if path := os.Getenv("GT3X"); path != "" {
		in, err := format.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = in.Close() }()
		benchmark(b, in, in.Size)
		return
	}
	w := newWriter(30)
	for s := range int64(36_000) {
		w.second(activity2, s, walk(30, s))
	}
	for _, w.stored = range []bool{false, true} {
		name := "deflated"
		if w.stored {
			name = "stored"
		}
		b.Run(name, func(b *testing.B) { benchmark(b, w.input(b), int64(w.log.Len())) })
	}
}

func benchmark(b *testing.B, in *format.Input, size int64) {
	b.SetBytes(size)
	for b.Loop() {
		source, err := gt3x.Open(context.Background(), in)
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range source.Blocks(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
