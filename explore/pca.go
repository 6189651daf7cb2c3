package explore

import (
	"errors"
	"fmt"
	"math"

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
func PCA(rows [][]float32, k int) (Projection, error) {
	x, err := dense(rows)
	if err != nil {
		return Projection{}, fmt.Errorf("principal components: %w", err)
	}
	n, d := x.Dims()
	if k < 1 || k > d {
		return Projection{}, fmt.Errorf("principal components: %d asked for, and %d columns give 1 to %d", k, d, d)
	}
	scale := mat.Norm(x, 2)
	mean := centre(x)
	variances, vectors, err := principalAxes(x)
	if err != nil {
		return Projection{}, err
	}
	components := mat.NewDense(k, d, nil)
	explained := make([]float64, k)
	total := sumOf(variances)
	least := smallestVariance(scale, n, d)
	for c := range k {
		v := variances[len(variances)-1-c] // they come rising
		if c >= n-1 || v <= least {
			break
		}
		components.SetRow(c, signed(mat.Col(nil, len(variances)-1-c, vectors)))
		explained[c] = v / total
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
	if !eigen.Factorize(covariance, true) {
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
// leave in data of the given Frobenius norm before centring.
func smallestVariance(norm float64, n, d int) float64 {
	const eps = 0x1p-52
	perValue := eps * norm / math.Sqrt(float64(n*d))
	return float64(d) * perValue * perValue * float64(max(n, d))
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

func sumOf(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
