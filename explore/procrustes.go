package explore

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Alignment is one projection laid over another.
type Alignment struct {
	Points    [][]float64 // the moved projection, in the target's coordinates
	Disparity float64     // 0: same shape; 1: nothing in common
	Residuals []float64   // how far each moved point is from its target; 1 is the root mean square of the target's distances from its centre
}

// Procrustes lays moving over target, two projections of the same people with as
// many dimensions, by the shift, rotation, reflection and scaling that leave the
// least sum of squared distances (Gower 1975, doi:10.1007/BF02291478). Disparity is
// that sum divided by the target's own around its centre, which is the same
// whichever of the two is moved, and the mean of the squared residuals.
func Procrustes(target, moving [][]float64) (Alignment, error) {
	a, b, err := pair(target, moving)
	if err != nil {
		return Alignment{}, fmt.Errorf("aligning projections: %w", err)
	}
	_, k := a.Dims()
	if _, other := b.Dims(); other != k {
		return Alignment{}, fmt.Errorf("aligning projections: one has %d dimensions and the other %d", k, other)
	}
	centreA := centre(a)
	centre(b)
	sizeA, sizeB := mat.Norm(a, 2), mat.Norm(b, 2)
	if sizeA == 0 || sizeB == 0 {
		return Alignment{}, errors.New("aligning projections: all points of one are the same, so it has no shape")
	}
	rotation, trace, err := bestRotation(a, b)
	if err != nil {
		return Alignment{}, err
	}
	var moved mat.Dense
	moved.Mul(b, rotation)
	moved.Scale(trace/(sizeB*sizeB), &moved)
	residuals := make([]float64, len(target))
	unit := sizeA / math.Sqrt(float64(len(target)))
	points := toRows(&moved)
	for i, p := range points {
		residuals[i] = floats.Distance(p, a.RawRowView(i), 2) / unit
		floats.Add(p, centreA)
	}
	fit := trace / (sizeA * sizeB)
	return Alignment{Points: points, Disparity: max(0, 1-fit*fit), Residuals: residuals}, nil
}

// bestRotation returns the orthogonal R that brings b nearest to a, and the sum of
// the singular values of b'a: R = UV' where b'a = USV'
// (Schönemann 1966, doi:10.1007/BF02289451).
func bestRotation(a, b *mat.Dense) (*mat.Dense, float64, error) {
	var product mat.Dense
	product.Mul(b.T(), a)
	var svd mat.SVD
	if !svd.Factorize(&product, mat.SVDThin) { //nolint:misspell // gonum spells it so
		return nil, 0, errors.New("aligning projections: the singular values did not converge")
	}
	var u, v, rotation mat.Dense
	svd.UTo(&u)
	svd.VTo(&v)
	rotation.Mul(&u, v.T())
	return &rotation, floats.Sum(svd.Values(nil)), nil
}
