package metrics

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"
)

// regression is M + Σ_k b_k·cos(kωt) + c_k·sin(kωt) by least squares.
type regression struct {
	n               int
	solution        []float64     // M, b_1, c_1, b_2, c_2, ...
	inverse         *mat.SymDense // of the normal equations
	residual, total float64       // sums of squares
}

var errNotACosine = errors.New("the recorded epochs do not tell a cosine of this period from a constant")

// regress fits harmonics by the normal equations; step is the angle of an epoch
// in the first harmonic. Values are taken from their mean, and the solution is
// refined once by what it leaves, so that it is as exact as one by
// orthogonalisation.
func regress(values []float64, step float64, harmonics int) (regression, error) {
	n, mean, squares := moments(values)
	parameters := 1 + 2*harmonics
	if n <= parameters {
		return regression{}, fmt.Errorf("%d epochs were recorded, and more than %d are needed", n, parameters)
	}
	if squares <= 1e-24*float64(n)*mean*mean {
		return regression{}, errNoVariation
	}
	fit := regression{n: n, solution: make([]float64, parameters), inverse: &mat.SymDense{}, total: squares}
	fit.solution[0] = mean
	design, products, _ := fit.normalEquations(values, step)
	var cholesky mat.Cholesky
	if !cholesky.Factorize(design) || cholesky.InverseTo(fit.inverse) != nil {
		return regression{}, errNotACosine
	}
	for range 2 {
		var correction mat.VecDense
		if err := cholesky.SolveVecTo(&correction, products); err != nil {
			return regression{}, errNotACosine
		}
		for i := range fit.solution {
			fit.solution[i] += correction.AtVec(i)
		}
		_, products, fit.residual = fit.normalEquations(values, step)
	}
	return fit, nil
}

// p is that of the F test that all harmonics are 0, as the incomplete beta
// function of the share that the fit leaves: no difference from 1 in it, which
// would end at 1e-16.
func (f regression) p() float64 {
	terms := float64(len(f.solution) - 1)
	rest := float64(f.n-1) - terms
	return mathext.RegIncBeta(rest/2, terms/2, f.residual/f.total)
}

// normalEquations returns the normal equations for what the fit leaves, and the
// sum of its squares.
func (f regression) normalEquations(values []float64, step float64) (*mat.SymDense, *mat.VecDense, float64) {
	k := len(f.solution)
	design, products, squares := make([]float64, k*k), make([]float64, k), 0.0
	row := make([]float64, k)
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		harmonicsAt(step*float64(i), row)
		for j, term := range row {
			v -= f.solution[j] * term
		}
		for j, term := range row {
			products[j] += v * term
			for l, other := range row[:j+1] {
				design[l*k+j] += term * other // the upper triangle
			}
		}
		squares += v * v
	}
	return mat.NewSymDense(k, design), mat.NewVecDense(k, products), squares
}

// harmonicsAt fills a row with 1 and the cosine and sine of each harmonic.
func harmonicsAt(angle float64, row []float64) {
	row[0] = 1
	sin, cos := math.Sincos(angle)
	c, s := 1.0, 0.0
	for j := 1; j < len(row); j += 2 {
		c, s = c*cos-s*sin, s*cos+c*sin
		row[j], row[j+1] = c, s
	}
}
