package metrics

import (
	"math"
	"slices"

	"circascope/actigraphy/sleep"
)

// algorithmChoice is a parameter of scoring algorithms that measures let choose. Its
// unit and range are those of the algorithms that have it.
type algorithmChoice struct {
	name, its string // of the measure, and of the algorithm
	meaning   string // with its source
	finds     bool   // also where the algorithm finds rest periods
}

const (
	ofCondor  = ", of csm; " + hammadSoftware
	ofVanHees = ", of van-hees; van Hees et al. 2015, doi:10.1371/journal.pone.0142533"
	ofMASDA   = ", of roenneberg, where it finds rest periods too; Roenneberg et al. 2015, doi:10.1016/bs.mie.2014.11.028"
)

// algorithmChoices are all but those that change no measure: the Condor Sleep Model's
// p of rest, which it tells from sleep.
var algorithmChoices = []algorithmChoice{
	{"scoring_threshold", "threshold", "its threshold", false},
	{"divisor", "divisor", "what Cole-Kripke divides counts by", false},
	{"cap", "cap", "counts above it count as this, in Cole-Kripke after the division: 300 in ActiLife", false},
	{"scale", "scale", "what Scripps multiplies its sum by", false},
	{rescoreName, "rescore", "1: Webster's rules follow the scoring, 0: they do not", false},
	{"sleep_scale", "sleep-scale", "p of sleep" + ofCondor, false},
	{"angle", "angle", "largest change of the angle that is none" + ofVanHees, false},
	{"angle_time", "time", "shortest time without a change" + ofVanHees, false},
	{"masda_trend", "trend", "length of the moving mean that activity is compared with" + ofMASDA, true},
	{"masda_trend_least", "trend-least", "what must be there of it" + ofMASDA, true},
	{"masda_seed", "seed", "shortest still time that begins a sleep" + ofMASDA, true},
	{"masda_longest", "longest", "longest sleep that is tried" + ofMASDA, true},
	{"masda_lower", "lower", "time of lower correlation after the best" + ofMASDA, true},
}

// ofScoringAlone reports whether a parameter chooses how epochs are scored, and nothing
// of how rest periods are found by themselves.
func ofScoringAlone(name string) bool {
	return name == scoringName || slices.ContainsFunc(algorithmChoices, func(c algorithmChoice) bool { return c.name == name && !c.finds })
}

// among returns the algorithm's parameter, and whether it has it.
func (c algorithmChoice) among(a sleep.Algorithm) (sleep.Parameter, bool) {
	at := slices.IndexFunc(a.Parameters, func(p sleep.Parameter) bool { return p.Name == c.its })
	if at < 0 {
		return sleep.Parameter{}, false
	}
	return a.Parameters[at], true
}

// scoringParameters returns the choice of an algorithm, and what those of the
// definition let choose.
func scoringParameters(d Definition, algorithm string) []Parameter {
	list := []Parameter{oneOf(scoringName, algorithm, scorings(d), "algorithm that scores epochs as sleep or wake")}
	for _, c := range algorithmChoices {
		if p, there := c.parameter(d); there {
			list = append(list, p)
		}
	}
	return list
}

// parameter returns the choice in a definition, and whether an algorithm there has it.
func (c algorithmChoice) parameter(d Definition) (Parameter, bool) {
	if c.name == rescoreName {
		p := own(c.name, "", 0, 1, c.meaning)
		p.whole = true
		return p, true
	}
	lowest, highest, unit := math.Inf(1), math.Inf(-1), ""
	for _, id := range scorings(d) {
		a, err := findAlgorithm(d, id)
		if p, there := c.among(a); err == nil && there {
			lowest, highest = min(lowest, p.Min), max(highest, p.Max)
			if c.name != "scoring_threshold" { // that of each algorithm has another
				unit = p.Unit
			}
		}
	}
	return own(c.name, unit, lowest, highest, c.meaning), lowest <= highest
}

// settledScoring returns a measure's parameters with what its algorithm has where
// they leave it the choice. Those that can't be used stay as they are.
func (m Metric) settledScoring(rest []sleep.Period) []Parameter {
	s, given := m.settings(), rest != nil
	how, err := s.scored(m.Definition, given)
	if err != nil {
		return slices.Clone(m.Parameters)
	}
	finder, _ := findAlgorithm(m.Definition, s.finder(m.Definition, given)) // none where nothing is found
	var out []Parameter
	for _, p := range m.Parameters {
		if settled, kept := how.settled(p, finder); kept {
			out = append(out, settled)
		}
	}
	return out
}

// settled returns a parameter with what the algorithm has where it is left to it, or
// the one that finds rest periods, and whether one of them has it.
func (how scored) settled(p Parameter, finder sleep.Algorithm) (Parameter, bool) {
	at := slices.IndexFunc(algorithmChoices, func(c algorithmChoice) bool { return c.name == p.Name })
	if at < 0 {
		return p, true
	}
	c := algorithmChoices[at]
	its, there := c.among(how.algorithm)
	if !there && c.finds {
		its, there = c.among(finder)
	}
	switch {
	case !there && c.name != rescoreName:
		return p, false
	case math.IsNaN(p.number):
		return p.at(its.Default), true // 0 of Webster's rules, where the algorithm has none
	}
	return p, true
}
