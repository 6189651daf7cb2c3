package explore

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Spearman returns the rank correlation of two series of the same things, -1 to
// 1: Pearson's correlation of their ranks, equal values sharing their mean rank
// (Spearman, 1904). At least three pairs are needed. Series of different lengths,
// values that are not numbers and a series of equal values, whose correlation is
// undefined, are errors.
//
// No p-value comes with it: neighbouring hours, or distances that share a person,
// are not independent.
func Spearman(x, y []float64) (float64, error) {
	if len(x) != len(y) {
		return 0, fmt.Errorf("rank correlation: %d values against %d", len(x), len(y))
	}
	if len(x) < 3 {
		return 0, fmt.Errorf("rank correlation: %d pairs of values, and at least 3 are needed", len(x))
	}
	for i, series := range [][]float64{x, y} {
		if at := slices.IndexFunc(series, math.IsNaN); at >= 0 {
			return 0, fmt.Errorf("rank correlation: value %d of series %d is not a number", at+1, i+1)
		}
		if constant(series) {
			return 0, fmt.Errorf("rank correlation: all values of series %d are equal, so it has no ranks to compare", i+1)
		}
	}
	return stat.Correlation(ranks(x), ranks(y), nil), nil
}

// ranks returns the rank of each value from 1, the mean rank for equal ones.
func ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	out := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+1+to) / 2
		}
		from = to
	}
	return out
}

func constant(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return v != values[0] })
}
