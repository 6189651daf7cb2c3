package measure_test

import (
	"context"
	"iter"
	"runtime"
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
	peak  uint64
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
			if i%3600 == 0 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				e.peak = max(e.peak, m.HeapAlloc)
			}
			if !yield(&block, nil) {
				return
			}
		}
	}
}

// TestMemory goes through recordings of 6 and 18 hours, 26 and 78 MB of samples:
// the longer one may keep its epochs more, and nothing else.
func TestMemory(t *testing.T) {
	peak := func(hours int) uint64 {
		e := &endless{hours: hours}
		if _, err := measure.Compute(t.Context(), e, measure.Options{MIMS: true}); err != nil {
			t.Fatal(err)
		}
		return e.peak
	}
	short, long := peak(6), peak(18)
	t.Logf("%d KiB, then %d KiB", short>>10, long>>10)
	if long > short+2<<20 {
		t.Errorf("the heap grew from %d to %d KiB with the recording", short>>10, long>>10)
	}
}
