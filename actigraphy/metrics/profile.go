package metrics

import (
	"errors"
	"fmt"
	"math"

	"circascope/actigraphy"
)

// epochProfile returns the average day, epoch by epoch from midnight. Paper wants
// every epoch of the day; PyActigraphy wants the recording to reach round the
// day and has NaN where all of an epoch's values are missing.
func (x *analysis) epochProfile(d Definition, l levels) ([]float64, error) {
	type key struct {
		d Definition
		l levels
	}
	return remembered(x, key{d, l}, func() ([]float64, error) { return averageEpochs(x, d, l) })
}

func averageEpochs(x *analysis, d Definition, l levels) ([]float64, error) {
	r := x.r
	perDay := int(day / r.Epoch)
	if d == PyActigraphy && len(r.Activity) < perDay {
		return nil, fmt.Errorf("the recording is shorter than a day: %d epochs of %v", len(r.Activity), actigraphy.InWords(r.Epoch))
	}
	b, err := x.bins(binning{d: Paper, l: l, width: r.Epoch})
	if err != nil {
		return nil, err
	}
	profile, counts := b.averageDay()
	never := 0
	for _, n := range counts {
		if n == 0 {
			never++
		}
	}
	switch {
	case never == perDay:
		return nil, errNothing
	case never > 0 && d == Paper:
		return nil, fmt.Errorf("%d of the day's %d epochs were recorded on no day", never, perDay)
	}
	return profile, nil
}

var errNothing = errors.New("nothing was recorded")

// circularSums returns the sum of the n values from each index on, over two days
// less one window, NaN counting as nothing. The sums are made one from another by
// adding a value and taking one away, each with its own compensation, and a window
// of equal values is their product: pandas makes its rolling sums so, and among
// equal windows pyActigraphy's onset is decided by their rounding.
func circularSums(profile []float64, n int) []float64 {
	days := 2 * len(profile)
	sums := make([]float64, 0, days-n+1)
	var running rollingSum
	for i := range days {
		if i >= n {
			running.remove(profile[(i-n)%len(profile)])
		}
		running.add(profile[i%len(profile)])
		if i >= n-1 {
			sums = append(sums, running.value())
		}
	}
	return sums
}

// rollingSum is the sum of a moving window. It is exact where all values in it
// are equal.
type rollingSum struct {
	sum   sum
	n     int     // values in the window
	last  float64 // the one added last
	equal int     // how many have been added in a row that equal last
}

func (s *rollingSum) add(v float64) {
	if math.IsNaN(v) {
		return
	}
	s.sum.add(v)
	s.n++
	if v != s.last {
		s.equal = 0
	}
	s.equal++
	s.last = v
}

func (s *rollingSum) remove(v float64) {
	if math.IsNaN(v) {
		return
	}
	s.sum.remove(v)
	s.n--
}

func (s *rollingSum) value() float64 {
	switch {
	case s.n == 0:
		return math.NaN()
	case s.equal >= s.n:
		return s.last * float64(s.n)
	}
	return s.sum.total
}
