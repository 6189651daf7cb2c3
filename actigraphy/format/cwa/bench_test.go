package cwa_test

import (
	"testing"

	"circascope/actigraphy/format/cwa"
	"circascope/actigraphy/format/internal/rawvalues"
)

// BenchmarkRead goes through 50 hours of 100 Hz.
func BenchmarkRead(b *testing.B) {
	rawvalues.Opener(cwa.Open).Benchmark(b, "CIRCASCOPE_CWA", "long.cwa", func() []byte { return ax3Made(150_000).bytes() })
}
