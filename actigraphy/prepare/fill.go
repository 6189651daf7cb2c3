package prepare

import (
	"math"
	"slices"
	"time"
)

// filler knows a person's mean activity at each minute of the day, over the
// days on which that minute was recorded.
type filler struct {
	mean  [MinutesPerDay]float64 // NaN where a minute was never recorded
	start int                    // minute of the day of the series' first value
}

func newFiller(s Series) *filler {
	f := &filler{start: int(s.Start.SinceMidnight() / time.Minute)}
	var n [MinutesPerDay]float64
	for i, v := range s.Values {
		if !math.IsNaN(v) {
			m := f.minute(i)
			f.mean[m] += v
			n[m]++
		}
	}
	for m := range f.mean {
		f.mean[m] /= n[m] // 0/0 is NaN
	}
	return f
}

// minute returns the minute of the day of value i of the series.
func (f *filler) minute(i int) int { return (f.start + i) % MinutesPerDay }

// apply returns a copy of values, which begin at index at of the series, with
// the missing ones replaced, and how many could not be.
func (f *filler) apply(values []float64, at int) (whole []float64, unknown int) {
	whole = slices.Clone(values)
	for i, v := range whole {
		if !math.IsNaN(v) {
			continue
		}
		whole[i] = f.mean[f.minute(at+i)]
		if math.IsNaN(whole[i]) {
			unknown++
		}
	}
	return whole, unknown
}
