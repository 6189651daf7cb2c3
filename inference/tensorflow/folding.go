package tensorflow

import (
	"math"
	"sync"

	"gonum.org/v1/gonum/mat"

	"circascope/models"
)

// products are one layer's attention with weights multiplied together beforehand,
// in float64. The key size of every head equals the width of a token, so per head
// the query and key kernels are one square matrix, and the value and output
// kernels another:
//
//	scores = x·(Wq·Wkᵀ/√96)·xᵀ + (bq·Wkᵀ/√96)·xᵀ + a term constant along a row,
//	output = A·x·(Wv·Wo) + bv·Wo + bo.
//
// The constant term, the only one with the key bias, falls out of the softmax,
// and the rows of A sum to 1. So keys and values of every head are x itself.
type products struct {
	heads []headProducts
	bias  *mat.VecDense // (Dim), of the output
}

type headProducts struct {
	query  *mat.Dense    // (columns of x, columns of x)
	bias   *mat.VecDense // (columns of x), of the query
	output *mat.Dense    // (columns of x, Dim)
}

// multiply folds one layer.
func multiply(b *models.Block, heads int) products {
	p := products{heads: make([]headProducts, heads)}
	ofValues := make([]*mat.VecDense, heads)
	eachHead(heads, func(h int) {
		query, key, value := headKernel(b.QueryKernel, h, heads), headKernel(b.KeyKernel, h, heads), headKernel(b.ValueKernel, h, heads)
		queryBias, valueBias := headVector(b.QueryBias, h), headVector(b.ValueBias, h)
		output := dense64(b.OutputKernel[h*models.KeyDim*models.Dim:][:models.KeyDim*models.Dim], models.KeyDim, models.Dim)
		query.Scale(1/math.Sqrt(models.KeyDim), query)
		queryBias.ScaleVec(1/math.Sqrt(models.KeyDim), queryBias)
		p.heads[h] = headProducts{query: product(query, key.T()), bias: through(queryBias, key.T()), output: product(value, output)}
		ofValues[h] = through(valueBias, output)
	})
	p.bias = mat.NewVecDense(models.Dim, nil)
	for j, v := range b.OutputBias {
		p.bias.SetVec(j, float64(v))
	}
	for _, v := range ofValues {
		p.bias.AddVec(p.bias, v)
	}
	return p
}

// in returns the products for the coordinates z of x = z·rows + mean: the terms of
// the scores with the mean on the right are constant along a row again.
func (p products) in(b *basis) products {
	out := products{heads: make([]headProducts, len(p.heads)), bias: mat.VecDenseCopyOf(p.bias)}
	ofMean := make([]*mat.VecDense, len(p.heads))
	eachHead(len(p.heads), func(h int) {
		of := p.heads[h]
		bias := through(b.mean, of.query)
		bias.AddVec(bias, of.bias)
		out.heads[h] = headProducts{
			query: product(product(b.rows, of.query), b.rows.T()), bias: through(bias, b.rows.T()), output: product(b.rows, of.output),
		}
		ofMean[h] = through(b.mean, of.output)
	})
	for _, v := range ofMean {
		out.bias.AddVec(out.bias, v)
	}
	return out
}

// round returns the products in float32, the heads side by side.
func (p products) round() foldedLayer {
	heads, columns := len(p.heads), p.heads[0].bias.Len()
	l := foldedLayer{
		columns: columns,
		query:   make([]float32, columns*heads*columns), queryBias: make([]float32, heads*columns),
		output: make([]float32, heads*columns*models.Dim), bias: make([]float32, models.Dim),
	}
	for h, of := range p.heads {
		for i := range columns {
			round(l.query[(i*heads+h)*columns:][:columns], of.query.RawRowView(i))
		}
		round(l.queryBias[h*columns:][:columns], of.bias.RawVector().Data)
		round(l.output[h*columns*models.Dim:][:columns*models.Dim], of.output.RawMatrix().Data)
	}
	round(l.bias, p.bias.RawVector().Data)
	return l
}

// eachHead calls do for every head, several at a time.
func eachHead(heads int, do func(h int)) {
	var group sync.WaitGroup
	for h := range heads {
		group.Go(func() { do(h) })
	}
	group.Wait()
}

// headKernel returns one head of a (Dim, heads, KeyDim) kernel, (Dim, KeyDim).
func headKernel(kernel []float32, h, heads int) *mat.Dense {
	out := mat.NewDense(models.Dim, models.KeyDim, nil)
	for i := range models.Dim {
		for j, v := range kernel[(i*heads+h)*models.KeyDim:][:models.KeyDim] {
			out.Set(i, j, float64(v))
		}
	}
	return out
}

// headVector returns one head of a (heads, KeyDim) bias.
func headVector(bias []float32, h int) *mat.VecDense {
	out := mat.NewVecDense(models.KeyDim, nil)
	for j, v := range bias[h*models.KeyDim:][:models.KeyDim] {
		out.SetVec(j, float64(v))
	}
	return out
}

func product(a, b mat.Matrix) *mat.Dense {
	var out mat.Dense
	out.Mul(a, b)
	return &out
}

// through returns the row vector v times the matrix.
func through(v *mat.VecDense, m mat.Matrix) *mat.VecDense {
	var out mat.VecDense
	out.MulVec(m.T(), v)
	return &out
}
