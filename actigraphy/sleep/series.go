package sleep

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// series is what an algorithm scores: values of equal epochs; NaN is missing.
type series struct {
	start actigraphy.LocalTime
	epoch time.Duration
	x     []float64
}

func activity(r *actigraphy.Recording) (series, error) {
	return series{r.Start, r.Epoch, r.Activity}, nil
}

// counts is the activity of a recording that counts, or that does not say what it
// has. Its formulas' constants mean nothing for other units.
func counts(r *actigraphy.Recording) (series, error) {
	if q := r.Unit.Quantity; q != "" && q != "counts" {
		return series{}, fmt.Errorf("the activity is %v, and the formula is for counts", r.Unit)
	}
	return activity(r)
}

// epochs returns how many epochs a time is, rounded down.
func (s series) epochs(d time.Duration) int { return int(d / s.epoch) }

// minutes returns how many epochs a number of minutes is, rounded down.
func (s series) minutes(m float64) int {
	return s.epochs(time.Duration(math.Round(m * float64(time.Minute))))
}

func (s series) scored(states []State) scored {
	return scored{start: s.start, epoch: s.epoch, states: states}
}

// summedTo returns the series at one of the lengths that an algorithm is defined
// for: as it is, else summed to the shortest length that its epochs divide.
func (s series) summedTo(lengths []time.Duration) (series, error) {
	for _, l := range lengths {
		if s.epoch == l {
			return s, nil
		}
	}
	for _, l := range lengths {
		if l > s.epoch && l%s.epoch == 0 {
			return s.summed(int(l / s.epoch)), nil
		}
	}
	return series{}, fmt.Errorf("epochs of %v can't be scored: it takes epochs of %v, or shorter ones that divide them", actigraphy.InWords(s.epoch), actigraphy.ListInWords(lengths))
}

// summed adds up each n epochs. A sum with a missing epoch in it is missing; the
// rest at the end that fills no epoch is left out.
func (s series) summed(n int) series {
	return s.binned(n, func(bin []float64) float64 {
		sum := 0.0
		for _, v := range bin {
			sum += v
		}
		return sum
	})
}

// peaks takes the largest of each n epochs, missing where one of them is.
func (s series) peaks(n int) series {
	return s.binned(n, func(bin []float64) float64 {
		top := bin[0]
		for _, v := range bin[1:] {
			top = max(top, v) // NaN where one of them is
		}
		return top
	})
}

func (s series) binned(n int, of func([]float64) float64) series {
	out := make([]float64, len(s.x)/n)
	for i := range out {
		out[i] = of(s.x[i*n : (i+1)*n])
	}
	return series{s.start, s.epoch * time.Duration(n), out}
}

// toClock sums the series to longer epochs that begin at whole ones since midnight,
// as pandas resamples: a bin holds what there is of it, and a missing epoch counts
// as 0.
func (s series) toClock(epoch time.Duration) series {
	bins, place := s.clockBins(epoch)
	out := make([]float64, bins)
	for i, v := range s.x {
		if !math.IsNaN(v) {
			out[place(i)] += v
		}
	}
	return series{s.onClock(epoch), epoch, out}
}

// clockPeaks takes the largest value of each minute of the clock.
func (s series) clockPeaks(epoch time.Duration) series {
	bins, place := s.clockBins(epoch)
	out := make([]float64, bins)
	for i, v := range s.x {
		out[place(i)] = max(out[place(i)], v)
	}
	return series{s.onClock(epoch), epoch, out}
}

// clockBins returns how many epochs of the clock there are, and in which one each
// epoch of the series begins.
func (s series) clockBins(epoch time.Duration) (int, func(i int) int) {
	lead := s.start.SinceMidnight() % epoch
	place := func(i int) int { return int((lead + time.Duration(i)*s.epoch) / epoch) }
	return place(len(s.x)-1) + 1, place
}

// onClock returns the begin of the clock's epoch in which the series begins.
func (s series) onClock(epoch time.Duration) actigraphy.LocalTime {
	return s.start.Add(-(s.start.SinceMidnight() % epoch))
}
