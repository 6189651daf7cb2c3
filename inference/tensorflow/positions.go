package tensorflow

import (
	"fmt"
	"math"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/models"
)

// positions returns the position table, (tokens, Dim): the sines of 48 angles,
// then their cosines, of angle[t, i] = t * 10000^(-i/48). Everything is computed
// by TensorFlow in float32, as the authors' code does: its exp is an ulp or two
// off the true one, and at a thousand tokens that moves a position by 8e-5.
func positions(tokens int) ([]float32, error) {
	b := newBuilder()
	input, _, table := addPositions(b, tokens)
	return runOnce(b, input, table, tokens)
}

// frequencies returns the 48 frequencies of the position table.
func frequencies() ([]float32, error) {
	b := newBuilder()
	input, div, _ := addPositions(b, 1)
	return runOnce(b, input, div, 1)
}

// addPositions adds the table to the graph. The token numbers come in from
// outside, so that no optimiser computes the table with other kernels.
func addPositions(b *builder, tokens int) (input, div, table tf.Output) {
	const half = models.Dim / 2
	input = op.Placeholder(b.scope(), tf.Float, op.PlaceholderShape(tf.MakeShape(int64(tokens))))
	even := make([]float32, half)
	for i := range even {
		even[i] = float32(2 * i)
	}
	step := float32(-math.Log(10000) / models.Dim)
	// The sum with zero times the input keeps the exponent from being constant.
	zero := op.Mul(b.scope(), op.Slice(b.scope(), input, b.ints(0), b.ints(1)), b.scalar(0))
	exponent := op.Mul(b.scope(), op.AddV2(b.scope(), b.constant(even, half), zero), b.scalar(step))
	div = op.Exp(b.scope(), exponent)
	angle := op.Mul(b.scope(), b.reshape(input, int32(tokens), 1), b.reshape(div, 1, half))
	table = b.concat([]tf.Output{op.Sin(b.scope(), angle), op.Cos(b.scope(), angle)}, 1)
	return input, div, table
}

// runOnce runs a graph whose input is the token numbers.
func runOnce(b *builder, input, fetch tf.Output, tokens int) ([]float32, error) {
	r, err := newRunnable(b, input, []tf.Output{fetch}, config(false))
	if err != nil {
		return nil, fmt.Errorf("computing the position table: %w", err)
	}
	defer r.close() //nolint:errcheck // the result is out already
	number := make([]float32, tokens)
	for i := range number {
		number[i] = float32(i)
	}
	in, err := tf.NewTensor(number)
	if err != nil {
		return nil, fmt.Errorf("computing the position table: %w", err)
	}
	out, err := r.run(in)
	if err != nil {
		return nil, fmt.Errorf("computing the position table: %w", err)
	}
	return out[0], nil
}
