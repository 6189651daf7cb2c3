package tensorflow

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	tf "github.com/galeone/tensorflow/tensorflow/go"

	"circascope/inference"
	"circascope/models"
)

// cachedLengths is for how many lengths of recordings a worker keeps a graph.
const cachedLengths = 4

// worker computes one recording at a time in sessions of its own. It belongs to
// one goroutine at a time.
type worker struct {
	engine *engine
	graphs []sized // the last used is last
}

// sized is a graph for one length.
type sized struct {
	tokens int
	*runnable
}

// embed computes one recording, which was checked.
func (w *worker) embed(key string, in *tf.Tensor, tokens int) (inference.Embedding, error) {
	graph, err := w.graph(tokens)
	if err != nil {
		return inference.Embedding{}, err
	}
	started := time.Now()
	out, err := graph.run(in)
	if err != nil {
		return inference.Embedding{}, err
	}
	emb := inference.Embedding{Key: key, Vector: out[0], Elapsed: time.Since(started)}
	out = out[1:]
	if head := w.engine.weights.Head; head != nil {
		emb.Score = &inference.Score{Name: head.Score, Value: out[0][0]}
		out = out[1:]
	}
	if len(out) > 0 {
		emb.Profile = out[0]
	}
	return emb, sound(emb, tokens)
}

// sound checks what TensorFlow gave back: a broken device answers with anything.
func sound(emb inference.Embedding, tokens int) error {
	if len(emb.Vector) != models.Dim || (emb.Profile != nil && len(emb.Profile) != tokens) {
		return fmt.Errorf("TensorFlow gave %d features and a profile of %d tokens, want %d and %d", len(emb.Vector), len(emb.Profile), models.Dim, tokens)
	}
	all := slices.Concat(emb.Vector, emb.Profile)
	if emb.Score != nil {
		all = append(all, emb.Score.Value)
	}
	for _, v := range all {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("TensorFlow gave %v: the values are too large for float32, or the device is broken; check that the recording was standardised", v)
		}
	}
	return nil
}

// graph returns the graph for a length, built where it is not among the last
// ones used.
func (w *worker) graph(tokens int) (sized, error) {
	for i, g := range w.graphs {
		if g.tokens == tokens {
			w.graphs = append(slices.Delete(w.graphs, i, i+1), g)
			return g, nil
		}
	}
	if len(w.graphs) >= cachedLengths {
		oldest := w.graphs[0]
		w.graphs = slices.Delete(w.graphs, 0, 1)
		if err := oldest.close(); err != nil {
			return sized{}, fmt.Errorf("closing a TensorFlow session: %w", err)
		}
	}
	r, err := w.engine.build(tokens)
	if err != nil {
		return sized{}, err
	}
	g := sized{tokens, r}
	w.graphs = append(w.graphs, g)
	return g, nil
}

func (w *worker) close() error {
	var err error
	for _, g := range w.graphs {
		err = errors.Join(err, g.close())
	}
	w.graphs = nil
	return err
}
