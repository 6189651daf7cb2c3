// Package protocol is how a study is measured, in a small file that laboratories
// share and repeat: the definitions, the measures and their parameters, how sleep is
// scored, which days count and how non-wear is found.
package protocol

import (
	"fmt"
	"maps"
	"slices"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/wear"
)

// Where rest periods come from, besides what the measures let choose by their
// parameter "rest".
const (
	RestByDefinition = "definition" // as each measure says
	RestByDiary      = "diary"      // the participant's sleep diary; without entries there is no rest
)

// maxWanted is the largest number of valid days that a protocol may want.
const maxWanted = 366

// Protocol is how a study is measured.
type Protocol struct {
	Name       string
	Definition metrics.Definition
	Measures   []string                     // ids; empty: all of the definition
	Scoring    string                       // algorithm of every measure that scores sleep; "": each one's own
	Rest       string                       // where rest periods come from
	All        map[string]string            // parameters of every measure that has them, by name
	Of         map[string]map[string]string // parameters of one measure, by its id and their names
	ValidDay   wear.ValidDay
	Wanted     int // valid days that a recording must have for its measures to count; 0: any number
	Wear       Wear
}

// Wear is how non-wear is found.
type Wear struct {
	Method string      `json:"method"` // "": nothing is looked for, masks are as they are
	Values wear.Values `json:"parameters,omitempty"`
}

// Default returns the measures of a definition as they are without a protocol.
func Default(name string, d metrics.Definition) Protocol {
	return Protocol{Name: name, Definition: d, Rest: RestByDefinition, ValidDay: wear.DefaultValidDay()}
}

// Metrics returns the measures with the protocol's parameters.
func (p Protocol) Metrics() ([]metrics.Metric, error) {
	list, err := p.chosen()
	if err != nil {
		return nil, err
	}
	return metrics.Set(list, p.Parameters())
}

// Every returns the measures of the protocol's definition with its parameters: those that
// it names, those given, and the others as they would be measured under it. Others that
// do not take a value of its parameters are not among them.
func (p Protocol) Every(beside ...metrics.Metric) ([]metrics.Metric, error) {
	named, err := p.Metrics()
	if err != nil {
		return nil, err
	}
	of := func(list []metrics.Metric, id string) int {
		return slices.IndexFunc(list, func(m metrics.Metric) bool { return m.ID == id })
	}
	all := metrics.All(p.Definition)
	for _, m := range append(slices.Clone(named), beside...) { // windows of any number of hours are on no list
		if of(all, m.ID) < 0 {
			all = append(all, m)
		}
	}
	var list []metrics.Metric
	for _, m := range all {
		if at := of(named, m.ID); at >= 0 {
			list = append(list, named[at])
		} else {
			list = append(list, metrics.SetEach([]metrics.Metric{m}, p.Parameters())...)
		}
	}
	return list, nil
}

// chosen returns the measures that the protocol names, with default parameters.
func (p Protocol) chosen() ([]metrics.Metric, error) {
	if len(p.Measures) == 0 {
		all := metrics.All(p.Definition)
		if len(all) == 0 {
			return nil, fmt.Errorf("no measure is known in the definition %q", p.Definition)
		}
		return all, nil
	}
	list := make([]metrics.Metric, len(p.Measures))
	for i, id := range p.Measures {
		m, known := metrics.Find(p.Definition, id)
		if !known {
			return nil, fmt.Errorf("%q is no measure of the definition %q; 'pat metrics dictionary' lists them", id, p.Definition)
		}
		list[i] = m
	}
	return list, nil
}

// Parameters lists the parameters as metrics.Set takes them: those of one measure
// last, so that they hold.
func (p Protocol) Parameters() []string {
	var list []string
	if p.Scoring != "" {
		list = append(list, "scoring="+p.Scoring)
	}
	if p.Rest != RestByDefinition && p.Rest != RestByDiary {
		list = append(list, "rest="+p.Rest)
	}
	for _, name := range slices.Sorted(maps.Keys(p.All)) {
		list = append(list, name+"="+p.All[name])
	}
	for _, id := range slices.Sorted(maps.Keys(p.Of)) {
		for _, name := range slices.Sorted(maps.Keys(p.Of[id])) {
			list = append(list, id+"."+name+"="+p.Of[id][name])
		}
	}
	return list
}
