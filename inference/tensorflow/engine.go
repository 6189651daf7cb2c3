package tensorflow

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"

	"circascope/inference"
	"circascope/models"
)

// engine is a model loaded into TensorFlow.
type engine struct {
	weights   *models.Weights
	attention attention
	runtime   inference.Runtime
	profiles  bool
	config    []byte // of every session

	tables tableCache
	graphs graphCache
	idle   chan *worker  // every worker that nobody uses
	done   chan struct{} // closed by Close
	close  sync.Once
	closed error // what closing gave
}

// errClosed is the error of an engine that was closed.
var errClosed = errors.New("the engine is closed; open the model again")

// Open loads weights into TensorFlow. It blocks for a moment, the first time for
// longer, since TensorFlow starts then: call it away from a user interface. An
// engine may embed for several callers at once; they share its workers.
func Open(ctx context.Context, w *models.Weights, o inference.Options) (inference.Engine, error) {
	e, err := open(ctx, w, o)
	if err != nil {
		return nil, err
	}
	return e, nil
}

func open(ctx context.Context, w *models.Weights, o inference.Options) (*engine, error) {
	if err := w.Check(); err != nil {
		return nil, err
	}
	folding := make(chan folded, 1)
	go func() { folding <- fold(w) }() // while TensorFlow starts
	devices, err := Devices()
	if err != nil {
		return nil, err
	}
	_, noDriver := os.Stat(nvidiaDriver)
	device, err := choose(o.Device, devices, noDriver == nil)
	if err != nil {
		return nil, err
	}
	precision, err := choosePrecision(o.Precision, device.Kind, hasBfloat16())
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	gpu := device.Kind == "GPU"
	e := &engine{
		weights: w, attention: <-folding, profiles: o.Profiles,
		runtime: inference.Runtime{
			Engine: "tensorflow", Version: Version(), Precision: precision, Device: device, Workers: workers(o.Workers, gpu),
		},
		done: make(chan struct{}),
	}
	if e.config = poolConfig(e.runtime.Workers); gpu {
		e.config = config(gpu)
	}
	e.graphs.build = e.build
	e.idle = make(chan *worker, e.runtime.Workers)
	for range e.runtime.Workers {
		e.idle <- &worker{engine: e}
	}
	return e, nil
}

// workers returns how many workers to run: one a core that this process may
// use, or what was asked for. One keeps a GPU busy.
func workers(asked int, gpu bool) int {
	switch {
	case asked > 0:
		return asked
	case gpu:
		return 1
	}
	return runtime.GOMAXPROCS(0)
}

// Spec returns the shape of the model.
func (e *engine) Spec() models.Spec { return e.weights.Spec }

// Runtime says what computes.
func (e *engine) Runtime() inference.Runtime { return e.runtime }

// Close waits for the recordings that are being computed and frees TensorFlow's
// sessions.
func (e *engine) Close() error {
	e.close.Do(func() {
		close(e.done)
		for range e.runtime.Workers {
			<-e.idle
		}
		e.closed = e.graphs.close()
	})
	return e.closed
}

// take returns an idle worker; give brings it back.
func (e *engine) take(ctx context.Context) (*worker, error) {
	select {
	case <-e.done: // a closed engine is closed even where a worker is idle
		return nil, errClosed
	default:
	}
	select {
	case w := <-e.idle:
		return w, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-e.done:
		return nil, errClosed
	}
}

func (e *engine) give(w *worker) { e.idle <- w }

// tableCache keeps the position tables of the last few lengths.
type tableCache struct {
	mu     sync.Mutex
	tables map[int][]float32
}

func (c *tableCache) get(tokens int) ([]float32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.tables[tokens]; ok {
		return t, nil
	}
	t, err := positions(tokens)
	if err != nil {
		return nil, err
	}
	if c.tables == nil || len(c.tables) >= cachedLengths {
		c.tables = make(map[int][]float32)
	}
	c.tables[tokens] = t
	return t, nil
}

// build makes the graph for recordings of that many tokens.
func (e *engine) build(tokens int) (*runnable, error) {
	table, err := e.tables.get(tokens)
	if err != nil {
		return nil, err
	}
	b := newBuilder()
	b.bfloat16 = e.runtime.Precision == bfloat16Precision
	enc := addEncoder(b, e.weights, e.attention, table, tokens)
	fetches := enc.fetches(b, e.profiles)
	r, err := newRunnable(b, enc.input, fetches, e.config)
	if err != nil {
		return nil, fmt.Errorf("preparing %s for %d minutes: %w", e.weights.Spec.Name(), tokens*e.weights.Spec.Patch, err)
	}
	return r, nil
}
