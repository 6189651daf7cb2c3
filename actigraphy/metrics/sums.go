package metrics

import "math"

// sum is a compensated sum (Kahan 1965, doi:10.1145/363707.363723). Terms may be
// taken away again, with a compensation of their own.
type sum struct {
	total, added, removed float64
}

func (s *sum) add(v float64) { s.total, s.added = compensated(s.total, v, s.added) }

func (s *sum) remove(v float64) { s.total, s.removed = compensated(s.total, -v, s.removed) }

// compensated adds v to total, correcting for the rounding c of the addition
// before, and returns the new rounding.
func compensated(total, v, c float64) (newTotal, newC float64) {
	y := v - c
	t := total + y
	return t, (t - total) - y
}

// moments returns the number of values that are not NaN, their mean and the sum
// of their squared distances from it. Distances from the first value are summed,
// so that equal values have no spread at all.
func moments(values []float64) (n int, mean, squares float64) {
	origin := math.NaN()
	for _, v := range values {
		if !math.IsNaN(v) {
			origin = v
			break
		}
	}
	total := 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			total += v - origin
			n++
		}
	}
	mean = origin + total/float64(n)
	for _, v := range values {
		if !math.IsNaN(v) {
			squares += (v - mean) * (v - mean)
		}
	}
	return n, mean, squares
}
