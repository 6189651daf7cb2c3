package tensorflow

import (
	"context"
	"fmt"
	"testing"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/inference"
	"circascope/models"
)

// graphs are the two ways to compute PAT that must agree with Keras: the plain
// one as it is published, and the folded one that the program runs.
var graphs = []string{"plain", "folded"}

// What follows is all that the tests of the arithmetic know of how an engine is
// built.

// attentionOf returns the attention of a graph.
func attentionOf(w *models.Weights, graph string) attention {
	if graph == "plain" {
		return plain{w}
	}
	return fold(w)
}

// openGraph opens an engine that runs that graph.
func openGraph(t testing.TB, w *models.Weights, graph string, o inference.Options) *engine {
	t.Helper()
	e, err := open(context.Background(), w, o)
	if err != nil {
		t.Fatal(err)
	}
	e.attention = attentionOf(w, graph)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// tap runs one recording through a graph that also gives up its intermediates:
// "patches", "embedded", "embedding", and of every layer, counted from 1,
// "layer 1", "map 1" (attention averaged over heads) and "profile 1".
func tap(t testing.TB, w *models.Weights, graph string, values []float32) map[string][]float32 {
	t.Helper()
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	tokens, err := w.Spec.Tokens(len(values))
	if err != nil {
		t.Fatal(err)
	}
	table, err := positions(tokens)
	if err != nil {
		t.Fatal(err)
	}
	b := newBuilder()
	enc := addEncoder(b, w, attentionOf(w, graph), table, tokens)
	names := []string{"patches", "embedded", "embedding"}
	fetches := []tf.Output{enc.patches, enc.embedded, enc.embedding}
	for i := range enc.layers {
		names = append(names, fmt.Sprintf("layer %d", i+1), fmt.Sprintf("map %d", i+1), fmt.Sprintf("profile %d", i+1))
		fetches = append(fetches, enc.layers[i], enc.attended[i].average(), enc.profile(b, i))
	}
	out := runGraph(t, b, enc.input, values, fetches...)
	taps := make(map[string][]float32)
	for i, name := range names {
		taps[name] = out[i]
	}
	return taps
}

// normalise runs the layer normalisation of both graphs on rows of Dim values.
func normalise(t testing.TB, x, gamma, beta []float32) []float32 {
	t.Helper()
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	b := newBuilder()
	input := op.Placeholder(b.scope(), tf.Float, op.PlaceholderShape(tf.MakeShape(int64(len(x)))))
	rows := b.reshape(input, int32(len(x)/models.Dim), models.Dim)
	return runGraph(t, b, input, x, b.layerNorm(rows, gamma, beta))[0]
}

// runGraph runs what was built once.
func runGraph(t testing.TB, b *builder, input tf.Output, values []float32, fetches ...tf.Output) [][]float32 {
	t.Helper()
	r, err := newRunnable(b, input, fetches, config(false))
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	in, err := tf.NewTensor(values)
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.run(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
