package explore

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Distance names how far two rows are apart.
type Distance string

// The distances.
const (
	Euclidean Distance = "euclidean"
	Cosine    Distance = "cosine" // 1 - cos of the angle; rows of zeros have none
)

// DefaultNeighbours returns how many neighbours to look at among n people: 10, or
// a third of the others where there are fewer, so that chance alone does not give
// most of them. Two people and fewer have none to choose from: 0.
func DefaultNeighbours(n int) int {
	if n < 3 {
		return 0
	}
	return min(10, max(1, (n-1)/3))
}

// Neighbours returns for each row the indices of its k nearest other rows,
// nearest first; of equally near ones the lower index comes first.
// 1 <= k <= rows-1. The time grows with the square of the rows.
func Neighbours(rows [][]float32, k int, distance Distance) ([][]int, error) {
	return NeighboursAmong(rows, everyone(len(rows)), k, distance)
}

// NeighboursAmong is Neighbours with the neighbours looked for among some of the
// rows only, given by their indices, each once; a row is not its own neighbour.
// 1 <= k <= len(among)-1. The time grows with rows times len(among).
func NeighboursAmong(rows [][]float32, among []int, k int, distance Distance) ([][]int, error) {
	x, err := dense(rows)
	if err != nil {
		return nil, fmt.Errorf("nearest neighbours: %w", err)
	}
	if k < 1 || k > len(among)-1 {
		return nil, fmt.Errorf("nearest neighbours: %d neighbours asked for, and %d people have 1 to %d", k, len(among), len(among)-1)
	}
	if err := checkDistance(x, distance); err != nil {
		return nil, fmt.Errorf("nearest neighbours: %w", err)
	}
	near := make([][]int, len(rows))
	for i := range near {
		near[i] = nearest(x, i, among, k, distance)
	}
	return near, nil
}

func everyone(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// nearest returns the k rows among some that are nearest to row i, kept in order
// while they are found.
func nearest(x *mat.Dense, i int, among []int, k int, distance Distance) []int {
	type found struct {
		row  int
		away float64
	}
	order := func(a, b found) int { return cmp.Or(cmp.Compare(a.away, b.away), cmp.Compare(a.row, b.row)) }
	best := make([]found, 0, k+1)
	for _, j := range among {
		if j == i {
			continue
		}
		f := found{j, distance.between(x.RawRowView(i), x.RawRowView(j))}
		if len(best) == k && order(f, best[k-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, f, order)
		best = slices.Insert(best, at, f)
		best = best[:min(k, len(best))]
	}
	rows := make([]int, len(best))
	for n, f := range best {
		rows[n] = f.row
	}
	return rows
}

// NeighbourOverlap returns how far two embeddings of the same people agree about
// who is near whom: the mean over people of the share of their k nearest
// neighbours (Euclidean) that both have in common, 0 to 1. Chance alone gives
// k/(n-1) of n people. The rows of a and b are the same people in the same order.
func NeighbourOverlap(a, b [][]float32, k int) (float64, error) {
	if _, _, err := pair(a, b); err != nil {
		return 0, fmt.Errorf("neighbour overlap: %w", err)
	}
	p, err := Neighbours(a, k, Euclidean)
	if err != nil {
		return 0, fmt.Errorf("neighbour overlap: %w", err)
	}
	q, err := Neighbours(b, k, Euclidean)
	if err != nil {
		return 0, fmt.Errorf("neighbour overlap: %w", err)
	}
	return stat.Mean(SharedNeighbours(p, q), nil), nil
}

// SharedNeighbours returns for each row the share of its neighbours in p that are
// also its neighbours in q, 0 to 1. p and q are of the same rows, with equally many
// neighbours each.
func SharedNeighbours(p, q [][]int) []float64 {
	shares := make([]float64, len(p))
	for i := range p {
		common := 0
		for _, j := range p[i] {
			if slices.Contains(q[i], j) {
				common++
			}
		}
		shares[i] = float64(common) / float64(len(p[i]))
	}
	return shares
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
