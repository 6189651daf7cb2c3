package tensorflow

import (
	"math"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/models"
)

// plain is the attention as it is published: queries, keys and values of every
// head, scores scaled by 1/sqrt(key size), softmax, output projection. The tests
// hold the folded attention against it.
type plain struct{ weights *models.Weights }

func (p plain) add(b *builder, layer int, s layerInput) attended {
	return p.apply(b, layer, s.x, p.weigh(b, layer, s.x, s.tokens), s.tokens)
}

// weigh adds the attention weights A of a layer, (heads, query, key).
func (p plain) weigh(b *builder, layer int, x tf.Output, tokens int) tf.Output {
	block := &p.weights.Blocks[layer]
	query := p.project(b, x, block.QueryKernel, block.QueryBias, tokens)
	key := p.project(b, x, block.KeyKernel, block.KeyBias, tokens)
	query = op.Mul(b.scope(), query, b.scalar(float32(1/math.Sqrt(models.KeyDim))))
	return op.Softmax(b.scope(), op.BatchMatMulV2(b.scope(), query, key, op.BatchMatMulV2AdjY(true)))
}

// apply adds what the attention of a layer makes of its weights.
func (p plain) apply(b *builder, layer int, x, weights tf.Output, tokens int) attended {
	block, width := &p.weights.Blocks[layer], p.weights.Spec.Heads*models.KeyDim
	value := p.project(b, x, block.ValueKernel, block.ValueBias, tokens)
	context := op.Transpose(b.scope(), op.BatchMatMulV2(b.scope(), weights, value), b.ints(1, 0, 2))
	context = b.reshape(context, int32(tokens), int32(width))
	return attended{
		parts:    []part{{tokens: tokens, output: b.dense(context, block.OutputKernel, block.OutputBias, width, models.Dim)}},
		received: func() tf.Output { return op.Sum(b.scope(), weights, b.ints(0, 1)) },
		average:  func() tf.Output { return op.Mean(b.scope(), weights, b.ints(0)) },
	}
}

// project adds one vector a head and token, (heads, tokens, KeyDim).
func (p plain) project(b *builder, x tf.Output, kernel, bias []float32, tokens int) tf.Output {
	heads := p.weights.Spec.Heads
	y := b.dense(x, kernel, bias, models.Dim, heads*models.KeyDim)
	y = b.reshape(y, int32(tokens), int32(heads), models.KeyDim)
	return op.Transpose(b.scope(), y, b.ints(1, 0, 2))
}
