package inference_test

import (
	"context"
	"iter"

	"circascope/inference"
	"circascope/models"
)

// answering is an engine that answers every week with the same vector.
type answering struct{ vector []float32 }

func (a answering) Spec() models.Spec { return models.Spec{} }
func (a answering) Runtime() inference.Runtime {
	return inference.Runtime{Engine: "test", Precision: "float32"}
}
func (a answering) Close() error { return nil }

func (a answering) Embed(_ context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	for w, err := range weeks {
		if err != nil {
			return err
		}
		if err := emit(inference.Embedding{Key: w.Key, Vector: a.vector}); err != nil {
			return err
		}
	}
	return nil
}
