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
// repeats counts once.
func clockBins(r *actigraphy.Recording, l Levels, width time.Duration) (bins, error) {
	if width%r.Epoch != 0 || day%width != 0 {
		return bins{}, fmt.Errorf("bins of %v are not made of epochs of %v", width, r.Epoch)
	}
	onClock, _, _ := r.OnWallClock(actigraphy.KeepFirst)
	start := r.Start.SinceMidnight()
	first := int(start / width)
	bin := func(i int) int { return int((start+time.Duration(i)*r.Epoch)/width) - first }

	sums := make([]float64, bin(len(onClock)-1)+1)
	counts := make([]int, len(sums))
	for i, v := range l.apply(onClock) {
		at := bin(i)
		sums[at] += v // NaN stays NaN
		counts[at]++
	}
	for i := range sums {
		if counts[i] < int(width/r.Epoch) {
			sums[i] = math.NaN()
		}
		sums[i] /= float64(counts[i])
	}
	return bins{values: sums, first: first, perDay: int(day / width)}, nil
}

// startBins joins epochs to bins counted from the first epoch, as pyActigraphy
// does: sums, missing epochs counting as nothing, the last bin as long as it
// happens to be. Bins no wider than an epoch are the epochs.
func startBins(r *actigraphy.Recording, l Levels, width time.Duration) (bins, error) {
	if day%width != 0 {
		return bins{}, fmt.Errorf("bins of %v do not divide a day", width)
	}
	activity := l.apply(r.Activity)
	if width <= r.Epoch {
		return bins{values: activity, perDay: int(day / r.Epoch)}, nil
	}
	bin := func(i int) int { return int(time.Duration(i) * r.Epoch / width) }
	values := make([]float64, bin(len(activity)-1)+1)
	for i, v := range activity {
		if !math.IsNaN(v) {
			values[bin(i)] += v
		}
	}
	return bins{values: values, perDay: int(day / width)}, nil
}

// averageDay returns the mean of each bin of the day and how many values it is
// of; NaN where there are none.
func (b bins) averageDay() (profile []float64, counts []int) {
	totals := make([]sum, b.perDay)
	counts = make([]int, b.perDay)
	for i, v := range b.values {
		if !math.IsNaN(v) {
			totals[b.slot(i)].add(v)
			counts[b.slot(i)]++
		}
	}
	profile = make([]float64, b.perDay)
	for slot := range profile {
		profile[slot] = totals[slot].total / float64(counts[slot])
	}
	return profile, counts
}

// recorded returns how many bins have a value.
func (b bins) recorded() int {
	n, _, _ := moments(b.values)
	return n
}

// neighbours returns how many neighbouring bins both have a value, and the sum
// of their squared differences.
func (b bins) neighbours() (pairs int, squares float64) {
	var total sum
	for i := 1; i < len(b.values); i++ {
		d := b.values[i] - b.values[i-1]
		if !math.IsNaN(d) {
			total.add(d * d)
			pairs++
		}
	}
	return pairs, total.total
}
