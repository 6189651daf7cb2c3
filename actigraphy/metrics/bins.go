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

// binning says how activity is joined to bins.
type binning struct {
	d        Definition
	l        levels
	width    time.Duration
	leaveOut bool // PyActigraphy's bins with a missing epoch have no value
}

// binning returns the binning of a measure's parameters in bins of a width.
func (s settings) binning(d Definition, width time.Duration) binning {
	return binning{d, s.levels(), width, s.on(leaveOutName)}
}

// of returns the same binning in another width.
func (how binning) of(width time.Duration) binning {
	how.width = width
	return how
}

// bins returns the activity in bins, as the definition makes them.
func (x *analysis) bins(how binning) (bins, error) {
	return remembered(x, how, func() (bins, error) {
		if how.d == Paper {
			return x.clockBins(how)
		}
		return x.startBins(how)
	})
}

// clockBins joins epochs to bins that begin at whole multiples of width after
// midnight on the wall clock. An epoch belongs to the bin in which it starts. A
// bin's value is its mean; a bin with a missing epoch, as at the ends of the
// recording, has none. An hour that the clock skips is missing; one that it
// repeats counts once.
func (x *analysis) clockBins(how binning) (bins, error) {
	width := how.width
	if day%width != 0 {
		return bins{}, fmt.Errorf("bins of %v do not divide a day", actigraphy.InWords(width))
	}
	if width%x.r.Epoch != 0 {
		return bins{}, fmt.Errorf("bins of %v are not made of epochs of %v", actigraphy.InWords(width), actigraphy.InWords(x.r.Epoch))
	}
	if width == x.r.Epoch {
		first := int(x.r.Start.SinceMidnight() / width)
		return bins{values: x.at(Paper, how.l), first: first, perDay: int(day / width)}, nil
	}
	finer, err := x.bins(how.of(x.finer(width)))
	if err != nil {
		return bins{}, err
	}
	per := finer.perDay / int(day/width)
	first := finer.first / per
	values := make([]float64, (finer.first+len(finer.values)-1)/per+1-first)
	for i := range values {
		from := (first+i)*per - finer.first
		if from < 0 || from+per > len(finer.values) {
			values[i] = math.NaN()
			continue
		}
		total := 0.0
		for _, v := range finer.values[from : from+per] {
			total += v // NaN stays NaN
		}
		values[i] = total / float64(per)
	}
	return bins{values: values, first: first, perDay: int(day / width)}, nil
}

// startBins joins epochs to bins counted from the first epoch, as pyActigraphy
// does: sums, missing epochs counting as nothing, the last bin as long as it
// happens to be. Bins no wider than an epoch are the epochs.
func (x *analysis) startBins(how binning) (bins, error) {
	width := how.width
	if day%width != 0 {
		return bins{}, fmt.Errorf("bins of %v do not divide a day", actigraphy.InWords(width))
	}
	if width <= x.r.Epoch {
		return bins{values: x.at(PyActigraphy, how.l), perDay: int(day / x.r.Epoch)}, nil
	}
	if width%x.r.Epoch != 0 {
		return x.unevenBins(how), nil
	}
	finer, err := x.bins(how.of(x.finer(width)))
	if err != nil {
		return bins{}, err
	}
	per := finer.perDay / int(day/width)
	values := make([]float64, (len(finer.values)-1)/per+1)
	for i := range values {
		for _, v := range finer.values[i*per : min((i+1)*per, len(finer.values))] {
			if !math.IsNaN(v) || how.leaveOut {
				values[i] += v
			}
		}
	}
	return bins{values: values, perDay: int(day / width)}, nil
}

// unevenBins joins epochs to bins that are no whole number of them: an epoch
// belongs to the bin in which it starts.
func (x *analysis) unevenBins(how binning) bins {
	width := how.width
	activity := x.at(PyActigraphy, how.l)
	bin := func(i int) int { return int(time.Duration(i) * x.r.Epoch / width) }
	values := make([]float64, bin(len(activity)-1)+1)
	for i, v := range activity {
		if !math.IsNaN(v) || how.leaveOut {
			values[bin(i)] += v
		}
	}
	return bins{values: values, perDay: int(day / width)}
}

// finer returns the width of the bins from which bins of a width are made: the
// widest of meanWidths that divides it, or else the epoch. Many widths then cost
// little more than one.
func (x *analysis) finer(width time.Duration) time.Duration {
	best := x.r.Epoch
	for _, minutes := range meanWidths {
		w := time.Duration(minutes) * time.Minute
		if w < width && w > best && width%w == 0 && w%x.r.Epoch == 0 {
			best = w
		}
	}
	return best
}

// averageDay returns the mean of each bin of the day and how many values it is
// of; NaN where there are none.
func (b bins) averageDay() (profile []float64, counts []int) {
	totals := make([]sum, b.perDay)
	counts = make([]int, b.perDay)
	slot := b.first % b.perDay
	for _, v := range b.values {
		if !math.IsNaN(v) {
			totals[slot].add(v)
			counts[slot]++
		}
		if slot++; slot == b.perDay {
			slot = 0
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
	n := 0
	for _, v := range b.values {
		if !math.IsNaN(v) {
			n++
		}
	}
	return n
}

// neighbours returns how many neighbouring bins both have a value, and the sum
// of their squared differences.
func (b bins) neighbours() (pairs int, squares float64) {
	for i := 1; i < len(b.values); i++ {
		d := b.values[i] - b.values[i-1]
		if !math.IsNaN(d) {
			squares += d * d
			pairs++
		}
	}
	return pairs, squares
}
