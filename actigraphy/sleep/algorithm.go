package sleep

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"circascope/actigraphy"
)

// Algorithm scores the epochs of a recording, in one definition.
type Algorithm struct {
	ID         string          `json:"id"`   // "cole-kripke": unique within a definition
	Name       string          `json:"name"` // in words
	Definition Definition      `json:"definition"`
	Formula    string          `json:"formula"`
	Reference  Reference       `json:"reference"`
	Parameters []Parameter     `json:"parameters"`
	Epochs     []time.Duration `json:"epochs_ns"` // lengths it is defined for, shortest first; none: any
	Needs      string          `json:"needs"`     // what it takes of a recording, with what is done to its epochs
	Missing    string          `json:"missing"`   // what becomes of epochs whose window is not whole

	input func(*actigraphy.Recording) (series, error) // nil: the activity
	score func(series, Values) (scored, error)
}

// scored is what the body of an algorithm gives: its epochs may be longer than the
// recording's, and begin earlier.
type scored struct {
	start  actigraphy.LocalTime
	epoch  time.Duration
	states []State
	unsure []bool // see Scoring.Unsure
}

// Score scores a recording. Parameters that are not named keep their defaults. It
// is an error if the recording lacks what the algorithm needs, or if a parameter is
// unknown or out of range.
func (a Algorithm) Score(r *actigraphy.Recording, chosen Values) (Scoring, error) {
	values, err := a.settings(chosen)
	if err != nil {
		return Scoring{}, err
	}
	out, err := a.scored(r, values)
	if err != nil {
		return Scoring{}, fmt.Errorf("%s (%s): %w", a.ID, a.Definition, err)
	}
	return Scoring{Start: out.start, Epoch: out.epoch, States: out.states, Unsure: out.unsure, Algorithm: a, Settings: a.list(values)}, nil
}

func (a Algorithm) scored(r *actigraphy.Recording, values Values) (scored, error) {
	switch {
	case a.score == nil:
		return scored{}, errors.New("there is no such algorithm: take one of All")
	case len(r.Activity) == 0:
		return scored{}, errors.New("the recording has no epochs")
	case r.Epoch <= 0:
		return scored{}, fmt.Errorf("the recording has epochs of %v", actigraphy.InWords(r.Epoch))
	}
	read := a.input
	if read == nil {
		read = activity
	}
	s, err := read(r)
	if err == nil && len(a.Epochs) > 0 {
		s, err = s.summedTo(a.Epochs)
	}
	if err != nil {
		return scored{}, err
	}
	return a.score(s, values)
}

// All returns every algorithm in every definition that it has.
func All() []Algorithm {
	return slices.Concat(coleKripkes(), sadehs(), scrippses(), oakleys(), condors(), crespos(), roennebergs(), vanHeeses())
}

// Find returns the algorithm with that id in a definition, and whether it exists.
func Find(d Definition, id string) (Algorithm, bool) {
	for _, a := range All() {
		if a.ID == id && a.Definition == d {
			return a, true
		}
	}
	return Algorithm{}, false
}
