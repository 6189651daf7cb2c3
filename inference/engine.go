// Package inference runs a model over weeks of activity: what an engine is, what
// it gives back, how long it took, and the provenance every stored number keeps.
// The engines themselves are sub-packages.
package inference

import (
	"context"
	"iter"
	"time"

	"circascope/models"
)

// Week is one standardised input: minutes of activity, a multiple of the model's
// patch long (10,080 for a week). Key is the caller's and comes back unchanged.
type Week struct {
	Key    string
	Values []float32
}

// Embedding is what a model makes of one Week.
type Embedding struct {
	Key     string
	Vector  []float32     // models.Dim values: the mean over tokens of the last layer
	Profile []float32     // one value a token, sum 1: attention received in the last layer; nil unless asked for
	Score   *Score        // of the head of a fine-tuned file; nil where the weights have none
	Elapsed time.Duration // from the week's start in a worker to its embedding, without waiting for the worker
}

// Score is what the head of a fine-tuned file gives: the probability, 0 to 1, of
// what the file's author trained it to tell. It is no diagnosis.
type Score struct {
	Name  string  `json:"name"` // of the file
	Value float32 `json:"value"`
}

// Device says where an engine computes.
type Device struct {
	Kind string // "CPU" or "GPU"
	Name string // as the hardware calls itself
	Note string // why not the GPU, where one was asked for or expected; else empty
}

// Runtime says what computes.
type Runtime struct {
	Engine    string // "tensorflow"
	Version   string // of the engine's library
	Precision string // "float32" or "bfloat16"
	Device    Device
	Workers   int
}

// Engine is a loaded model. Embed takes weeks from the sequence, which may be
// long or lazy, and calls emit for each from one goroutine, in the order of the
// weeks. It stops at the first error of weeks or emit, and between weeks when ctx
// is cancelled; what emit has seen by then is whole.
type Engine interface {
	Spec() models.Spec
	Runtime() Runtime
	Embed(ctx context.Context, weeks iter.Seq2[Week, error], emit func(Embedding) error) error
	Close() error
}

// InputError is an Engine's refusal of a week that is no input for it: the week is
// at fault, not the engine.
type InputError struct{ Err error }

func (e *InputError) Error() string { return e.Err.Error() }

func (e *InputError) Unwrap() error { return e.Err }

// Options choose how an engine is set up.
type Options struct {
	Workers  int    // 0: one a core
	Profiles bool   // also compute the attention profile
	Device   string // "", "CPU" or "GPU"
	// Precision is "float32", which "" means too, or "bfloat16": products and
	// weights of the attention rounded to 8 bits, sums, normalisations and the rest
	// in float32. It is faster and moves features by up to 2e-2; a processor
	// without it is an error.
	Precision string
}
