package metrics

import (
	"fmt"
	"slices"

	"circascope/actigraphy/sleep"
)

// Nights are the nights and naps behind a measure of nights, with the scoring that
// they were summed up from.
type Nights struct {
	Metric  // as it is settled, as in a value
	Scoring sleep.Scoring
	Nights  []sleep.Night
	Naps    []sleep.Night
	Rules   sleep.Rules // by which they were
}

// Nights returns what a measure of nights, such as TST, sums up with its parameters.
// It is an error where the measure would have no value for want of a scoring or of
// rest periods, and of a measure that is none of nights.
func (m Metric) Nights(in Input) (Nights, error) {
	if !slices.ContainsFunc(m.Parameters, func(p Parameter) bool { return p.Name == "night_shortest" }) || !m.has(scoringName) {
		return Nights{}, fmt.Errorf("%s is not computed from scored nights: TST, SE or WASO are", m.ID)
	}
	if err := m.check(in.Recording); err != nil {
		return Nights{}, err
	}
	x := newAnalysis(in)
	all, err := x.nights(m.Definition, m.settings())
	if err != nil {
		return Nights{}, err
	}
	scoring, err := x.scoring(m.Definition, m.settings())
	return Nights{m.Settled(in.Rest), scoring, all.nights, all.naps, m.settings().rules()}, err
}
