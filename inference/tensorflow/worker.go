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

// worker computes one recording at a time. It belongs to one goroutine at a time.
type worker struct{ engine *engine }

// embed computes one recording, which was checked.
func (w *worker) embed(key string, in *tf.Tensor, tokens int) (emb inference.Embedding, err error) {
	graph, err := w.engine.graphs.take(tokens)
	if err != nil {
		return emb, err
	}
	defer func() { err = errors.Join(err, w.engine.graphs.give(graph)) }()
	started := time.Now()
	out, err := graph.run(in)
	if err != nil {
		return emb, err
	}
	emb = inference.Embedding{Key: key, Vector: out[0], Elapsed: time.Since(started)}
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
