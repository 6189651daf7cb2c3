package metrics

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/sleep"
)

// Metric is one measure in one definition with its parameters: all that help
// text, the data dictionary, flags and the page of measures say about it.
type Metric struct {
	ID         string      `json:"id"`   // "IS", "L5_onset_raw": unique within a definition
	Name       string      `json:"name"` // in words
	Group      Group       `json:"group"`
	Definition Definition  `json:"definition"`
	Unit       string      `json:"unit"`       // empty for a ratio
	Formula    string      `json:"formula"`    // how it is computed, in a sentence or two
	Parameters []Parameter `json:"parameters"` // in a fixed order
	Reference  string      `json:"reference"`  // authors, year and DOI
	Needs      string      `json:"needs"`      // what it takes of a recording
	Missing    string      `json:"missing"`    // how epochs count that were not recorded or not worn
	PartName   string      `json:"part"`       // what it has a value of each, "period"; empty for one value
	Of         string      `json:"of"`         // the id of the measure that it is a form of: raw, SD, over weekends; empty for none

	compute func(*analysis, settings) (float64, error)
	each    func(*analysis, settings) ([]Part, error) // for measures with parts, in place of compute
	settle  func([]sleep.Period, Metric) []Parameter  // see Settled; nil: as they are
	counted bool                                      // the value is how many parts have one, in place of their mean
	note    func(*analysis, settings) string          // see Value.Note; nil: nothing

	chosen []Parameter // of a settled measure, the parameters that it was settled from; nil: as they are

	spectrum func(*analysis, settings, float64) (Spectrum, error) // the periodogram behind it; nil: none
}

// Group is a family of measures, as a page or a form shows them.
type Group string

// Value is what a measure gave for a recording: a finite number, or NaN and the
// reason why there is none, a clause without a full stop. For a measure with
// parts it is the mean of the parts that have a number. Its parameters are those
// that were used: where the measure leaves one to the recording or to a scoring
// algorithm, it is the one that it came to.
type Value struct {
	Metric
	Value  float64
	Reason string
	Note   string // what to know of the number, a clause without a full stop; empty for nothing
	Parts  []Part
}

// Part is the value of one part of the recording: NaN where Reason says why
// there is none.
type Part struct {
	Label  string // "1" for the first period, "07:00" for an hour
	Value  float64
	Reason string
}

// without returns a part that has no value, and why.
func without(label, reason string) Part { return Part{Label: label, Value: math.NaN(), Reason: reason} }

// Flat returns the value, and after it the value of each part under an id and a
// name of its own: "ISp", "ISp_1", "ISp_2".
func (v Value) Flat() []Value {
	list := []Value{v}
	for _, p := range v.Parts {
		one := Value{Metric: v.Metric, Value: p.Value, Reason: p.Reason}
		if p.Reason == "" {
			one.Note = v.Note
		}
		one.ID += "_" + p.Label
		one.Name += ", " + v.PartName + " " + p.Label
		list = append(list, one)
	}
	return list
}

// Input is what measures are computed from.
type Input struct {
	// Recording has NaN where it was not recorded or not worn.
	Recording *actigraphy.Recording
	// Rest are the rest periods that a person chose, each with where it is from: a
	// diary, an algorithm, a detection, a person's hand. Of nil every measure looks
	// for rest as its definition says; an empty list says that there are none.
	Rest []sleep.Period
}

// Compute applies the measure to a recording.
func (m Metric) Compute(in Input) Value { return m.computeOn(newAnalysis(in)) }

// Compute applies every measure of a definition to a recording, in the order of
// All.
func Compute(in Input, d Definition) []Value { return ComputeAll(in, All(d)) }

// ComputeAll applies measures to a recording, in their order. They share what
// they have in common, so it is faster than one after the other.
func ComputeAll(in Input, list []Metric) []Value {
	x := newAnalysis(in)
	values := make([]Value, len(list))
	for i, m := range list {
		values[i] = m.computeOn(x)
	}
	return values
}

func (m Metric) computeOn(x *analysis) Value {
	if err := m.check(x.r); err != nil {
		return Value{Metric: m, Value: math.NaN(), Reason: err.Error()}
	}
	v := m.valueOf(x)
	if m.note != nil && v.Reason == "" {
		v.Note = m.note(x, m.settings())
	}
	v.Metric = m.Settled(x.rest)
	return v
}

// Settled returns the measure with its parameters as they come to be where those
// rest periods are given, as in Input: what it leaves to a scoring algorithm is
// what the algorithm has, and the source of rest periods is theirs. A value has the
// settled measure.
func (m Metric) Settled(rest []sleep.Period) Metric {
	if m.settle == nil {
		return m
	}
	settled := m
	settled.Parameters = m.settle(rest, m)
	if settled.chosen == nil {
		settled.chosen = m.Parameters
	}
	return settled
}

func (m Metric) valueOf(x *analysis) Value {
	if m.each != nil {
		parts, err := m.each(x, m.settings())
		return meanOfParts(m, parts, err)
	}
	v, reason := finite(m.compute(x, m.settings()))
	return Value{Metric: m, Value: v, Reason: reason}
}

func (m Metric) check(r *actigraphy.Recording) error {
	switch {
	case !slices.Contains(Definitions(), m.Definition):
		return fmt.Errorf("there is no definition %q", m.Definition)
	case len(r.Activity) == 0:
		return errors.New("the recording has no epochs")
	case r.Epoch <= 0 || day%r.Epoch != 0:
		return fmt.Errorf("epochs of %v do not divide a day", actigraphy.InWords(r.Epoch))
	}
	return nil
}

// finite returns a number without a reason, or NaN with one.
func finite(v float64, err error) (value float64, reason string) {
	switch {
	case err != nil:
		return math.NaN(), err.Error()
	case math.IsNaN(v) || math.IsInf(v, 0):
		return math.NaN(), fmt.Sprintf("%v is no finite number", v)
	}
	return v, ""
}

func meanOfParts(m Metric, parts []Part, err error) Value {
	if err != nil {
		return Value{Metric: m, Value: math.NaN(), Reason: err.Error()}
	}
	total, n, reason := 0.0, 0, ""
	for _, p := range parts {
		if p.Reason != "" {
			reason = fmt.Sprintf("%s %s: %s", m.PartName, p.Label, p.Reason)
			continue
		}
		total += p.Value
		n++
	}
	switch {
	case m.counted:
		return Value{Metric: m, Value: float64(n), Parts: parts}
	case n == 0:
		return Value{Metric: m, Value: math.NaN(), Reason: reason, Parts: parts}
	}
	return Value{Metric: m, Value: total / float64(n), Parts: parts}
}
