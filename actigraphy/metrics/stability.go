package metrics

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

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
