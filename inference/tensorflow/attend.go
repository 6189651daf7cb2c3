package tensorflow

import (
	"context"
	"fmt"
	"math"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/inference"
)

// watched is the published attention that keeps its weights at hand.
type watched struct {
	plain
	layers []tf.Output // A of each layer, (heads, query, key)
}

func (w *watched) add(b *builder, layer int, s layerInput) attended {
	weights := w.weigh(b, layer, s.x, s.tokens)
	w.layers = append(w.layers, weights)
	return w.apply(b, layer, s.x, weights, s.tokens)
}

// Attend gives the attention weights of one layer, for inference.Explainer. They
// come from the graph as it is published, which is built for the call and freed
// after it: maps are looked at one at a time. It takes one worker's turn.
func (e *engine) Attend(ctx context.Context, week inference.Week, layer, head int) (inference.Attention, error) {
	fail := func(err error) (inference.Attention, error) {
		return inference.Attention{}, fmt.Errorf("attention of %s: %w", week.Key, err)
	}
	if err := inference.CheckAttention(e.weights.Spec, layer, head); err != nil {
		return fail(err)
	}
	j, err := e.job(week)
	if err != nil {
		return fail(err)
	}
	worker, err := e.take(ctx)
	if err != nil {
		return fail(err)
	}
	defer e.give(worker)
	out, err := e.attend(j, layer, head)
	if err != nil {
		return fail(err)
	}
	if err := ctx.Err(); err != nil {
		return fail(err)
	}
	a := inference.Attention{Layer: layer, Head: head, Tokens: j.tokens, Embedding: out[0], Map: out[1], Profiles: out[2:]}
	return a, soundMap(a)
}

// attend runs the published graph and fetches the embedding, the map and every
// layer's profile.
func (e *engine) attend(j *job, layer, head int) ([][]float32, error) {
	table, err := e.tables.get(j.tokens)
	if err != nil {
		return nil, err
	}
	b := newBuilder()
	seen := &watched{plain: plain{e.weights}}
	enc := addEncoder(b, e.weights, seen, table, j.tokens)
	fetches := []tf.Output{enc.embedding, enc.attended[layer-1].average()}
	if head != inference.MeanHead {
		fetches[1] = op.Slice(b.scope(), seen.layers[layer-1], b.ints(int32(head-1), 0, 0), b.ints(1, -1, -1))
	}
	for i := range enc.layers {
		fetches = append(fetches, enc.profile(b, i))
	}
	r, err := newRunnable(b, enc.input, fetches, e.config)
	if err != nil {
		return nil, err
	}
	out, err := r.run(j.in)
	if closeErr := r.close(); err == nil && closeErr != nil {
		err = fmt.Errorf("closing a TensorFlow session: %w", closeErr)
	}
	return out, err
}

// rowTolerance is how far from 1 the attention of a query may sum in float32.
const rowTolerance = 1e-3

// soundMap checks what TensorFlow gave back.
func soundMap(a inference.Attention) error {
	if err := sound(inference.Embedding{Vector: a.Embedding, Profile: a.Profiles[a.Layer-1]}, a.Tokens); err != nil {
		return err
	}
	if len(a.Map) != a.Tokens*a.Tokens {
		return fmt.Errorf("TensorFlow gave a map of %d values, want %d", len(a.Map), a.Tokens*a.Tokens)
	}
	for q := range a.Tokens {
		sum := 0.0
		for _, v := range a.Map[q*a.Tokens : (q+1)*a.Tokens] {
			sum += float64(v)
		}
		if !(math.Abs(sum-1) <= rowTolerance) {
			return fmt.Errorf("the attention of token %d sums to %g, want 1: the engine or the device is broken", q+1, sum)
		}
	}
	return nil
}
