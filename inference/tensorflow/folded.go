package tensorflow

import (
	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/models"
)

const (
	// blockRows is about how many rows of scores, one a query and head, are
	// computed at a time: few enough to stay near the cache, enough to keep the
	// products fast.
	blockRows = 480
	// lanes is into how many runs of queries a layer is divided that wait for
	// nothing of each other: as many threads can work on one recording.
	lanes = 4
)

// folded is the attention with weights multiplied together beforehand (products).
// The first layer works in the coordinates of its input (basis).
type folded struct {
	weights *models.Weights
	first   products
	layers  []foldedLayer
}

// foldedLayer is one layer's attention, folded.
type foldedLayer struct {
	columns   int       // of the keys and values
	query     []float32 // (columns, heads*columns)
	queryBias []float32 // (heads*columns)
	output    []float32 // (heads*columns, Dim)
	bias      []float32 // (Dim)
}

// fold multiplies the weights in float64 and rounds once.
func fold(w *models.Weights) folded {
	f := folded{weights: w}
	for i := range w.Blocks {
		p := multiply(&w.Blocks[i], w.Spec.Heads)
		if i == 0 {
			f.first = p
		}
		f.layers = append(f.layers, p.round())
	}
	return f
}

func (f folded) add(b *builder, layer int, s layerInput) attended {
	l, x := f.layers[layer], s.x
	if layer == 0 {
		l, x = f.narrow(b, s)
	}
	x = b.low(x)
	a := foldedGraph{
		builder: b, layer: l, heads: f.weights.Spec.Heads, tokens: s.tokens,
		values: x, keys: op.Transpose(b.scope(), x, b.ints(1, 0)),
		queries: b.attentive(l.query, l.queryBias, l.columns, f.weights.Spec.Heads*l.columns),
		output:  b.attentive(l.output, l.bias, f.weights.Spec.Heads*l.columns, models.Dim),
	}
	var parts []part
	from := 0
	for _, n := range evenly(s.tokens, min(lanes, s.tokens)) {
		parts = append(parts, part{from: from, tokens: n, output: a.lane(from, n)})
		from += n
	}
	return attended{parts: parts, received: a.received, average: a.average}
}

// narrow returns the first layer in the coordinates of its input, and those.
func (f folded) narrow(b *builder, s layerInput) (foldedLayer, tf.Output) {
	base, err := newBasis(f.weights, s.positions)
	if err != nil {
		b.root.UpdateErr("basis", err)
	}
	if base == nil {
		return f.layers[0], s.x
	}
	waves := b.constant(base.waves, int64(s.tokens), int64(base.columns-f.weights.Spec.Patch))
	return f.first.in(base).round(), b.concat([]tf.Output{s.minutes, waves}, 1)
}

// foldedGraph is the attention of one layer while it is added to a graph.
type foldedGraph struct {
	*builder
	layer           foldedLayer
	heads, tokens   int
	values, keys    tf.Output // (tokens, columns) and (columns, tokens)
	queries, output func(x tf.Output) tf.Output
	weights         []tf.Output // A of each block, (queries*heads, tokens)
	sizes           []int       // queries of each block
}

// lane adds the attention of n queries and returns its output, (n, Dim).
func (g *foldedGraph) lane(from, n int) tf.Output {
	columns := g.layer.columns
	queries := g.low(g.queries(g.rows(g.values, from, n, columns)))
	queries = g.reshape(queries, int32(n*g.heads), int32(columns)) // row query*heads + head
	var contexts []tf.Output
	start := 0
	for _, size := range blockSizes(n, g.heads) {
		query := g.rows(queries, start*g.heads, size*g.heads, columns)
		a := op.Softmax(g.scope(), op.MatMul(g.scope(), query, g.keys))
		context := op.MatMul(g.scope(), a, g.values)
		contexts, g.weights, g.sizes = append(contexts, context), append(g.weights, a), append(g.sizes, size)
		// One block after the other: TensorFlow would go through all blocks
		// operation by operation, and no block would still be in the cache.
		g.after = []*tf.Operation{context.Op}
		start += size
	}
	g.after = nil
	return g.output(g.reshape(g.concat(contexts, 0), int32(n), int32(g.heads*columns)))
}

func (g *foldedGraph) received() tf.Output {
	sums := make([]tf.Output, len(g.weights))
	for i, a := range g.weights {
		sums[i] = op.Sum(g.scope(), g.high(a), g.ints(0))
	}
	return op.AddN(g.scope(), sums)
}

func (g *foldedGraph) average() tf.Output {
	means := make([]tf.Output, len(g.weights))
	for i, a := range g.weights {
		a = g.reshape(g.high(a), int32(g.sizes[i]), int32(g.heads), int32(g.tokens))
		means[i] = op.Mean(g.scope(), a, g.ints(1))
	}
	return g.concat(means, 0)
}

// blockSizes divides queries into blocks of at most blockRows rows of scores.
func blockSizes(queries, heads int) []int {
	most := max(blockRows/heads, 1)
	return evenly(queries, (queries+most-1)/most)
}

// evenly divides n into k parts, all of one size or one less.
func evenly(n, k int) []int {
	sizes := make([]int, k)
	for i := range sizes {
		sizes[i] = n*(i+1)/k - n*i/k
	}
	return sizes
}
