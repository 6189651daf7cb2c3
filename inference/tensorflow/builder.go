package tensorflow

import (
	"fmt"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"
	tg "github.com/galeone/tfgo"

	"circascope/models"
)

// builder adds operations to one graph. Matrices are (rows, columns), row-major.
// Errors stay in the root's scope and come out of finish.
type builder struct {
	root  *op.Scope
	after []*tf.Operation // what the next operations must wait for
	n     int
}

func newBuilder() *builder { return &builder{root: tg.NewRoot()} }

// scope returns a scope of its own for the next operation: two operations of one
// type in one scope would get the same name.
func (b *builder) scope() *op.Scope {
	b.n++
	s := b.root.SubScope(fmt.Sprintf("n%d", b.n))
	if len(b.after) > 0 {
		s = s.WithControlDependencies(b.after...)
	}
	return s
}

func (b *builder) finish() (*tf.Graph, error) {
	graph, err := b.root.Finalize()
	if err != nil {
		return nil, fmt.Errorf("building the graph: %w", err)
	}
	return graph, nil
}

// constant adds values of that shape.
func (b *builder) constant(values []float32, shape ...int64) tf.Output {
	t, err := tf.NewTensor(values)
	if err == nil {
		err = t.Reshape(shape)
	}
	if err != nil {
		b.root.UpdateErr("Const", err)
		return tf.Output{}
	}
	return tg.Const(b.scope(), t)
}

func (b *builder) scalar(v float32) tf.Output { return tg.Const(b.scope(), v) }

func (b *builder) ints(v ...int32) tf.Output { return tg.Const(b.scope(), v) }

func (b *builder) reshape(x tf.Output, shape ...int32) tf.Output {
	return op.Reshape(b.scope(), x, b.ints(shape...))
}

func (b *builder) concat(parts []tf.Output, axis int32) tf.Output {
	if len(parts) == 1 {
		return parts[0]
	}
	return op.ConcatV2(b.scope(), parts, tg.Const(b.scope(), axis))
}

// dense returns x·kernel + bias, the kernel (in, out).
func (b *builder) dense(x tf.Output, kernel, bias []float32, in, out int) tf.Output {
	product := op.MatMul(b.scope(), x, b.constant(kernel, int64(in), int64(out)))
	return op.BiasAdd(b.scope(), product, b.constant(bias, int64(out)))
}

// layerNorm normalises each row to mean 0 and variance 1 (population variance,
// epsilon models.LayerNormEps), then scales and shifts its columns.
func (b *builder) layerNorm(x tf.Output, gamma, beta []float32) tf.Output {
	mean := op.Mean(b.scope(), x, b.ints(1), op.MeanKeepDims(true))
	centred := op.Sub(b.scope(), x, mean)
	variance := op.Mean(b.scope(), op.Square(b.scope(), centred), b.ints(1), op.MeanKeepDims(true))
	scale := op.Rsqrt(b.scope(), op.AddV2(b.scope(), variance, b.scalar(models.LayerNormEps)))
	normal := op.Mul(b.scope(), centred, scale)
	scaled := op.Mul(b.scope(), normal, b.constant(gamma, models.Dim))
	return op.AddV2(b.scope(), scaled, b.constant(beta, models.Dim))
}
