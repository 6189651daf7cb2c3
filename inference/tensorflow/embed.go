package tensorflow

import (
	"context"
	"fmt"
	"iter"
	"math"
	"sync"

	tf "github.com/galeone/tensorflow/tensorflow/go"

	"circascope/inference"
)

// job is one recording on its way through a worker.
type job struct {
	key    string
	in     *tf.Tensor
	tokens int
	done   chan struct{} // closed when result and err are set
	result inference.Embedding
	err    error
}

// Embed computes the embedding of every week. Weeks are taken and results are
// emitted on the caller's goroutine, in order; in between at most twice as many
// weeks as there are workers wait or are computed. Where the weeks end in an
// error, what came before is emitted first.
func (e *engine) Embed(ctx context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	next, stop := iter.Pull2(weeks)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	jobs := make(chan *job, 2*e.runtime.Workers)
	var group sync.WaitGroup
	for range e.runtime.Workers {
		group.Go(func() {
			for j := range jobs {
				e.compute(ctx, j)
			}
		})
	}
	defer group.Wait()
	defer close(jobs)
	defer cancel() // first: what waits is not computed any more

	in := &intake{engine: e, next: next}
	var queue []*job
	for {
		for len(queue) < cap(jobs) && in.open() {
			if j := in.take(ctx); j != nil {
				queue = append(queue, j)
				jobs <- j
			}
		}
		if len(queue) == 0 {
			return in.err
		}
		j := queue[0]
		queue = queue[1:]
		select {
		case <-j.done:
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if j.err != nil {
			return fmt.Errorf("embedding %s: %w", j.key, j.err)
		}
		if err := emit(j.result); err != nil {
			return err
		}
	}
}

// compute runs a job on an idle worker.
func (e *engine) compute(ctx context.Context, j *job) {
	defer close(j.done)
	if j.err = ctx.Err(); j.err != nil {
		return
	}
	w, err := e.take(ctx)
	if err != nil {
		j.err = err
		return
	}
	defer e.give(w)
	j.result, j.err = w.embed(j.key, j.in, j.tokens)
}

// intake takes weeks until they end, or until one is an error or can't be used.
type intake struct {
	engine *engine
	next   func() (inference.Week, error, bool)
	ended  bool
	err    error
}

func (i *intake) open() bool { return !i.ended && i.err == nil }

// take returns the next week as a job, or nil where there is none.
func (i *intake) take(ctx context.Context) *job {
	if i.err = ctx.Err(); i.err != nil {
		return nil
	}
	week, err, ok := i.next()
	if !ok || err != nil {
		i.ended, i.err = true, err
		return nil
	}
	j, err := i.engine.job(week)
	if err != nil {
		i.err = fmt.Errorf("embedding %s: %w", week.Key, err)
		return nil
	}
	return j
}

// job checks a week and copies its values, which the caller may then reuse.
func (e *engine) job(w inference.Week) (*job, error) {
	tokens, err := e.weights.Spec.Tokens(len(w.Values))
	if err != nil {
		return nil, &inference.InputError{Err: err}
	}
	for i, v := range w.Values {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return nil, &inference.InputError{Err: fmt.Errorf("minute %d is %v: a model takes finite numbers only; fill or drop missing minutes first", i+1, v)}
		}
	}
	in, err := tf.NewTensor(w.Values)
	if err != nil {
		return nil, fmt.Errorf("handing it to TensorFlow: %w", err)
	}
	return &job{key: w.Key, in: in, tokens: tokens, done: make(chan struct{})}, nil
}
