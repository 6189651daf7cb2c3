package metrics

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"

	"circascope/actigraphy/sleep"
)

// scoringName is the parameter that names the algorithm; the others are its own.
const scoringName = "scoring"

// ofAlgorithm are the parameters of scoring algorithms that a measure lets choose,
// by the names that they have there.
var ofAlgorithm = map[string]string{"scoring_threshold": "threshold", "divisor": "divisor", "scale": "scale", "rescore": "rescore"}

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

// scoringParameters returns the choice of an algorithm, and of what it takes.
func scoringParameters(d Definition, algorithm string) []Parameter {
	rescore := own("rescore", 0, 1, "1: Webster's rules follow the scoring, 0: they do not")
	rescore.whole = true
	return []Parameter{
		oneOf(scoringName, algorithm, scorings(d), "algorithm that scores epochs as sleep or wake"),
		own("scoring_threshold", -20, 10000, "its threshold"),
		own("divisor", 0.01, 10000, "what Cole-Kripke divides counts by"),
		own("scale", 0.001, 10, "what Scripps multiplies its sum by"),
		rescore,
	}
}

// scored is a way to score a recording.
type scored struct {
	algorithm sleep.Algorithm
	values    sleep.Values
	rescore   bool // by Webster's rules, of an algorithm that does not do so itself
}

// scored returns the way to score that settings say.
func (s settings) scored(d Definition) (scored, error) {
	a, err := findAlgorithm(d, s.word(scoringName, scorings(d)))
	if err != nil {
		return scored{}, err
	}
	out := scored{algorithm: a, values: sleep.Values{}}
	for _, name := range slices.Sorted(maps.Keys(ofAlgorithm)) {
		its := ofAlgorithm[name]
		v, there := s[name] // a settled measure has those of its algorithm alone
		switch known := slices.ContainsFunc(a.Parameters, func(p sleep.Parameter) bool { return p.Name == its }); {
		case !there || math.IsNaN(v):
		case known:
			out.values[its] = v
		case its != "rescore":
			return scored{}, fmt.Errorf("%s is set, and %s (%s) has none", name, a.ID, d)
		case v != 0 && d == PyActigraphy:
			return scored{}, fmt.Errorf("rescore is 1, and pyActigraphy rescores Cole-Kripke alone")
		default:
			out.rescore = v != 0
		}
	}
	return out, nil
}

// scoring returns the recording scored as settings say.
func (x *analysis) scoring(d Definition, s settings) (sleep.Scoring, error) {
	how, err := s.scored(d)
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

// settledScoring returns a measure's parameters with what its algorithm has where
// they leave it the choice. Those that can't be used stay as they are.
func (m Metric) settledScoring() []Parameter {
	how, err := m.settings().scored(m.Definition)
	if err != nil {
		return slices.Clone(m.Parameters)
	}
	return how.settled(m.Parameters)
}

// settled returns parameters with what the algorithm has where they left it the
// choice, and without those that it does not have.
func (how scored) settled(list []Parameter) []Parameter {
	var out []Parameter
	for _, p := range list {
		its, isOwn := ofAlgorithm[p.Name]
		if !isOwn {
			out = append(out, p)
			continue
		}
		at := slices.IndexFunc(how.algorithm.Parameters, func(a sleep.Parameter) bool { return a.Name == its })
		switch {
		case at >= 0 && math.IsNaN(p.number):
			p = p.at(how.algorithm.Parameters[at].Default)
		case at < 0 && its == "rescore" && math.IsNaN(p.number):
			p = p.at(0)
		case at < 0 && its != "rescore":
			continue
		}
		out = append(out, p)
	}
	return out
}
