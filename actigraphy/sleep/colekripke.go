package sleep

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

var coleKripke1992 = Reference{"Cole RJ, Kripke DF, Gruen W, Mullaney DJ, Gillin JC", 1992, "10.1093/sleep/15.5.461"}

// weightSet is one of the ways in which Cole and Kripke reduce a minute to a
// number, with the weights of that number in the minutes -4 to +2.
type weightSet struct {
	id, name string
	sub      time.Duration // a minute's number is its largest sum of so long; a minute: its sum
	overlap  bool          // sums of sub every half of it
	scale    float64
	weights  []float64
	theirs   []float64 // of pyActigraphy
}

var weightSets = []weightSet{
	{
		id: "cole-kripke", name: "Cole-Kripke, activity of the minute", sub: time.Minute, scale: .001,
		weights: []float64{106, 54, 58, 76, 230, 74, 67}, theirs: []float64{106, 54, 58, 76, 230, 74, 67},
	},
	{
		id: "cole-kripke-30s", name: "Cole-Kripke, largest 30 s of the minute", sub: 30 * time.Second, scale: .0001,
		weights: []float64{50, 30, 14, 28, 121, 8, 50}, theirs: []float64{50, 30, 14, 28, 12, 8, 50},
	},
	{
		id: "cole-kripke-10s", name: "Cole-Kripke, largest 10 s of the minute", sub: 10 * time.Second, scale: .00001,
		weights: []float64{550, 378, 413, 699, 1736, 287, 309}, theirs: []float64{550, 378, 413, 699, 1736, 287, 300},
	},
	{
		id: "cole-kripke-10s-overlap", name: "Cole-Kripke, largest overlapping 10 s of the minute", sub: 10 * time.Second, overlap: true, scale: .00001,
		weights: []float64{404, 598, 326, 441, 1408, 508, 350}, theirs: []float64{50, 30, 300, 400, 1400, 500, 350},
	},
}

const coleKripkeBefore = 4

func coleKripkes() []Algorithm {
	var all []Algorithm
	for _, w := range weightSets {
		all = append(all, w.paper(), w.pyActigraphy())
	}
	return append(all, actiLifeColeKripke())
}

func (w weightSet) algorithm(d Definition) Algorithm {
	return Algorithm{
		ID: w.id, Name: w.name, Definition: d, Reference: coleKripke1992,
		Formula: fmt.Sprintf("D = %v·Σ w_j·A_j over the minutes −4 to +2, w = %v; sleep if D < 1; then Webster's rules", w.scale, w.weights),
		Parameters: []Parameter{
			thresholdParameter("D", 1, .1, 10),
			{Name: "rescore", Meaning: "1: Webster's rules follow (10.1093/sleep/5.4.389); 0: they don't", Default: 1, Min: 0, Max: 1},
		},
	}
}

func thresholdParameter(of string, by, lowest, highest float64) Parameter {
	return Parameter{Name: "threshold", Meaning: "of " + of + ", where sleep and wake part", Default: by, Min: lowest, Max: highest}
}

// step is how long the sums are that a minute is reduced from.
func (w weightSet) step() time.Duration {
	if w.overlap {
		return w.sub / 2
	}
	return w.sub
}

func (w weightSet) paper() Algorithm {
	a := w.algorithm(Paper)
	a.Epochs, a.input = []time.Duration{w.step()}, counts
	a.Needs = fmt.Sprintf("counts in epochs of %v, or shorter ones that divide it: they are summed", actigraphy.InWords(w.step()))
	a.Missing = "an epoch is unknown where one of the minutes −4 to +2 is missing or beyond the recording"
	a.Parameters = append(a.Parameters, w.divisor(), capParameter())
	a.score = func(s series, v Values) (scored, error) {
		m := w.minutes(s)
		d := kernel{w.weights, coleKripkeBefore}.scaled(w.scale).scores(capped(m.x, v["divisor"], v["cap"]), nothing)
		states := asleepBelow(d, v["threshold"], Unknown)
		if v["rescore"] >= .5 {
			states = Rescore(states, m.epoch)
		}
		return m.scored(states), nil
	}
	return a
}

// minutes reduces epochs of step to minutes.
func (w weightSet) minutes(s series) series {
	if w.overlap {
		pairs := make([]float64, len(s.x))
		for i := range s.x {
			pairs[i] = s.x[i]
			if i > 0 {
				pairs[i] += s.x[i-1]
			}
		}
		s.x = pairs
	}
	return s.peaks(int(time.Minute / s.epoch))
}

// divisor is 100 for the minute's activity: ActiLife's way to bring counts of
// today's devices to the scale of the paper's. The other sets have no such custom.
func (w weightSet) divisor() Parameter {
	p := Parameter{Name: "divisor", Meaning: "counts are divided by it", Default: 1, Min: .01, Max: 10000}
	if w.sub == time.Minute {
		p.Default = 100
	}
	return p
}

func capParameter() Parameter {
	return Parameter{Name: "cap", Meaning: "larger values, after the division, count as this", Default: 300, Min: 1, Max: 1e9}
}

func capped(x []float64, divisor, highest float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		v /= divisor
		if v > highest {
			v = highest
		}
		out[i] = v
	}
	return out
}

func actiLifeColeKripke() Algorithm {
	w := weightSets[0]
	a := w.paper()
	a.Definition = Vendor
	a.Formula = "as ActiLife: counts/100, at most 300; D = .001·Σ w_j·A_j; sleep if D < 1; no rescoring"
	a.Missing = "an epoch is unknown where one of the minutes −4 to +2 is missing; beyond the recording there is no activity"
	a.Parameters = []Parameter{thresholdParameter("D", 1, .1, 10), w.divisor(), capParameter()}
	a.score = func(s series, v Values) (scored, error) {
		d := kernel{w.weights, coleKripkeBefore}.scaled(w.scale).scores(capped(s.x, v["divisor"], v["cap"]), zeros)
		return s.scored(asleepBelow(d, v["threshold"], Unknown)), nil
	}
	return a
}

func (w weightSet) pyActigraphy() Algorithm {
	a := w.algorithm(PyActigraphy)
	a.Formula = fmt.Sprintf("as pyActigraphy: minutes of the clock; D = %v·Σ w_j·A_j, w = %v; sleep if D < 1; then its reading of Webster's rules", w.scale, w.theirs)
	if w.sub == time.Minute {
		a.Formula += "; A is the minute's sum over 30"
	}
	a.Needs = fmt.Sprintf("epochs of at most %v", actigraphy.InWords(w.step()))
	a.Missing = "a missing epoch counts as 0; the first and last 4 minutes are wake"
	a.score = func(s series, v Values) (scored, error) {
		if s.epoch > w.step() {
			return scored{}, fmt.Errorf("epochs of %v are too long: it takes at most %v", actigraphy.InWords(s.epoch), actigraphy.InWords(w.step()))
		}
		m := w.clockMinutes(s)
		weights := append(append([]float64{}, w.theirs...), 0, 0)
		d := kernel{weights, coleKripkeBefore}.scores(m.x, nothing)
		for i := range d {
			d[i] *= w.scale
		}
		states := asleepBelow(d, v["threshold"], Wake)
		if v["rescore"] >= .5 {
			states = rescoreAsPyActigraphy(states)
		}
		return m.scored(states), nil
	}
	return a
}

// secondsOfMean is what pyActigraphy divides a minute's sum by: the paper's device
// had epochs of 2 s.
const secondsOfMean = 30

func (w weightSet) clockMinutes(s series) series {
	s = s.toClock(w.step())
	switch {
	case w.sub == time.Minute:
		for i := range s.x {
			s.x[i] /= secondsOfMean
		}
		return s
	case w.overlap:
		for i := len(s.x) - 1; i > 0; i-- {
			s.x[i] += s.x[i-1]
		}
	}
	return s.clockPeaks(time.Minute)
}
