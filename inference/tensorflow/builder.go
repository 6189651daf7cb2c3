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

	bfloat16 bool // the products of the attention, and what is between them, are in bfloat16
}

func newBuilder() *builder { return &builder{root: tg.NewRoot()} }

// scope returns a scope of its own for the next operation: two operations of one
// type in one scope would get the same name.
func (b *builder) scope() *op.Scope {
	if len(b.after) > 0 {
		return b.free().WithControlDependencies(b.after...)
	}
	return b.free()
}

// free is scope for what waits for nothing.
func (b *builder) free() *op.Scope {
	b.n++
	return b.root.SubScope(fmt.Sprintf("n%d", b.n))
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
	return tg.Const(b.free(), t)
}

// constant16 adds values of that shape, rounded to bfloat16. The Go binding knows
// no such tensors, so their bits go in as integers.
func (b *builder) constant16(values []float32, shape ...int64) tf.Output {
	bits := make([]uint16, len(values))
	for i, v := range values {
		bits[i] = bfloat16(v)
	}
	t, err := tf.NewTensor(bits)
	if err == nil {
		err = t.Reshape(shape)
	}
	if err != nil {
		b.root.UpdateErr("Const", err)
		return tf.Output{}
	}
	return op.Bitcast(b.free(), tg.Const(b.free(), t), tf.Bfloat16)
}

func (b *builder) scalar(v float32) tf.Output { return tg.Const(b.free(), v) }

func (b *builder) ints(v ...int32) tf.Output { return tg.Const(b.free(), v) }

func (b *builder) reshape(x tf.Output, shape ...int32) tf.Output {
	return op.Reshape(b.scope(), x, b.ints(shape...))
}

func (b *builder) concat(parts []tf.Output, axis int32) tf.Output {
	if len(parts) == 1 {
		return parts[0]
	}
	return op.ConcatV2(b.scope(), parts, tg.Const(b.free(), axis))
}

// rows returns n rows of a matrix of that many columns.
func (b *builder) rows(x tf.Output, from, n, columns int) tf.Output {
	return op.Slice(b.scope(), x, b.ints(int32(from), 0), b.ints(int32(n), int32(columns)))
}

// affine returns a function that adds x·kernel + bias, the kernel (in, out), as
// often as it is called.
func (b *builder) affine(kernel, bias []float32, in, out int) func(x tf.Output) tf.Output {
	k, c := b.constant(kernel, int64(in), int64(out)), b.constant(bias, int64(out))
	return func(x tf.Output) tf.Output {
		return op.BiasAdd(b.scope(), op.MatMul(b.scope(), x, k), c)
	}
}

// attentive is affine for the products of the attention: with bfloat16 the product
// is rounded to it, and the bias is added in float32.
func (b *builder) attentive(kernel, bias []float32, in, out int) func(x tf.Output) tf.Output {
	if !b.bfloat16 {
		return b.affine(kernel, bias, in, out)
	}
	k, c := b.constant16(kernel, int64(in), int64(out)), b.constant(bias, int64(out))
	return func(x tf.Output) tf.Output {
		return op.BiasAdd(b.scope(), b.high(op.MatMul(b.scope(), x, k)), c)
	}
}

// low returns x as it goes into the products of the attention.
func (b *builder) low(x tf.Output) tf.Output {
	if !b.bfloat16 {
		return x
	}
	return op.Cast(b.scope(), x, tf.Bfloat16)
}

// high returns in float32 what came of low.
func (b *builder) high(x tf.Output) tf.Output {
	if !b.bfloat16 {
		return x
	}
	return op.Cast(b.scope(), x, tf.Float)
}

// dense returns x·kernel + bias, the kernel (in, out).
func (b *builder) dense(x tf.Output, kernel, bias []float32, in, out int) tf.Output {
	return b.affine(kernel, bias, in, out)(x)
}

// norm returns a function that normalises each row to mean 0 and variance 1
// (population variance, epsilon models.LayerNormEps), then scales and shifts its
// columns.
func (b *builder) norm(gamma, beta []float32) func(x tf.Output) tf.Output {
	g, s := b.constant(gamma, models.Dim), b.constant(beta, models.Dim)
	columns, epsilon := b.ints(1), b.scalar(models.LayerNormEps)
	return func(x tf.Output) tf.Output {
		mean := op.Mean(b.scope(), x, columns, op.MeanKeepDims(true))
		centred := op.Sub(b.scope(), x, mean)
		variance := op.Mean(b.scope(), op.Square(b.scope(), centred), columns, op.MeanKeepDims(true))
		scale := op.Rsqrt(b.scope(), op.AddV2(b.scope(), variance, epsilon))
		normal := op.Mul(b.scope(), centred, scale)
		return op.AddV2(b.scope(), op.Mul(b.scope(), normal, g), s)
	}
}
