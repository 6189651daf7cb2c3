package inference

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Rollout follows attention through all layers (Abnar and Zuidema 2020,
// arXiv 2005.00928): the mean over heads of each layer's map A is mixed with the
// residual path, 0.5 A + 0.5 I, each row divided by its sum, and the layers are
// multiplied, the last one at the left. The result is a map like an Attention's
// of layer 0: how much of each token (key) reaches each place of the last layer
// (query). progress, which may be nil, hears of every layer done.
func Rollout(ctx context.Context, e Explainer, w Week, progress func(done, total int)) (Attention, error) {
	layers := e.Spec().Layers
	var rolled *mat.Dense
	var last Attention
	for layer := 1; layer <= layers; layer++ {
		a, err := e.Attend(ctx, w, layer, MeanHead)
		if err != nil {
			return Attention{}, fmt.Errorf("rolling out layer %d: %w", layer, err)
		}
		rolled = rollLayer(rolled, a)
		last = a
		if progress != nil {
			progress(layer, layers)
		}
	}
	last.Layer, last.Head = 0, MeanHead
	last.Map = make([]float32, last.Tokens*last.Tokens)
	for i, v := range rolled.RawMatrix().Data {
		last.Map[i] = float32(v)
	}
	return last, nil
}

// rollLayer returns the rollout one layer further: below is that of the layers
// before, nil for the first.
func rollLayer(below *mat.Dense, a Attention) *mat.Dense {
	n := a.Tokens
	mixed := mat.NewDense(n, n, nil)
	for q := range n {
		row := mixed.RawRowView(q)
		sum := 0.0
		for k, v := range a.Map[q*n : (q+1)*n] {
			row[k] = float64(v) / 2
			sum += row[k]
		}
		row[q] += 0.5
		sum += 0.5
		for k := range row {
			row[k] /= sum
		}
	}
	if below == nil {
		return mixed
	}
	var out mat.Dense
	out.Mul(mixed, below)
	return &out
}
