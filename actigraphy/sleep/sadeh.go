package sleep

import (
	"math"
	"time"
)

var sadeh1994 = Reference{"Sadeh A, Sharkey KM, Carskadon MA", 1994, "10.1093/sleep/17.3.201"}

// sadehRule is what the definitions of Sadeh's formula differ in.
type sadehRule struct {
	strict  bool // NAT counts 50 < x < 100, else 50 <= x < 100
	ahead   int  // the logarithm is of the epoch so many later
	beyond  edge
	open    bool // sleep if PS > threshold, else >=
	unknown State
}

func sadehs() []Algorithm {
	paper := sadeh(Paper, sadehRule{unknown: Unknown}, 0, 300)
	paper.Formula = "PS = 7.601 − .065·mean11 − 1.08·NAT − .056·SD6 − .703·ln(x+1); counts at most 300; mean11 and NAT (epochs of 50 <= x < 100) over ±5 epochs, SD6 over this and the 5 before; sleep if PS >= 0"
	paper.Missing = "an epoch is unknown where one of the epochs ±5 is missing or beyond the recording"

	vendor := sadeh(Vendor, sadehRule{beyond: zeros, open: true, unknown: Unknown}, -4, 300)
	vendor.Formula = "as ActiLife: " + paper.Formula[:len(paper.Formula)-len("sleep if PS >= 0")] + "sleep if PS > −4"
	vendor.Missing = "an epoch is unknown where one of the epochs ±5 is missing; beyond the recording there is no activity"

	theirs := sadeh(PyActigraphy, sadehRule{strict: true, ahead: 1, open: true, unknown: Wake}, 0, math.Inf(1))
	theirs.Formula = "as pyActigraphy: no cap, NAT counts 50 < x < 100, the logarithm is of the next epoch, sleep if PS > 0"
	theirs.Missing = "an epoch whose window is missing or reaches beyond the recording is wake"
	theirs.Epochs, theirs.input, theirs.Needs = nil, nil, "epochs of any length, as they are"
	return []Algorithm{paper, theirs, vendor}
}

func sadeh(d Definition, rule sadehRule, threshold, highest float64) Algorithm {
	a := Algorithm{
		ID: "sadeh", Name: "Sadeh", Definition: d, Reference: sadeh1994,
		Epochs:     []time.Duration{time.Minute},
		input:      counts,
		Needs:      "counts in epochs of a minute, or shorter ones that divide it: they are summed",
		Parameters: []Parameter{thresholdParameter("PS", threshold, -20, 20)},
	}
	if !math.IsInf(highest, 0) {
		a.Parameters = append(a.Parameters, Parameter{Name: "cap", Meaning: "larger counts count as this", Default: highest, Min: 1, Max: 1e9})
	}
	a.score = func(s series, v Values) (scored, error) {
		if top, there := v["cap"]; there {
			s.x = capped(s.x, 1, top)
		}
		ps := rule.scores(s.x)
		asleep := func(ps float64) bool { return ps >= v["threshold"] }
		if rule.open {
			asleep = func(ps float64) bool { return ps > v["threshold"] }
		}
		return s.scored(classify(ps, rule.unknown, asleep)), nil
	}
	return a
}

// The window of Sadeh's formula.
const (
	sadehReach = 5 // epochs to each side
	sadehSpan  = 2*sadehReach + 1
	sadehLast  = sadehReach + 1 // of the deviation
)

// scores returns PS of every epoch, NaN where the window is not whole.
func (rule sadehRule) scores(x []float64) []float64 {
	out := make([]float64, len(x))
	var padded [sadehSpan]float64
	for i := range x {
		from, to := i-sadehReach, i+sadehReach+1
		if from >= 0 && to <= len(x) {
			out[i] = rule.score(x[from:to])
			continue
		}
		if rule.beyond == nothing {
			out[i] = math.NaN()
			continue
		}
		for j := range padded {
			padded[j] = 0
			if at := from + j; at >= 0 && at < len(x) {
				padded[j] = x[at]
			}
		}
		out[i] = rule.score(padded[:])
	}
	return out
}

// score returns PS of the epoch in the middle of a window.
func (rule sadehRule) score(w []float64) float64 {
	sum, nat := 0.0, 0.0
	for _, v := range w {
		sum += v
		if v < 100 && (v > 50 || v == 50 && !rule.strict) {
			nat++
		}
	}
	return 7.601 - .065*(sum/sadehSpan) - 1.08*nat - .056*deviation(w[:sadehLast]) - .703*math.Log(w[sadehReach+rule.ahead]+1)
}

// deviation is the standard deviation of a sample.
func deviation(x []float64) float64 {
	mean := 0.0
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	squares := 0.0
	for _, v := range x {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares / float64(len(x)-1))
}
