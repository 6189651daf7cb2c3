package explore

import (
	"errors"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// Null is how a value stands against those of a number of shuffles, in which there
// is nothing to find.
type Null struct {
	Rounds int     // shuffles
	Mean   float64 // of the shuffles' values
	P95    float64 // the smallest value that 95 % of the shuffles do not exceed
	P      float64 // share of shuffles that reach the value, the value itself counted as one
}

// NullOf compares a value with those of shuffles. P is (1 + reached)/(1 + rounds),
// which is never 0 (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585); a value
// that differs by rounding alone is reached.
func NullOf(value float64, shuffles []float64) (Null, error) {
	if len(shuffles) == 0 {
		return Null{}, errors.New("comparing with shuffles: there are none")
	}
	sorted := slices.Sorted(slices.Values(shuffles))
	const rounding = 1e-9
	reached := 0
	for _, v := range sorted {
		if v >= value-rounding {
			reached++
		}
	}
	n := len(sorted)
	return Null{
		Rounds: n,
		Mean:   floats.Sum(sorted) / float64(n),
		P95:    stat.Quantile(0.95, stat.Empirical, sorted, nil),
		P:      float64(1+reached) / float64(1+n),
	}, nil
}
