package explore

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Distance names how far two rows are apart.
type Distance string

// The distances.
const (
	Euclidean Distance = "euclidean"
	Cosine    Distance = "cosine" // 1 - cos of the angle; rows of zeros have none
)

// DefaultNeighbours returns how many neighbours to look at among n people: 10, or
// all others where there are fewer.
func DefaultNeighbours(n int) int { return max(0, min(10, n-1)) }

// Neighbours returns for each row the indices of its k nearest other rows,
// nearest first; of equally near ones the lower index comes first.
// 1 <= k <= rows-1. The time grows with the square of the rows.
func Neighbours(rows [][]float32, k int, distance Distance) ([][]int, error) {
	x, err := dense(rows)
	if err != nil {
		return nil, fmt.Errorf("nearest neighbours: %w", err)
	}
	near, err := neighbours(x, k, distance)
	if err != nil {
		return nil, fmt.Errorf("nearest neighbours: %w", err)
	}
	return near, nil
}

// NeighbourOverlap returns how far two embeddings of the same people agree about
// who is near whom: the mean over people of the share of their k nearest
// neighbours (Euclidean) that both have in common, 0 to 1. Chance alone gives
// k/(n-1) of n people. The rows of a and b are the same people in the same order.
func NeighbourOverlap(a, b [][]float32, k int) (float64, error) {
	x, y, err := pair(a, b)
	if err != nil {
		return 0, fmt.Errorf("neighbour overlap: %w", err)
	}
	p, err := neighbours(x, k, Euclidean)
	if err != nil {
		return 0, fmt.Errorf("neighbour overlap: %w", err)
	}
	q, err := neighbours(y, k, Euclidean)
	if err != nil {
		return 0, fmt.Errorf("neighbour overlap: %w", err)
	}
	common := 0
	for i := range p {
		for _, j := range p[i] {
			if slices.Contains(q[i], j) {
				common++
			}
		}
	}
	return float64(common) / float64(k*len(p)), nil
}

func neighbours(x *mat.Dense, k int, distance Distance) ([][]int, error) {
	n, _ := x.Dims()
	if k < 1 || k > n-1 {
		return nil, fmt.Errorf("%d neighbours asked for, and %d people have 1 to %d", k, n, n-1)
	}
	if err := checkDistance(x, distance); err != nil {
		return nil, err
	}
	near := make([][]int, n)
	away := make([]float64, n)
	for i := range near {
		for j := range n {
			away[j] = distance.between(x.RawRowView(i), x.RawRowView(j))
		}
		others := make([]int, 0, n-1)
		for j := range n {
			if j != i {
				others = append(others, j)
			}
		}
		slices.SortFunc(others, func(a, b int) int {
			return cmp.Or(cmp.Compare(away[a], away[b]), cmp.Compare(a, b))
		})
		near[i] = slices.Clone(others[:k])
	}
	return near, nil
}

func checkDistance(x *mat.Dense, distance Distance) error {
	switch distance {
	case Euclidean:
		return nil
	case Cosine:
		n, _ := x.Dims()
		for i := range n {
			if floats.Norm(x.RawRowView(i), 2) == 0 {
				return fmt.Errorf("row %d is all zeros and has no direction: use the euclidean distance", i+1)
			}
		}
		return nil
	default:
		return fmt.Errorf("%q is no distance: choose %s or %s", distance, Euclidean, Cosine)
	}
}

// between returns the distance of two rows that checkDistance allows.
func (d Distance) between(a, b []float64) float64 {
	if d == Cosine {
		return math.Max(0, 1-floats.Dot(a, b)/(floats.Norm(a, 2)*floats.Norm(b, 2)))
	}
	return floats.Distance(a, b, 2)
}
