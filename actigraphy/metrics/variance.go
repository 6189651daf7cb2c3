package metrics

import (
	"errors"
	"fmt"
	"time"

	"circascope/actigraphy"
)

var errNoVariation = errors.New("the activity does not vary")

func stability(r *actigraphy.Recording, l Levels, width time.Duration) (float64, error) {
	b, err := clockBins(r, l, width)
	if err != nil {
		return 0, err
	}
	profile, counts := b.averageDay()
	for slot, n := range counts {
		if n < 2 {
			at := time.Duration(slot) * width
			return 0, fmt.Errorf("the bin at %02d:%02d was recorded whole on %d days, and at least 2 are needed",
				int(at.Hours()), int(at.Minutes())%60, n)
		}
	}
	n, mean, squares, err := variation(b.values)
	if err != nil {
		return 0, err
	}
	between := 0.0
	for _, v := range profile {
		between += (v - mean) * (v - mean)
	}
	return float64(n) * between / (float64(b.perDay) * squares), nil
}

func variability(r *actigraphy.Recording, l Levels, width time.Duration) (float64, error) {
	b, err := clockBins(r, l, width)
	if err != nil {
		return 0, err
	}
	pairs, differences := b.neighbours()
	if n := b.recorded(); n < b.perDay || pairs == 0 {
		return 0, fmt.Errorf("%d bins of %v were recorded whole, and a day's %d are needed", n, width, b.perDay)
	}
	n, _, squares, err := variation(b.values)
	if err != nil {
		return 0, err
	}
	return differences / float64(pairs) / (squares / float64(n)), nil
}

func stabilityFromStart(r *actigraphy.Recording, l Levels, width time.Duration) (float64, error) {
	b, err := startBins(r, l, width)
	if err != nil {
		return 0, err
	}
	all, err := sampleVariance(b.values)
	if err != nil {
		return 0, err
	}
	profile, _ := b.averageDay()
	days, err := sampleVariance(profile)
	if errors.Is(err, errNoVariation) {
		return 0, nil // the days differ, their average does not
	}
	return days / all, err
}

func variabilityFromStart(r *actigraphy.Recording, l Levels, width time.Duration) (float64, error) {
	b, err := startBins(r, l, width)
	if err != nil {
		return 0, err
	}
	all, err := sampleVariance(b.values)
	if err != nil {
		return 0, err
	}
	pairs, differences := b.neighbours()
	if pairs == 0 {
		return 0, errors.New("no two neighbouring epochs were recorded")
	}
	return differences / float64(pairs) / all, nil
}

// sampleVariance returns the variance with n-1.
func sampleVariance(values []float64) (float64, error) {
	n, _, squares, err := variation(values)
	return squares / float64(n-1), err
}

// variation returns the moments of values that vary. Fewer than two values, and
// values that differ by rounding only, are an error.
func variation(values []float64) (n int, mean, squares float64, err error) {
	const rounding = 1e-12
	n, mean, squares = moments(values)
	least := rounding * mean
	switch {
	case n < 2:
		err = fmt.Errorf("%d bins have a value, and at least 2 are needed", n)
	case squares <= float64(n)*least*least:
		err = errNoVariation
	}
	return n, mean, squares, err
}
