package explore

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// DistanceCorrelation returns how far two embeddings of the same people agree
// about who is how far from whom: Spearman's rank correlation of the Euclidean
// distances of all pairs, -1 to 1, equal distances sharing their mean rank. At
// least three people are needed. Time and memory grow with the square of the
// rows: 2000 people are two million pairs.
func DistanceCorrelation(a, b [][]float32) (float64, error) {
	x, y, err := pair(a, b)
	if err != nil {
		return 0, fmt.Errorf("correlating distances: %w", err)
	}
	if len(a) < 3 {
		return 0, fmt.Errorf("correlating distances: %d people, and at least 3 are needed", len(a))
	}
	p, q := ranks(distances(x)), ranks(distances(y))
	if constant(p) || constant(q) {
		return 0, errors.New("correlating distances: all distances of one embedding are equal")
	}
	return stat.Correlation(p, q, nil), nil
}

// distances returns the Euclidean distance of every pair of rows.
func distances(x *mat.Dense) []float64 {
	n, _ := x.Dims()
	out := make([]float64, 0, n*(n-1)/2)
	for i := range n {
		for j := range i {
			out = append(out, Euclidean.between(x.RawRowView(i), x.RawRowView(j)))
		}
	}
	return out
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
