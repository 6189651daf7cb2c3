package metrics

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
)

// Metric is one measure in one definition with its parameters.
type Metric struct {
	ID         string      `json:"id"`   // "IS", "L5_onset_raw": unique within a definition
	Name       string      `json:"name"` // in words
	Definition Definition  `json:"definition"`
	Unit       string      `json:"unit"`       // empty for a ratio
	Formula    string      `json:"formula"`    // how it is computed, in a sentence or two
	Parameters []Parameter `json:"parameters"` // in a fixed order
	Reference  string      `json:"reference"`  // authors, year and DOI
	Needs      string      `json:"needs"`      // what it takes of a recording

	compute func(*actigraphy.Recording) (float64, error)
}

// Parameter is one choice within a definition, as text with its unit.
type Parameter struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Value is what a measure gave for a recording: a finite number, or NaN and the
// reason why there is none, a clause without a full stop.
type Value struct {
	Metric
	Value  float64
	Reason string
}

// Compute applies the measure to a recording.
func (m Metric) Compute(r *actigraphy.Recording) Value {
	v, err := m.checked(r)
	if err != nil {
		return Value{Metric: m, Value: math.NaN(), Reason: err.Error()}
	}
	return Value{Metric: m, Value: v}
}

func (m Metric) checked(r *actigraphy.Recording) (float64, error) {
	switch {
	case !slices.Contains(Definitions(), m.Definition):
		return 0, fmt.Errorf("there is no definition %q", m.Definition)
	case len(r.Activity) == 0:
		return 0, errors.New("the recording has no epochs")
	case r.Epoch <= 0 || day%r.Epoch != 0:
		return 0, fmt.Errorf("epochs of %v do not divide a day", r.Epoch)
	}
	v, err := m.compute(r)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		err = fmt.Errorf("%v is no finite number", v)
	}
	return v, err
}

// Compute applies every measure of a definition to a recording, in the order of
// All.
func Compute(r *actigraphy.Recording, d Definition) []Value {
	all := All(d)
	values := make([]Value, len(all))
	for i, m := range all {
		values[i] = m.Compute(r)
	}
	return values
}
