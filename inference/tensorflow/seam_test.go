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
	if graph != "folded" { // an engine's own
		e.attention = attentionOf(w, graph)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// tap returns a function that runs recordings of that many tokens through a
// graph, which also gives up its intermediates: "patches", "embedded",
// "embedding", and of every layer, counted from 1, "layer 1", "map 1" (attention
// averaged over heads) and "profile 1".
func tap(t testing.TB, w *models.Weights, graph string, tokens int) func(values []float32) map[string][]float32 {
	t.Helper()
	table := positionTable(t, tokens)
	b := newBuilder()
	enc := addEncoder(b, w, attentionOf(w, graph), table, tokens)
	names := []string{"patches", "embedded", "embedding"}
	fetches := []tf.Output{enc.patches, enc.embedded, enc.embedding}
	for i := range enc.layers {
		names = append(names, fmt.Sprintf("layer %d", i+1), fmt.Sprintf("map %d", i+1), fmt.Sprintf("profile %d", i+1))
		fetches = append(fetches, enc.layers[i], enc.attended[i].average(), enc.profile(b, i))
	}
	run := session(t, b, enc.input, fetches...)
	return func(values []float32) map[string][]float32 {
		taps := make(map[string][]float32)
		for i, values := range run(values) {
			taps[names[i]] = values
		}
		return taps
	}
}

// positionTable returns the position table, (tokens, Dim).
func positionTable(t testing.TB, tokens int) []float32 {
	t.Helper()
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	table, err := positions(tokens)
	if err != nil {
		t.Fatal(err)
	}
	return table
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
	return session(t, b, input, b.norm(gamma, beta)(rows))(x)[0]
}

// session returns a function that runs what was built.
func session(t testing.TB, b *builder, input tf.Output, fetches ...tf.Output) func(values []float32) [][]float32 {
	t.Helper()
	r, err := newRunnable(b, input, fetches, config(false))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.close() })
	return func(values []float32) [][]float32 {
		t.Helper()
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
}
