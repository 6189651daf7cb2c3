package format_test

import (
	"runtime"
	"testing"

	"circascope/actigraphy/format"
)

// TestMemory bounds what is allocated for every row of a long file, from its
// beginning to its recording: what growing, times and the recording itself take.
func TestMemory(t *testing.T) {
	const rows = 150_000
	tests := []struct {
		name    string
		content []byte
		most    uint64 // bytes a row, with what the race detector adds
	}{
		{"generic.csv", makeCSV(rows), 56},                         // a time, a line number, a value
		{"packed.csv.gz", gzipped(t, makeCSV(rows)), 56},           // whose length stands at its end
		{"a.zip", zipped(t, []string{"a.csv"}, makeCSV(rows)), 56}, // and in its list
		{"actigraph.csv", makeActiGraph(rows), 96},                 // six columns, and one computed
		{"recording.awd", makeAWD(rows), 96},                       // counts, light and marker
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			out, err := readBytes(tt.name, tt.content, format.Options{})
			runtime.ReadMemStats(&after)
			if err != nil || len(out) != 1 || len(out[0].Activity) != rows {
				t.Fatalf("got %d recordings and %v", len(out), err)
			}
			const fixed = 8 << 20 // buffers, and the first rows
			if got := (after.TotalAlloc - before.TotalAlloc - fixed) / rows; got > tt.most {
				t.Errorf("got %d bytes a row, want at most %d", got, tt.most)
			}
		})
	}
}
