package geneactiv_test

import (
	"testing"

	"circascope/actigraphy/format/geneactiv"
	"circascope/actigraphy/format/internal/rawvalues"
)

// BenchmarkRead goes through 17 hours of 100 Hz.
func BenchmarkRead(b *testing.B) {
	rawvalues.Opener(geneactiv.Open).Benchmark(b, "CIRCASCOPE_GENEACTIV", "long.bin", func() []byte { return madeFile(20_000).bytes() })
}
