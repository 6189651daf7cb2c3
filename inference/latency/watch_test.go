package latency_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"circascope/inference"
	"circascope/inference/latency"
	"circascope/models"
)

// engine gives an embedding for each week, until the one at which it fails.
type engine struct {
	failAt int // 0: never
	err    error
}

func (engine) Spec() models.Spec { return models.Spec{Size: models.Small} }
func (engine) Close() error      { return nil }
func (engine) Runtime() inference.Runtime {
	return inference.Runtime{Precision: "float32", Device: inference.Device{Kind: "CPU", Name: "a processor"}}
}

func (e engine) Embed(ctx context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	n := 0
	for w, err := range weeks {
		if n++; err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if n == e.failAt {
			return fmt.Errorf("embedding %s: %w", w.Key, e.err)
		}
		if err := emit(inference.Embedding{Key: w.Key, Elapsed: time.Duration(n) * time.Millisecond}); err != nil {
			return err
		}
	}
	return nil
}

func TestWatchCountsWhatTheEngineDoes(t *testing.T) {
	broken := errors.New("broken")
	for _, tc := range []struct {
		name          string
		engine        engine
		weeksErr      error // after five weeks
		emitErr       error // at the third embedding
		cancelAt      int
		count, errors int64
	}{
		{name: "all is well", count: 5},
		{name: "the engine fails", engine: engine{3, broken}, count: 2, errors: 1},
		{name: "the engine refuses the input", engine: engine{3, &inference.InputError{Err: broken}}, count: 2},
		{name: "the weeks can't be read", weeksErr: broken, count: 5},
		{name: "the library can't store", emitErr: broken, count: 3},
		{name: "cancelled", cancelAt: 4, count: 4},
		{name: "the engine fails for being cancelled", engine: engine{5, context.Canceled}, cancelAt: 4, count: 4},
	} {
		m := newMonitor(nil)
		ctx, cancel := context.WithCancel(t.Context())
		got := 0
		err := latency.Watch(tc.engine, m).Embed(ctx, func(yield func(inference.Week, error) bool) {
			for range 5 {
				if !yield(inference.Week{Key: "week"}, nil) {
					return
				}
			}
			if tc.weeksErr != nil {
				yield(inference.Week{}, tc.weeksErr)
			}
		}, func(inference.Embedding) error {
			if got++; got == tc.cancelAt {
				cancel()
			}
			if got == 3 {
				return tc.emitErr
			}
			return nil
		})
		cancel()
		if well := tc.name == "all is well"; (err == nil) != well {
			t.Errorf("%s: error %v", tc.name, err)
		}
		if s := m.Stats(small); s.Count != tc.count || s.Errors != tc.errors {
			t.Errorf("%s: counted %d and %d errors, want %d and %d", tc.name, s.Count, s.Errors, tc.count, tc.errors)
		}
	}
}

// explaining is an engine that also gives attention maps.
type explaining struct{ engine }

func (explaining) Attend(context.Context, inference.Week, int, int) (inference.Attention, error) {
	return inference.Attention{Tokens: 7}, nil
}

func TestAnExplainerStaysOne(t *testing.T) {
	m := newMonitor(nil)
	if _, ok := latency.Watch(engine{}, m).(inference.Explainer); ok {
		t.Error("an engine without attention maps became an explainer")
	}
	e, ok := latency.Watch(explaining{}, m).(inference.Explainer)
	if !ok {
		t.Fatal("an explainer is none any more when it is watched")
	}
	if a, err := e.Attend(t.Context(), inference.Week{}, 1, 1); err != nil || a.Tokens != 7 {
		t.Errorf("got %+v, %v", a, err)
	}
	if err := e.Embed(t.Context(), func(yield func(inference.Week, error) bool) { yield(inference.Week{}, nil) }, func(inference.Embedding) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if got := m.Stats(small).Count; got != 1 {
		t.Errorf("%d embeddings were counted, want the one of Embed", got)
	}
}
