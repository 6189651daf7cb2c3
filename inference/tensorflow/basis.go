package tensorflow

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"circascope/models"
)

// What enters the first layer has few dimensions: a patch's minutes go through one
// kernel, and the position table of a week, 96 slow and fast waves, is of low
// numerical rank. So x = z·basis + mean, with z narrower than x, and the mean falls
// out of the softmax and goes through the values as a bias.
const (
	// basisTolerance is how far a position may be off. It is a twentieth of what
	// another implementation of exp moves the table by.
	basisTolerance = 4e-6
	// basisStep is what the number of columns is a multiple of: 16 float32 are a
	// vector of AVX-512.
	basisStep = 16
)

// basis is the first layer's input in coordinates of its own.
type basis struct {
	columns int           // of z: the patch's minutes, then the waves
	waves   []float32     // (tokens, columns-Patch), the same for every recording
	rows    *mat.Dense    // (columns, Dim)
	mean    *mat.VecDense // (Dim)
}

// newBasis finds the coordinates for a position table, (tokens, Dim), by principal
// components. It returns nil where they are as many as those of x.
func newBasis(w *models.Weights, positions []float32) (*basis, error) {
	tokens, patch := len(positions)/models.Dim, w.Spec.Patch
	mean, centred := centre(positions, tokens)
	components, err := principal(centred)
	if err != nil {
		return nil, err
	}
	for columns := basisStep * (patch/basisStep + 1); columns < models.Dim; columns += basisStep {
		n := columns - patch
		kept := components.Slice(0, models.Dim, models.Dim-n, models.Dim) // ascending variance
		var waves mat.Dense
		waves.Mul(centred, kept)
		if residual(centred, &waves, kept) > basisTolerance {
			continue
		}
		b := &basis{columns: columns, waves: make([]float32, tokens*n), rows: mat.NewDense(columns, models.Dim, nil), mean: mean}
		round(b.waves, waves.RawMatrix().Data)
		b.rows.Slice(0, patch, 0, models.Dim).(*mat.Dense).Copy(dense64(w.PatchKernel, patch, models.Dim))
		b.rows.Slice(patch, columns, 0, models.Dim).(*mat.Dense).Copy(kept.T())
		for j, v := range w.PatchBias {
			mean.SetVec(j, mean.AtVec(j)+float64(v))
		}
		return b, nil
	}
	return nil, nil
}

// centre returns the mean of the rows, and the rows without it.
func centre(positions []float32, tokens int) (*mat.VecDense, *mat.Dense) {
	centred := dense64(positions, tokens, models.Dim)
	mean := mat.NewVecDense(models.Dim, nil)
	for t := range tokens {
		mean.AddScaledVec(mean, 1/float64(tokens), centred.RowView(t))
	}
	for t := range tokens {
		row := centred.RowView(t).(*mat.VecDense)
		row.SubVec(row, mean)
	}
	return mean, centred
}

// principal returns the principal components of centred rows as columns, in order
// of ascending variance.
func principal(centred *mat.Dense) (*mat.Dense, error) {
	var gram mat.SymDense
	gram.SymOuterK(1, centred.T())
	var eigen mat.EigenSym
	if !eigen.Factorize(&gram, true) {
		return nil, errors.New("the position table has no principal components")
	}
	var components mat.Dense
	eigen.VectorsTo(&components)
	return &components, nil
}

// residual returns the largest absolute difference of x from coordinates·componentsᵀ.
func residual(x, coordinates *mat.Dense, components mat.Matrix) float64 {
	var rest mat.Dense
	rest.Mul(coordinates, components.T())
	rest.Sub(x, &rest)
	return math.Max(mat.Max(&rest), -mat.Min(&rest))
}

// dense64 widens a row-major matrix.
func dense64(values []float32, rows, columns int) *mat.Dense {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = float64(v)
	}
	return mat.NewDense(rows, columns, out)
}

func round(dst []float32, src []float64) {
	for i, v := range src {
		dst[i] = float32(v)
	}
}
