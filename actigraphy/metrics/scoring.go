package metrics

import (
	"errors"
	"fmt"
	"math"
	"sync"

	"circascope/actigraphy/sleep"
)

// The parameters of the algorithm, and of Webster's rules after it.
const (
	scoringName = "scoring"
	rescoreName = "rescore"
)

// algorithms are all of sleep, by definition in their order.
var algorithms = sync.OnceValue(func() map[Definition][]sleep.Algorithm {
	byDefinition := map[Definition][]sleep.Algorithm{}
	for _, a := range sleep.All() {
		byDefinition[a.Definition] = append(byDefinition[a.Definition], a)
	}
	return byDefinition
})

func findAlgorithm(d Definition, id string) (sleep.Algorithm, error) {
	for _, a := range algorithms()[d] {
		if a.ID == id {
			return a, nil
		}
	}
	return sleep.Algorithm{}, fmt.Errorf("there is no algorithm %s in the definition %q", id, d)
}

// scorings returns the algorithms of a definition that tell sleep from wake.
// Crespo's and van Hees's HDCZA find rest, of which nobody says that it is sleep.
func scorings(d Definition) []string {
	var ids []string
	for _, a := range algorithms()[d] {
		if a.ID != crespo && a.ID != hdcza {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// scored is a way to score a recording.
type scored struct {
	algorithm sleep.Algorithm
	values    sleep.Values
	rescore   bool // by Webster's rules, of an algorithm that does not do so itself
}

// scored returns the way to score that settings say. A parameter that is set and used
// by nothing is an error, but for those of finding rest where rest periods are given.
func (s settings) scored(d Definition, given bool) (scored, error) {
	a, err := findAlgorithm(d, s.word(scoringName, scorings(d)))
	if err != nil {
		return scored{}, err
	}
	out := scored{algorithm: a, values: sleep.Values{}}
	for _, c := range algorithmChoices {
		v, there := s[c.name] // a settled measure has those of its algorithm alone
		_, known := c.among(a)
		switch {
		case !there || math.IsNaN(v):
		case known:
			out.values[c.its] = v
		case c.finds && (given || s.finder(d, given) == roenneberg): // of the rest periods
		case c.name != rescoreName:
			return scored{}, fmt.Errorf("%s is set, and %s (%s) has none", c.name, a.ID, d)
		case v != 0 && d == PyActigraphy:
			return scored{}, fmt.Errorf("rescore is 1, and pyActigraphy rescores Cole-Kripke alone")
		default:
			out.rescore = v != 0
		}
	}
	return out, nil
}

// finder returns the algorithm that settings have rest periods found by; empty where
// they have none found, as where they are given.
func (s settings) finder(d Definition, given bool) string {
	way, finds := s[restName]
	if given || !finds || math.IsNaN(way) {
		return ""
	}
	return s.word(restName, restSources(d))
}

// found returns the way to score by the algorithm that finds rest periods. Where it
// scores the epochs too, it does both in the same way.
func (s settings) found(d Definition, way string) (scored, error) {
	if how, err := s.scored(d, false); err == nil && how.algorithm.ID == way {
		how.rescore = false
		return how, nil
	}
	a, err := findAlgorithm(d, way)
	out := scored{algorithm: a, values: sleep.Values{}}
	for _, c := range algorithmChoices {
		if v, there := s[c.name]; there && c.finds && way == roenneberg && !math.IsNaN(v) {
			out.values[c.its] = v
		}
	}
	return out, err
}

// scoring returns the recording scored as settings say.
func (x *analysis) scoring(d Definition, s settings) (sleep.Scoring, error) {
	how, err := s.scored(d, x.rest != nil)
	if err != nil {
		return sleep.Scoring{}, err
	}
	return x.scoredBy(how)
}

// name tells ways to score apart.
func (how scored) name() string {
	return fmt.Sprint(how.algorithm.Definition, " ", how.algorithm.ID, how.values, how.rescore)
}

func (x *analysis) scoredBy(how scored) (sleep.Scoring, error) {
	type key string
	return remembered(x, key(how.name()), func() (sleep.Scoring, error) {
		out, err := how.algorithm.Score(x.r, how.values)
		if err == nil && how.rescore {
			out.States = sleep.Rescore(out.States, out.Epoch)
		}
		if err == nil && out.Count(sleep.Unknown) == len(out.States) {
			err = errors.New("no epoch could be scored: too little was recorded on end")
		}
		return out, err
	})
}
