package explore

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// CKA is the centred kernel alignment of two embeddings of the same weeks with the
// linear kernel: 1 where one is a turned, shifted and evenly scaled copy of the
// other (Kornblith et al. 2019, arXiv 1905.00414).
type CKA struct {
	// Debiased uses the unbiased estimator of the Hilbert-Schmidt independence
	// criterion (Song et al. 2012, JMLR 13:1393; Nguyen et al. 2021, arXiv
	// 2010.15327): unrelated embeddings give 0 on average. It can be below 0.
	Debiased float64
	// Plain uses the biased one, 0 to 1. Where there are few weeks for the number
	// of dimensions, unrelated embeddings reach high values too.
	Plain float64
}

// minCKA is the number of rows that the unbiased estimator needs.
const minCKA = 4

// CKATest measures the CKA of two embeddings, and what it would be if they had
// nothing to do with each other: with the people of one shuffled. Time and memory
// are those of products of the columns, and grow in proportion to the rows.
type CKATest struct {
	x, y   side
	people arrangement
	order  []int      // of y's rows, in the latest shuffle
	mixed  *mat.Dense // y's rows in that order
	cross  mat.Dense
}

// side is one embedding with its columns centred.
type side struct {
	rows    *mat.Dense
	squared []float64 // length of each row
	total   float64   // sum of squared
	plain   float64   // square of the Frobenius norm of rows'rows
	norm    float64   // n(n-3) times the unbiased criterion of the embedding with itself
}

// NewCKATest prepares a comparison of two embeddings of the same weeks in the same
// order; the columns may differ in number. people says whose week a row is, and
// stays together in a shuffle; nil makes every row a person of its own. Fewer than
// four rows, and an embedding whose rows are all equal, or all equally far from each
// other, are errors.
func NewCKATest(a, b [][]float32, people []string) (*CKATest, error) {
	x, y, err := pair(a, b)
	if err != nil {
		return nil, fmt.Errorf("comparing embeddings: %w", err)
	}
	n := len(a)
	if n < minCKA {
		return nil, fmt.Errorf("comparing embeddings: %d weeks, and at least %d are needed", n, minCKA)
	}
	if people != nil && len(people) != n {
		return nil, fmt.Errorf("comparing embeddings: %d weeks of %d people's names: want one name a week", n, len(people))
	}
	t := &CKATest{people: arrange(people, n), order: make([]int, n)}
	if t.x, err = newSide(x); err != nil {
		return nil, fmt.Errorf("comparing embeddings: the first table: %w", err)
	}
	if t.y, err = newSide(y); err != nil {
		return nil, fmt.Errorf("comparing embeddings: the second table: %w", err)
	}
	for i := range t.order {
		t.order[i] = i
	}
	t.mixed = mat.DenseCopyOf(t.y.rows)
	return t, nil
}

func newSide(rows *mat.Dense) (side, error) {
	n, _ := rows.Dims()
	before := mat.Norm(rows, 2)
	centre(rows)
	s := side{rows: rows, squared: make([]float64, n)}
	for i := range s.squared {
		row := rows.RawRowView(i)
		s.squared[i] = floats.Dot(row, row)
	}
	s.total = floats.Sum(s.squared)
	const rounding = 1e-12
	if math.Sqrt(s.total) <= rounding*before {
		return s, errors.New("all rows are equal")
	}
	var own mat.Dense
	own.Mul(rows.T(), rows)
	norm := mat.Norm(&own, 2)
	s.plain = norm * norm
	s.norm = unbiased(s.plain, s, s, floats.Dot(s.squared, s.squared))
	if s.norm <= rounding*s.plain {
		return s, errors.New("all rows are equally far from each other, so there is no pattern to compare")
	}
	return s, nil
}

// unbiased returns n(n-3) times the unbiased criterion of Song et al. (2012). With
// K = XX' and L = YY' without their diagonals it is
//
//	tr(KL) + (1'K1)(1'L1)/((n-1)(n-2)) - 2/(n-2) 1'KL1
//
// and with centred columns 1'X = 0, so that K1 is minus the diagonal that was left
// out. Neither K nor L is needed: cross is the squared Frobenius norm of X'Y, and
// diagonals the product of the two diagonals.
func unbiased(cross float64, x, y side, diagonals float64) float64 {
	n := float64(len(x.squared))
	return cross + x.total*y.total/((n-1)*(n-2)) - n/(n-2)*diagonals
}

// Value returns the alignment of the embeddings as they are.
func (t *CKATest) Value() CKA {
	for i := range t.order {
		t.order[i] = i
	}
	return t.value()
}

// Shuffled returns the alignment after the people of the second embedding changed
// places at random, each with all of their weeks. Only people with equally many
// weeks change places: blocks of different sizes are not exchangeable (Winkler et
// al. 2015, doi:10.1016/j.neuroimage.2015.05.092).
func (t *CKATest) Shuffled(rng *rand.Rand) CKA {
	t.people.shuffle(rng, t.order)
	return t.value()
}

// Movable returns how many people have another one to change places with.
func (t *CKATest) Movable() int { return t.people.movable() }

func (t *CKATest) value() CKA {
	diagonals := 0.0
	for i, from := range t.order {
		t.mixed.SetRow(i, t.y.rows.RawRowView(from))
		diagonals += t.x.squared[i] * t.y.squared[from]
	}
	t.cross.Mul(t.x.rows.T(), t.mixed)
	norm := mat.Norm(&t.cross, 2)
	return CKA{
		Debiased: unbiased(norm*norm, t.x, t.y, diagonals) / math.Sqrt(t.x.norm*t.y.norm),
		Plain:    norm * norm / math.Sqrt(t.x.plain*t.y.plain),
	}
}

// arrangement holds the rows of each person, people with equally many rows
// together.
type arrangement [][][]int

func arrange(people []string, n int) arrangement {
	var order []string
	rows := map[string][]int{}
	for i := range n {
		name := fmt.Sprint(i)
		if people != nil {
			name = people[i]
		}
		if rows[name] == nil {
			order = append(order, name)
		}
		rows[name] = append(rows[name], i)
	}
	bySize := map[int][][]int{}
	var sizes []int
	for _, name := range order {
		size := len(rows[name])
		if bySize[size] == nil {
			sizes = append(sizes, size)
		}
		bySize[size] = append(bySize[size], rows[name])
	}
	slices.Sort(sizes)
	a := make(arrangement, len(sizes))
	for i, size := range sizes {
		a[i] = bySize[size]
	}
	return a
}

func (a arrangement) movable() int {
	n := 0
	for _, people := range a {
		if len(people) > 1 {
			n += len(people)
		}
	}
	return n
}

// shuffle writes into order which row comes to each place.
func (a arrangement) shuffle(rng *rand.Rand, order []int) {
	for _, people := range a {
		for to, from := range rng.Perm(len(people)) {
			for i, row := range people[to] {
				order[row] = people[from][i]
			}
		}
	}
}
