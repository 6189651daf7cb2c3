package explore

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Projection is a principal component analysis.
type Projection struct {
	Scores     [][]float64 // one row a person, k wide
	Components [][]float64 // k rows of unit length, as wide as the data
	Explained  []float64   // k shares of the total variance, falling
	Mean       []float64   // of each column of the data, subtracted first
}

// PCA projects rows, of any number and d wide, on their first k principal
// components, 1 <= k <= d: the eigenvectors of the d x d sample covariance. The sign
// of each is such that its largest loading in absolute value (the first of
// equals) is positive.
//
// n rows have at most n-1 components with variance. The others, and all of them
// where the rows are equal or there is one only, have zero components, scores and
// shares: there is no direction to choose. Where two components explain equally
// much their directions within the common plane mean nothing.
func PCA[F float32 | float64](rows [][]F, k int) (Projection, error) {
	x, err := dense(rows)
	if err != nil {
		return Projection{}, fmt.Errorf("principal components: %w", err)
	}
	n, d := x.Dims()
	if k < 1 || k > d {
		return Projection{}, fmt.Errorf("principal components: %d asked for, and %d columns give 1 to %d", k, d, d)
	}
	norm := mat.Norm(x, 2)
	mean := centre(x)
	variances, vectors, err := principalAxes(x)
	if err != nil {
		return Projection{}, err
	}
	components := mat.NewDense(k, d, nil)
	explained := make([]float64, k)
	total := floats.Sum(variances)
	least := smallestVariance(norm, variances[d-1], n, d)
	for c := range min(k, n-1) {
		at := d - 1 - c // the eigenvalues rise
		if variances[at] <= least {
			break
		}
		components.SetRow(c, signed(mat.Col(nil, at, vectors)))
		explained[c] = variances[at] / total
	}
	var scores mat.Dense
	scores.Mul(x, components.T())
	return Projection{Scores: toRows(&scores), Components: toRows(components), Explained: explained, Mean: mean}, nil
}

// principalAxes returns the eigenvalues of x'x/(n-1), rising and never negative,
// and the eigenvectors as columns; x is centred.
func principalAxes(x *mat.Dense) ([]float64, *mat.Dense, error) {
	n, d := x.Dims()
	covariance := mat.NewSymDense(d, nil)
	covariance.SymOuterK(1/float64(max(1, n-1)), x.T())
	var eigen mat.EigenSym
	if !eigen.Factorize(covariance, true) { //nolint:misspell // gonum spells it so
		return nil, nil, errors.New("principal components: the eigenvalues of the covariance did not converge")
	}
	values := eigen.Values(nil)
	for i, v := range values {
		values[i] = math.Max(v, 0)
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	return values, &vectors, nil
}

// smallestVariance returns the variance along an axis that rounding alone can
// give: that of the eigenvalues, which grows with the largest of them, and that of
// subtracting the means of data of the given Frobenius norm.
func smallestVariance(norm, largest float64, n, d int) float64 {
	const eps = 0x1p-52
	rms := norm / math.Sqrt(float64(n*d))
	dims := float64(max(n, d))
	return dims * (eps*largest + float64(d)*eps*rms*eps*rms)
}

// signed turns a unit vector so that its largest value in absolute terms is
// positive.
func signed(v []float64) []float64 {
	at := 0
	for i := range v {
		if math.Abs(v[i]) > math.Abs(v[at]) {
			at = i
		}
	}
	if v[at] < 0 {
		for i := range v {
			v[i] = -v[i]
		}
	}
	return v
}
