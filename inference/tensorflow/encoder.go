package tensorflow

import (
	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/models"
)

// attention adds the multi-head attention of one layer, counted from 0, to the
// graph.
type attention interface {
	add(b *builder, layer int, s layerInput) attended
}

// layerInput is what a layer gets.
type layerInput struct {
	x         tf.Output // (tokens, Dim)
	tokens    int
	minutes   tf.Output // (tokens, Patch), what the first layer's x was made of
	positions []float32 // (tokens, Dim), with this table
}

// attended is what an attention gives: its output in parts, (tokens, Dim)
// together, and two functions that add operations on the attention weights A
// (heads, query, key) to the graph when they are called.
type attended struct {
	parts    []part
	received func() tf.Output // sum over heads and queries of A, (tokens)
	average  func() tf.Output // mean over heads of A, (tokens, tokens)
}

// part is the output for consecutive tokens. No part waits for another, so that
// several threads can work on one recording.
type part struct {
	from, tokens int
	output       tf.Output // (tokens, Dim)
}

// encoder is the graph of one model for one length.
type encoder struct {
	input     tf.Output // (minutes)
	patches   tf.Output // (tokens, Dim), before positions
	embedded  tf.Output // (tokens, Dim), with positions
	layers    []tf.Output
	attended  []attended
	embedding tf.Output // (Dim)
	score     tf.Output // (1); no output where the weights have no head
}

// addEncoder adds the whole encoder for recordings of that many tokens
// (arXiv 2411.15240 and the authors' notebooks): patches, positions, post-norm
// transformer layers, mean over tokens.
func addEncoder(b *builder, w *models.Weights, a attention, positions []float32, tokens int) encoder {
	var e encoder
	e.input = op.Placeholder(b.scope(), tf.Float, op.PlaceholderShape(tf.MakeShape(int64(tokens*w.Spec.Patch))))
	minutes := b.reshape(e.input, int32(tokens), int32(w.Spec.Patch))
	e.patches = b.dense(minutes, w.PatchKernel, w.PatchBias, w.Spec.Patch, models.Dim)
	e.embedded = op.AddV2(b.scope(), e.patches, b.constant(positions, int64(tokens), models.Dim))
	x := e.embedded
	for i := range w.Blocks {
		seen := a.add(b, i, layerInput{x: x, tokens: tokens, minutes: minutes, positions: positions})
		x = addRest(b, &w.Blocks[i], x, seen.parts)
		e.layers, e.attended = append(e.layers, x), append(e.attended, seen)
	}
	e.embedding = op.Mean(b.scope(), x, b.ints(0))
	if w.Head != nil {
		e.score = addHead(b, w.Head, e.embedding)
	}
	return e
}

// addRest adds what follows the attention in a layer: the sum with its input x,
// normalised, the feed-forward network and its sum, normalised again.
func addRest(b *builder, block *models.Block, x tf.Output, parts []part) tf.Output {
	norm1, norm2 := b.norm(block.Norm1Gamma, block.Norm1Beta), b.norm(block.Norm2Gamma, block.Norm2Beta)
	widen := b.affine(block.FF1Kernel, block.FF1Bias, models.Dim, models.FeedForward)
	shrink := b.affine(block.FF2Kernel, block.FF2Bias, models.FeedForward, models.Dim)
	outputs := make([]tf.Output, len(parts))
	for i, p := range parts {
		y := norm1(op.AddV2(b.scope(), b.rows(x, p.from, p.tokens, models.Dim), p.output))
		fed := shrink(op.Relu(b.scope(), widen(y)))
		outputs[i] = norm2(op.AddV2(b.scope(), y, fed))
	}
	return b.concat(outputs, 0)
}

// addHead adds the head of a fine-tuned model on an embedding: Dense 128 ReLU,
// Dense 1 sigmoid (the authors' notebooks; its dropout is off at inference).
func addHead(b *builder, h *models.Head, embedding tf.Output) tf.Output {
	hidden := op.Relu(b.scope(), b.dense(b.reshape(embedding, 1, models.Dim), h.HiddenKernel, h.HiddenBias, models.Dim, models.HeadHiddenDim))
	return b.reshape(op.Sigmoid(b.scope(), b.dense(hidden, h.OutputKernel, h.OutputBias, models.HeadHiddenDim, 1)), 1)
}

// profile adds the attention profile of a layer, counted from 0: for each token
// the attention it receives, summed over queries, averaged over heads, divided by
// its sum.
func (e encoder) profile(b *builder, layer int) tf.Output {
	received := e.attended[layer].received()
	return op.Div(b.scope(), received, op.Sum(b.scope(), received, b.ints(0), op.SumKeepDims(true)))
}

// fetches lists what is computed of a recording: the embedding, the score where
// there is a head and, where asked for, the profile of the last layer.
func (e encoder) fetches(b *builder, profiles bool) []tf.Output {
	out := []tf.Output{e.embedding}
	if e.score.Op != nil {
		out = append(out, e.score)
	}
	if profiles {
		out = append(out, e.profile(b, len(e.layers)-1))
	}
	return out
}
