package metrics

import (
	"errors"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

var errNoVariation = errors.New("the activity does not vary")

const (
	witting    = "Witting et al. 1990, doi:10.1016/0006-3223(90)90523-5"
	vanSomeren = "Van Someren et al. 1999, doi:10.3109/07420529908998724"
	goncalves  = "Gonçalves et al. 2014, doi:10.1016/j.slsci.2014.09.013"
	hammad     = "Hammad et al. 2021, doi:10.1371/journal.pcbi.1009514"
)

// citing returns the reference of a measure; the PyActigraphy form also names
// that program's paper.
func citing(d Definition, paper string) string {
	if d == PyActigraphy {
		return paper + "; as in pyActigraphy, " + hammad
	}
	return paper
}

// InterdailyStability measures how alike the days are: the variance of the
// average day over the variance of all bins of the given width.
func InterdailyStability(d Definition, width time.Duration, l Levels) Metric {
	m := Metric{
		ID: "IS", Name: "interdaily stability", Definition: d,
		Formula:    "n·Σ_h(x̄_h−x̄)² / (p·Σ_i(x_i−x̄)²) over the n bins with a value, p of them a day; bins at clock times, those with a missing epoch left out",
		Parameters: []Parameter{binParameter(width), l.parameter()},
		Reference:  citing(d, witting),
		Needs:      "each bin of the day recorded on at least 2 days",
		compute:    func(r *actigraphy.Recording) (float64, error) { return stability(r, l, width) },
	}
	if d == PyActigraphy {
		m.Formula = "variance of the average day over variance of all bins, both with n−1; sums in bins counted from the first epoch, missing epochs as 0, the last bin as it is"
		m.Needs = "more than 1 bin"
		m.compute = func(r *actigraphy.Recording) (float64, error) { return stabilityFromStart(r, l, width) }
	}
	return m
}

// IntradailyVariability measures how often rest and activity alternate: the mean
// squared difference of neighbouring bins over the variance of all bins.
func IntradailyVariability(d Definition, width time.Duration, l Levels) Metric {
	m := Metric{
		ID: "IV", Name: "intradaily variability", Definition: d,
		Formula:    "n·Σ(x_i−x_{i−1})² / (m·Σ(x_i−x̄)²) over the n bins with a value and the m pairs of neighbours among them (m = n−1 without a gap); bins at clock times, those with a missing epoch left out",
		Parameters: []Parameter{binParameter(width), l.parameter()},
		Reference:  citing(d, witting),
		Needs:      "as many bins as a day has",
		compute:    func(r *actigraphy.Recording) (float64, error) { return variability(r, l, width) },
	}
	if d == PyActigraphy {
		m.Formula = "mean squared difference of neighbours over the variance with n−1; sums in bins counted from the first epoch, missing epochs as 0, the last bin as it is"
		m.Needs = "more than 1 bin"
		m.compute = func(r *actigraphy.Recording) (float64, error) { return variabilityFromStart(r, l, width) }
	}
	return m
}

func binParameter(width time.Duration) Parameter {
	return Parameter{"bin", fmt.Sprintf("%v min", width.Minutes())}
}

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
	n, mean, squares := moments(b.values)
	if squares == 0 {
		return 0, errNoVariation
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
	n, _, squares := moments(b.values)
	pairs, differences := b.neighbours()
	if n < b.perDay || pairs == 0 {
		return 0, fmt.Errorf("%d bins of %v were recorded whole, and a day's %d are needed", n, width, b.perDay)
	}
	if squares == 0 {
		return 0, errNoVariation
	}
	return differences / float64(pairs) / (squares / float64(n)), nil
}

func stabilityFromStart(r *actigraphy.Recording, l Levels, width time.Duration) (float64, error) {
	b := startBins(r, l, width)
	all, err := sampleVariance(b.values)
	if err != nil {
		return 0, err
	}
	profile, _ := b.averageDay()
	days, err := sampleVariance(profile)
	if errors.Is(err, errNoVariation) {
		err = nil // an average day without variation: days are 0
	}
	return days / all, err
}

func variabilityFromStart(r *actigraphy.Recording, l Levels, width time.Duration) (float64, error) {
	b := startBins(r, l, width)
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

// sampleVariance returns the variance with n-1, and an error where there are
// fewer than two values or where they do not vary.
func sampleVariance(values []float64) (float64, error) {
	n, _, squares := moments(values)
	switch {
	case n < 2:
		return 0, fmt.Errorf("%d bins have a value, and at least 2 are needed", n)
	case squares == 0:
		return 0, errNoVariation
	}
	return squares / float64(n-1), nil
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
