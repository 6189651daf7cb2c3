package latency

import (
	"context"
	"errors"
	"iter"
	"time"

	"circascope/inference"
)

// Observer hears of every embedding. *Monitor is one.
type Observer interface {
	Observe(k Key, d time.Duration)
	Fail(k Key)
}

// Watch returns e with each of its embeddings told to o. An embedding counts as
// soon as the engine gives it back. A failure counts where the engine is at fault:
// not a cancelled run, not weeks that could not be read or are no input
// (inference.InputError), not a receiver that could not store what it got. An
// inference.Explainer stays one; its Attend is another computation and not counted.
func Watch(e inference.Engine, o Observer) inference.Engine {
	w := watched{Engine: e, key: KeyOf(e), observer: o}
	if explainer, ok := e.(inference.Explainer); ok {
		return watchedExplainer{w, explainer}
	}
	return w
}

// watchedExplainer passes Attend through.
type watchedExplainer struct {
	watched
	explainer inference.Explainer
}

func (w watchedExplainer) Attend(ctx context.Context, week inference.Week, layer, head int) (inference.Attention, error) {
	return w.explainer.Attend(ctx, week, layer, head)
}

type watched struct {
	inference.Engine
	key      Key
	observer Observer
}

func (w watched) Embed(ctx context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	callers := false // whether an error came from the caller's side
	err := w.Engine.Embed(ctx, func(yield func(inference.Week, error) bool) {
		for week, err := range weeks {
			callers = callers || err != nil
			if !yield(week, err) {
				return
			}
		}
	}, func(emb inference.Embedding) error {
		w.observer.Observe(w.key, emb.Elapsed)
		err := emit(emb)
		callers = callers || err != nil
		return err
	})
	var input *inference.InputError
	if err != nil && !callers && ctx.Err() == nil && !errors.As(err, &input) {
		w.observer.Fail(w.key)
	}
	return err
}
