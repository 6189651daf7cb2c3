package measure_test

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/measure"
	"circascope/actigraphy/raw/rawtest"
)

// endless makes its blocks as they are asked for and watches the heap.
type endless struct {
	hours int
	heap  []uint64 // in bytes, every 200 s of the recording
}

func (e *endless) Header() raw.Header {
	return raw.Header{Start: actigraphy.Naive(rawtest.Start), Rate: 50}
}

func (e *endless) Blocks(context.Context) iter.Seq2[*raw.Block, error] {
	one := rawtest.New(rawtest.Start, 50)
	one.Seconds(rawtest.Start, 1, rawtest.Shake)
	block := one.List[0]
	return func(yield func(*raw.Block, error) bool) {
		for i := range e.hours * 3600 {
			block.Start = rawtest.Start.Add(time.Duration(i) * time.Second)
			if i%200 == 0 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				e.heap = append(e.heap, m.HeapAlloc)
			}
			if !yield(&block, nil) {
				return
			}
		}
	}
}

// TestMemory goes through a recording of 3 hours, 13 MB of samples: its last
// third may keep its epochs, and nothing else. The least of many readings counts,
// since what is being worked on when one is taken is in it, too.
func TestMemory(t *testing.T) {
	e := &endless{hours: 3}
	if _, err := measure.Compute(t.Context(), e, measure.Options{MIMS: true}); err != nil {
		t.Fatal(err)
	}
	third := len(e.heap) / 3 // the first fills the buffers
	first, second := slices.Min(e.heap[third:2*third]), slices.Min(e.heap[2*third:])
	t.Logf("%d KiB, then %d KiB", first>>10, second>>10)
	if second > first+1<<18 {
		t.Errorf("the heap grew from %d to %d KiB with the recording", first>>10, second>>10)
	}
}
