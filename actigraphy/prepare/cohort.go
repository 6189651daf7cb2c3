package prepare

import (
	"fmt"
	"iter"
	"math"
)

// FitCohort fits a cohort scaler: for each minute of the week the mean and the
// population standard deviation across the weeks, in float64, as scikit-learn's
// StandardScaler does when it is fitted once on the whole table. The unit is that
// of the activity. FittedAt is left to the caller.
//
// The sequence is run through twice, so that a cohort of any size needs no more
// memory than one week; it must give the same weeks both times. All weeks must
// have been placed by start and be equally long. Fewer than two weeks are
// refused: a cohort of one standardises to zeros.
func FitCohort(name string, start WeekStart, unit string, weeks iter.Seq2[Week, error]) (Scaler, error) {
	mean, n, err := columnMeans(start, weeks)
	if err != nil {
		return Scaler{}, fmt.Errorf("fitting the scaler %q: %w", name, err)
	}
	if n < 2 {
		return Scaler{}, fmt.Errorf("fitting the scaler %q: %d weeks, and at least 2 are needed, because a cohort of one standardises to zeros; "+
			"use the scaler that ships with the program or the per-recording one", name, n)
	}
	variance, err := columnVariances(start, weeks, mean, n)
	if err != nil {
		return Scaler{}, fmt.Errorf("fitting the scaler %q: %w", name, err)
	}
	scale := make([]float64, len(mean))
	for i := range scale {
		scale[i] = scaleOf(mean[i], variance[i], float64(n))
	}
	s := Scaler{Name: name, Kind: PerCohort, WeekStart: start, Weeks: n, Unit: unit, Mean: mean, Scale: scale}
	s.ID = s.fingerprint()
	return s, nil
}

// Each returns weeks as a sequence without errors, for FitCohort.
func Each(weeks []Week) iter.Seq2[Week, error] {
	return func(yield func(Week, error) bool) {
		for _, w := range weeks {
			if !yield(w, nil) {
				return
			}
		}
	}
}

func columnMeans(start WeekStart, weeks iter.Seq2[Week, error]) (mean []float64, n int, err error) {
	for w, err := range weeks {
		if err != nil {
			return nil, 0, err
		}
		if n == 0 {
			mean = make([]float64, len(w.Values))
		}
		n++
		if err := fits(w, n, start, len(mean)); err != nil {
			return nil, 0, err
		}
		for i, x := range w.Values {
			mean[i] += x
		}
	}
	for i := range mean {
		mean[i] /= float64(n)
	}
	return mean, n, nil
}

// columnVariances returns each column's population variance, corrected for the
// rounding of its mean as in populationVariance.
func columnVariances(start WeekStart, weeks iter.Seq2[Week, error], mean []float64, want int) ([]float64, error) {
	sum := make([]float64, len(mean))
	squares := make([]float64, len(mean))
	n := 0
	for w, err := range weeks {
		if err != nil {
			return nil, err
		}
		n++
		if err := fits(w, n, start, len(mean)); err != nil {
			return nil, err
		}
		for i, x := range w.Values {
			d := x - mean[i]
			sum[i] += d
			squares[i] += d * d
		}
	}
	if n != want {
		return nil, fmt.Errorf("the weeks changed while the scaler was fitted: %d at first, then %d; fit it again", want, n)
	}
	variance := squares
	for i := range variance {
		variance[i] = (squares[i] - sum[i]*sum[i]/float64(n)) / float64(n)
	}
	return variance, nil
}

// fits refuses week number n where it does not belong to the cohort.
func fits(w Week, n int, start WeekStart, minutes int) error {
	switch {
	case w.WeekStart != start:
		return fmt.Errorf("week %d of the cohort (%v) starts at %q, and the cohort's weeks start at %q", n, w.Start, w.WeekStart, start)
	case len(w.Values) != minutes:
		return fmt.Errorf("week %d of the cohort (%v) has %d minutes, and the first has %d", n, w.Start, len(w.Values), minutes)
	case minutes == 0:
		return fmt.Errorf("week %d of the cohort (%v) has no minutes", n, w.Start)
	}
	for i, x := range w.Values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("week %d of the cohort (%v) has %v at minute %d: fill or leave out missing minutes first", n, w.Start, x, i+1)
		}
	}
	return nil
}

// scaleOf returns the standard deviation to divide by, or 1 where the n values
// do not vary. As in scikit-learn, a variance that rounding alone could give
// counts as none: at most n*eps*variance + (n*mean*eps)^2, eps being the distance
// from 1 to the next float64 (the error of the two-pass algorithm; Chan, Golub
// and LeVeque 1983).
func scaleOf(mean, variance, n float64) float64 {
	const eps = 0x1p-52
	rounding := n * mean * eps
	if variance <= n*eps*variance+rounding*rounding {
		return 1
	}
	return math.Sqrt(variance)
}
