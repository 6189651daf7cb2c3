package explore

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
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
	p, q := distances(x), distances(y)
	if constant(p) || constant(q) {
		return 0, errors.New("correlating distances: all distances of one embedding are equal")
	}
	return Spearman(p, q)
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
