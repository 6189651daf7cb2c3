package fingerprint

import (
	"context"
	"fmt"
	"math"

	"circascope/inference"
	"circascope/models"
)

// Fingerprint is what weights answered to the fixed inputs, and what computed it.
type Fingerprint struct {
	Model      models.Size `json:"model"`
	WeightsSHA string      `json:"weights_sha256"`
	Origin
	Answers []Answer   `json:"answers"`
	Before  []Accepted `json:"before,omitempty"` // what was accepted in place of what, oldest first
}

// Origin says what computed a fingerprint, when, and why.
type Origin struct {
	Engine        string `json:"engine"`
	EngineVersion string `json:"engine_version"`
	Precision     string `json:"precision"`
	DeviceKind    string `json:"device_kind"`
	DeviceName    string `json:"device_name"`
	Program       string `json:"program_version"`
	TakenAt       string `json:"taken_at"`  // RFC 3339, UTC
	TakenFor      string `json:"taken_for"` // "approval", "first use" or "accepted"
}

// Accepted says which fingerprint was given up for a new one.
type Accepted struct {
	Origin
	Difference float64 `json:"difference"` // of the new answers from its own
}

// Answer is the embedding of one input, and the score where there is a head.
type Answer struct {
	Input  string    `json:"input"`
	SHA256 string    `json:"input_sha256"` // of the values, float32 little endian
	Vector []float32 `json:"vector"`
	Score  *float32  `json:"score,omitempty"`
}

// answer embeds the inputs and checks that what comes back can be an embedding.
func answer(ctx context.Context, e inference.Engine, inputs []Input) ([]Answer, error) {
	weeks := func(yield func(inference.Week, error) bool) {
		for _, in := range inputs {
			if !yield(inference.Week{Key: in.Name, Values: in.Values}, nil) {
				return
			}
		}
	}
	var answers []Answer
	err := e.Embed(ctx, weeks, func(emb inference.Embedding) error {
		if len(answers) == len(inputs) {
			return fmt.Errorf("%d inputs gave more embeddings", len(inputs))
		}
		in := inputs[len(answers)]
		a := Answer{Input: in.Name, SHA256: in.digest(), Vector: emb.Vector}
		if emb.Score != nil {
			a.Score = &emb.Score.Value
		}
		answers = append(answers, a)
		return a.sound()
	})
	if err == nil && len(answers) != len(inputs) {
		err = fmt.Errorf("%d inputs gave %d embeddings", len(inputs), len(answers))
	}
	if err != nil {
		return nil, fmt.Errorf("embedding the fixed inputs: %w", err)
	}
	return answers, nil
}

func (a Answer) sound() error {
	if len(a.Vector) != models.Dim {
		return fmt.Errorf("the embedding of %s has %d features, want %d", a.Input, len(a.Vector), models.Dim)
	}
	for i, v := range a.Vector {
		if !finite(v) {
			return fmt.Errorf("feature %d of the embedding of %s is %v: the engine, the device or the memory is broken", i+1, a.Input, v)
		}
	}
	if a.Score != nil && !finite(*a.Score) {
		return fmt.Errorf("the score of %s is %v: the engine, the device or the memory is broken", a.Input, *a.Score)
	}
	return nil
}

func finite(v float32) bool { return !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0) }

// distance is where two answers to one input are furthest apart.
type distance struct {
	input    string
	what     string // "feature 7" or "the score"
	was, now float32
}

func (d distance) size() float64 { return math.Abs(float64(d.was) - float64(d.now)) }

// furthest compares answers with those of the fingerprint. A score counts as one
// more feature.
func (f Fingerprint) furthest(answers []Answer) (distance, error) {
	var most distance
	for _, now := range answers {
		was, ok := f.answer(now.SHA256)
		if !ok {
			return most, fmt.Errorf("the fingerprint of %s has no answer to %s: another version of the program took it; approve the weights again", f.Model, now.Input)
		}
		if len(was.Vector) != len(now.Vector) || (was.Score == nil) != (now.Score == nil) {
			return most, fmt.Errorf("the fingerprint of %s does not fit its weights: approve them again", f.Model)
		}
		for i := range was.Vector {
			most = further(most, distance{now.Input, fmt.Sprintf("feature %d", i+1), was.Vector[i], now.Vector[i]})
		}
		if was.Score != nil {
			most = further(most, distance{now.Input, "the score", *was.Score, *now.Score})
		}
	}
	return most, nil
}

// further returns the larger of two distances; one that is no number is larger
// than all.
func further(a, b distance) distance {
	if !(b.size() <= a.size()) {
		return b
	}
	return a
}

func (f Fingerprint) answer(sha256 string) (Answer, bool) {
	for _, a := range f.Answers {
		if a.SHA256 == sha256 {
			return a, true
		}
	}
	return Answer{}, false
}
