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

func (p plain) add(b *builder, layer int, x tf.Output, tokens int) attended {
	block, heads := &p.weights.Blocks[layer], p.weights.Spec.Heads
	width := heads * models.KeyDim
	project := func(kernel, bias []float32) tf.Output {
		y := b.dense(x, kernel, bias, models.Dim, width)
		y = b.reshape(y, int32(tokens), int32(heads), models.KeyDim)
		return op.Transpose(b.scope(), y, b.ints(1, 0, 2)) // (heads, tokens, KeyDim)
	}
	query := project(block.QueryKernel, block.QueryBias)
	key := project(block.KeyKernel, block.KeyBias)
	value := project(block.ValueKernel, block.ValueBias)
	query = op.Mul(b.scope(), query, b.scalar(float32(1/math.Sqrt(models.KeyDim))))
	scores := op.BatchMatMulV2(b.scope(), query, key, op.BatchMatMulV2AdjY(true))
	weights := op.Softmax(b.scope(), scores) // (heads, query, key)
	context := op.Transpose(b.scope(), op.BatchMatMulV2(b.scope(), weights, value), b.ints(1, 0, 2))
	context = b.reshape(context, int32(tokens), int32(width))
	return attended{
		output:   b.dense(context, block.OutputKernel, block.OutputBias, width, models.Dim),
		received: func() tf.Output { return op.Sum(b.scope(), weights, b.ints(0, 1)) },
		average:  func() tf.Output { return op.Mean(b.scope(), weights, b.ints(0)) },
	}
}
