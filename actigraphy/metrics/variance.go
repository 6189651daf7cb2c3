package metrics

import (
	"errors"
	"fmt"
	"time"

	"circascope/actigraphy"
)

var errNoVariation = errors.New("the activity does not vary")

// stability is IS.
func stability(x *analysis, how binning) (float64, error) {
	b, err := x.bins(how)
	if err != nil {
		return 0, err
	}
	if how.d == PyActigraphy {
		return stabilityFromStart(x, b, how)
	}
	profile, counts := b.averageDay()
	for slot, n := range counts {
		if n < 2 {
			at := time.Duration(slot) * how.width
			return 0, fmt.Errorf("the bin at %02d:%02d was recorded whole on %d days, and at least 2 are needed",
				int(at.Hours()), int(at.Minutes())%60, n)
		}
	}
	all, err := x.spread(b, how)
	if err != nil {
		return 0, err
	}
	between := 0.0
	for _, v := range profile {
		between += (v - all.mean) * (v - all.mean)
	}
	return float64(all.n) * between / (float64(b.perDay) * all.squares), nil
}

// variability is IV.
func variability(x *analysis, how binning) (float64, error) {
	b, err := x.bins(how)
	if err != nil {
		return 0, err
	}
	pairs, differences := b.neighbours()
	if how.d == Paper {
		if n := b.recorded(); n < b.perDay || pairs == 0 {
			return 0, fmt.Errorf("%d bins of %v were recorded whole, and a day's %d are needed", n, actigraphy.InWords(how.width), b.perDay)
		}
	}
	all, err := x.spread(b, how)
	switch {
	case err != nil:
		return 0, err
	case pairs == 0:
		return 0, errors.New("no two neighbouring epochs were recorded")
	case how.d == PyActigraphy:
		return differences / float64(pairs) / all.sampleVariance(), nil
	}
	return differences / float64(pairs) / (all.squares / float64(all.n)), nil
}

func stabilityFromStart(x *analysis, b bins, how binning) (float64, error) {
	all, err := x.spread(b, how)
	if err != nil {
		return 0, err
	}
	profile, _ := b.averageDay()
	days, err := spreadOf(profile)
	if errors.Is(err, errNoVariation) {
		return 0, nil // the days differ, their average does not
	}
	return days.sampleVariance() / all.sampleVariance(), err
}

// spread is the moments of values that vary.
type spread struct {
	n             int
	mean, squares float64
}

// sampleVariance is the variance with n-1.
func (s spread) sampleVariance() float64 { return s.squares / float64(s.n-1) }

// spread returns the moments of bins, which are remembered.
func (x *analysis) spread(b bins, how binning) (spread, error) {
	type key struct{ binning }
	return remembered(x, key{how}, func() (spread, error) { return spreadOf(b.values) })
}

// spreadOf returns the moments of values. Fewer than two values, and values that
// differ by rounding only, are an error.
func spreadOf(values []float64) (spread, error) {
	const rounding = 1e-12
	n, mean, squares := moments(values)
	least := rounding * mean
	switch {
	case n < 2:
		return spread{n: n}, fmt.Errorf("%d bins have a value, and at least 2 are needed", n)
	case squares <= float64(n)*least*least:
		return spread{n: n}, errNoVariation
	}
	return spread{n, mean, squares}, nil
}
