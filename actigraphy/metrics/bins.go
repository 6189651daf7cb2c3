package metrics

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

const day = 24 * time.Hour

// bins is activity joined to bins of equal width. Bin i lies in slot
// (first+i) mod perDay of the day; NaN marks a bin without a value.
type bins struct {
	values []float64
	first  int
	perDay int
}

// slot returns which bin of the day bin i is.
func (b bins) slot(i int) int { return (b.first + i) % b.perDay }

// clockBins joins epochs to bins that begin at whole multiples of width after
// midnight on the wall clock. An epoch belongs to the bin in which it starts. A
// bin's value is its mean; a bin with a missing epoch, as at the ends of the
// recording, has none. An hour that the clock skips is missing; one that it
// repeats gives one bin.
func clockBins(r *actigraphy.Recording, l Levels, width time.Duration) (bins, error) {
	if width%r.Epoch != 0 || day%width != 0 {
		return bins{}, fmt.Errorf("bins of %v are not made of epochs of %v", width, r.Epoch)
	}
	activity := l.apply(r.Activity)
	clock := wallClock(r)
	first := int(clock(0) / width)
	n := 0
	for i := range activity {
		n = max(n, int(clock(i)/width)-first+1)
	}
	sums, counts := make([]float64, n), make([]int, n)
	for i, v := range activity {
		bin := int(clock(i)/width) - first
		sums[bin] += v // NaN stays NaN
		counts[bin]++
	}
	for i := range sums {
		if counts[i] < int(width/r.Epoch) {
			sums[i] = math.NaN()
		}
		sums[i] /= float64(counts[i])
	}
	perDay := int(day / width)
	return bins{values: sums, first: first % perDay, perDay: perDay}, nil
}

// wallClock returns the function from an epoch's index to the time on the wall
// clock since the first day's midnight.
func wallClock(r *actigraphy.Recording) func(int) time.Duration {
	start := r.Start.SinceMidnight()
	if _, known := r.Start.Zone(); !known {
		return func(i int) time.Duration { return start + time.Duration(i)*r.Epoch }
	}
	t := r.Start.Clock()
	_, begin := t.Zone()
	return func(i int) time.Duration {
		elapsed := time.Duration(i) * r.Epoch
		_, now := t.Add(elapsed).Zone()
		// A clock put back in the first hour of the first day would give a time
		// before its midnight.
		return max(0, start+elapsed+time.Duration(now-begin)*time.Second)
	}
}

// startBins joins epochs to bins counted from the first epoch, as pyActigraphy
// does: sums, missing epochs counting as nothing, the last bin as long as it
// happens to be. Bins no wider than an epoch are the epochs.
func startBins(r *actigraphy.Recording, l Levels, width time.Duration) bins {
	activity := l.apply(r.Activity)
	if width <= r.Epoch {
		return bins{values: activity, perDay: int(day / r.Epoch)}
	}
	per := float64(width) / float64(r.Epoch)
	values := make([]float64, int(math.Ceil(float64(len(activity))/per)))
	for i, v := range activity {
		if !math.IsNaN(v) {
			values[int(float64(i)/per)] += v
		}
	}
	return bins{values: values, perDay: int(day / width)}
}
