package tensorflow

import (
	"math"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/models"
)

// blockRows is about how many rows of scores, one a query and head, are computed
// at a time: few enough to stay near the cache, enough to keep the products fast.
const blockRows = 480

// folded is the attention with weights multiplied together beforehand. The key
// size of every head equals the width of a token, so per head the query and key
// kernels are one square matrix, and the value and output kernels another:
//
//	scores = x·(Wq·Wkᵀ/√96)·xᵀ + (bq·Wkᵀ/√96)·xᵀ + a term constant along a row,
//	output = A·x·(Wv·Wo) + bv·Wo + bo.
//
// The constant term, the only one with the key bias, falls out of the softmax,
// and the rows of A sum to 1. So keys and values of every head are x itself.
type folded struct {
	heads  int
	layers []foldedLayer
}

// foldedLayer is one layer's attention, folded.
type foldedLayer struct {
	query     []float32 // (Dim, heads*Dim)
	queryBias []float32 // (heads*Dim)
	output    []float32 // (heads*Dim, Dim)
	bias      []float32 // (Dim)
}

// fold multiplies the weights in float64 and rounds once.
func fold(w *models.Weights) folded {
	f := folded{heads: w.Spec.Heads}
	for i := range w.Blocks {
		f.layers = append(f.layers, foldLayer(&w.Blocks[i], w.Spec.Heads))
	}
	return f
}

func foldLayer(b *models.Block, heads int) foldedLayer {
	const dim = models.Dim
	width := heads * dim
	scale := 1 / math.Sqrt(models.KeyDim)
	// row returns the KeyDim values of a (Dim, heads, KeyDim) kernel at one input
	// and head.
	row := func(kernel []float32, in, head int) []float32 {
		return kernel[(in*heads+head)*models.KeyDim:][:models.KeyDim]
	}
	f := foldedLayer{
		query: make([]float32, dim*width), queryBias: make([]float32, width),
		output: make([]float32, width*dim), bias: make([]float32, dim),
	}
	bias := make([]float64, dim)
	for o, v := range b.OutputBias {
		bias[o] = float64(v)
	}
	for h := range heads {
		outputKernel := b.OutputKernel[h*models.KeyDim*dim:][:models.KeyDim*dim]
		for j := range dim {
			key := row(b.KeyKernel, j, h)
			for i := range dim {
				f.query[i*width+h*dim+j] = float32(scale * dot(row(b.QueryKernel, i, h), key))
			}
			f.queryBias[h*dim+j] = float32(scale * dot(b.QueryBias[h*models.KeyDim:][:models.KeyDim], key))
			round(f.output[(h*dim+j)*dim:][:dim], through(row(b.ValueKernel, j, h), outputKernel))
		}
		for o, v := range through(b.ValueBias[h*models.KeyDim:][:models.KeyDim], outputKernel) {
			bias[o] += v
		}
	}
	round(f.bias, bias)
	return f
}

// dot returns the inner product in float64.
func dot(a, b []float32) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

// through returns the row vector v times the matrix, (len(v), Dim), in float64.
func through(v, matrix []float32) []float64 {
	out := make([]float64, models.Dim)
	for k, a := range v {
		for o, m := range matrix[k*models.Dim:][:models.Dim] {
			out[o] += float64(a) * float64(m)
		}
	}
	return out
}

func round(dst []float32, src []float64) {
	for i, v := range src {
		dst[i] = float32(v)
	}
}

func (f folded) add(b *builder, layer int, x tf.Output, tokens int) attended {
	l := f.layers[layer]
	width := f.heads * models.Dim
	queries := b.dense(x, l.query, l.queryBias, models.Dim, width)
	queries = b.reshape(queries, int32(tokens*f.heads), models.Dim) // row token*heads + head
	var contexts, weights []tf.Output
	sizes := blockSizes(tokens, f.heads)
	start := 0
	for _, n := range sizes {
		query := op.Slice(b.scope(), queries, b.ints(int32(start*f.heads), 0), b.ints(int32(n*f.heads), models.Dim))
		scores := op.MatMul(b.scope(), query, x, op.MatMulTransposeB(true))
		a := op.Softmax(b.scope(), scores) // (n*heads, key)
		context := op.MatMul(b.scope(), a, x)
		contexts, weights = append(contexts, context), append(weights, a)
		// One block after the other: TensorFlow would go through all blocks
		// operation by operation, and no block would still be in the cache.
		b.after = []*tf.Operation{context.Op}
		start += n
	}
	b.after = nil
	context := b.reshape(b.concat(contexts, 0), int32(tokens), int32(width))
	return attended{
		output:   b.dense(context, l.output, l.bias, width, models.Dim),
		received: func() tf.Output { return f.received(b, weights) },
		average:  func() tf.Output { return f.average(b, weights, sizes, tokens) },
	}
}

func (f folded) received(b *builder, weights []tf.Output) tf.Output {
	sums := make([]tf.Output, len(weights))
	for i, a := range weights {
		sums[i] = op.Sum(b.scope(), a, b.ints(0))
	}
	return op.AddN(b.scope(), sums)
}

func (f folded) average(b *builder, weights []tf.Output, sizes []int, tokens int) tf.Output {
	means := make([]tf.Output, len(weights))
	for i, a := range weights {
		a = b.reshape(a, int32(sizes[i]), int32(f.heads), int32(tokens))
		means[i] = op.Mean(b.scope(), a, b.ints(1))
	}
	return b.concat(means, 0)
}

// blockSizes divides the tokens into blocks of at most blockRows rows of scores,
// all of one size or one token less.
func blockSizes(tokens, heads int) []int {
	most := max(blockRows/heads, 1)
	n := (tokens + most - 1) / most
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = tokens*(i+1)/n - tokens*i/n
	}
	return sizes
}
