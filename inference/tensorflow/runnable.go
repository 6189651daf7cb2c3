package tensorflow

import (
	"fmt"

	tf "github.com/galeone/tensorflow/tensorflow/go"
)

// runnable is a graph with a session.
type runnable struct {
	graph   *tf.Graph
	session *tf.Session
	input   tf.Output
	fetches []tf.Output
}

// newRunnable opens a session on what was built.
func newRunnable(b *builder, input tf.Output, fetches []tf.Output, sessionConfig []byte) (*runnable, error) {
	graph, err := b.finish()
	if err != nil {
		return nil, err
	}
	session, err := tf.NewSession(graph, &tf.SessionOptions{Config: sessionConfig})
	if err != nil {
		return nil, fmt.Errorf("opening a TensorFlow session: %w", err)
	}
	return &runnable{graph, session, input, fetches}, nil
}

// run feeds the input and returns the fetches, each flat.
func (r *runnable) run(in *tf.Tensor) ([][]float32, error) {
	results, err := r.session.Run(map[tf.Output]*tf.Tensor{r.input: in}, r.fetches, nil)
	if err != nil {
		return nil, fmt.Errorf("running TensorFlow: %w", err)
	}
	out := make([][]float32, len(results))
	for i, t := range results {
		if out[i], err = flat(t); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *runnable) close() error { return r.session.Close() }

// flat returns the values of a float32 tensor, row-major.
func flat(t *tf.Tensor) ([]float32, error) {
	n := int64(1)
	for _, d := range t.Shape() {
		n *= d
	}
	if err := t.Reshape([]int64{n}); err != nil {
		return nil, fmt.Errorf("reading a result of TensorFlow: %w", err)
	}
	values, ok := t.Value().([]float32)
	if !ok {
		return nil, fmt.Errorf("reading a result of TensorFlow: got %T, want []float32", t.Value())
	}
	return values, nil
}
