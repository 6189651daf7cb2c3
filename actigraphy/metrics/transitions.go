package metrics

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
)

const (
	lim      = "Lim et al. 2011, doi:10.5665/sleep.1400"
	schrack  = "Schrack et al. 2019, doi:10.1093/gerona/gly243"
	restWord = "rest to activity"
	actWord  = "activity to rest"
)

// transitions returns the measures of transitions between rest and activity.
func transitions(d Definition) []Metric {
	list := []Metric{sustained(d, true), sustained(d, false)}
	if d == Paper {
		list = append(list, transitionProbability(true), transitionProbability(false))
	}
	return list
}

// sustained is kRA or kAR, the probability of a transition out of sustained rest
// or activity.
func sustained(d Definition, rest bool) Metric {
	m := transitionMeasure(d, "k", "transition probability out of sustained", rest)
	m.Formula = "weighted mean of p(t) over the longest stretch of lengths t within which the LOWESS curve of p varies by no more than 1 SD of p; p(t) = (N_t−N_t')/N_t/(t'−t), N_t runs of at least t epochs, t' the next length, weights √(N_t+N_t')"
	m.Parameters = append(m.Parameters,
		quantity("share", "", 0.3, 0.01, 1, "share of the points in each fit of the LOWESS curve"),
		onOff("logit", false, "1: ln(k/(1−k)) in place of k"))
	m.Reference = citing(d, lim)
	m.compute = func(x *analysis, s settings) (float64, error) {
		states, err := restAndActivity(x, d, s)
		if err != nil {
			return 0, err
		}
		k, err := sustainedProbability(states, d, rest, s["share"])
		if err == nil && s.on("logit") {
			k = math.Log(k / (1 - k))
		}
		return k, err
	}
	if d == PyActigraphy {
		m.Formula = "weighted mean of p(t) over the longest stretch of lengths t for which p differs from its LOWESS curve by less than 1 SD of p; p and weights as the paper's, but with the runs at the ends"
		m.Missing = "a missing epoch divides runs and is itself a run of rest of no length"
	}
	return m
}

// transitionProbability is the share of epochs of rest or activity after which
// the other begins.
func transitionProbability(rest bool) Metric {
	m := transitionMeasure(Paper, "p", "transition probability", rest)
	m.Formula = "epochs of the one state followed by the other, over epochs of the one followed by a recorded epoch"
	m.Missing = "a pair with a missing epoch is left out"
	m.Reference = schrack
	m.compute = func(x *analysis, s settings) (float64, error) {
		states, err := restAndActivity(x, Paper, s)
		if err != nil {
			return 0, err
		}
		return shareOfTransitions(states, rest)
	}
	return m
}

func transitionMeasure(d Definition, letter, name string, rest bool) Metric {
	id, words := letter+"RA", restWord
	if !rest {
		id, words = letter+"AR", actWord
	}
	least := 0.0
	if d == PyActigraphy {
		least = 4
	}
	return Metric{
		ID: id, Name: name + ", " + words, Group: groupTransitions, Definition: d,
		Parameters: []Parameter{
			quantity("threshold", "", least, 0, math.MaxFloat64, "activity above it is activity, else rest"),
			quantity("from", "h", 0, 0, 24, "time of day from which epochs count, where hours is less than 24"),
			quantity("hours", "h", 24, 0.1, 24, "hours of each day that count"),
		},
		Needs:   "runs of rest and activity of different lengths",
		Missing: "a run beside a missing epoch is left out, as at the ends: nobody knows how long it was",
	}
}

// restAndActivity returns 0 for rest, 1 for activity, NaN for missing.
func restAndActivity(x *analysis, d Definition, s settings) ([]float64, error) {
	if s["hours"] < 24 && x.r.Start.IsZero() {
		return nil, errNoClock
	}
	states := x.at(d, above(s["threshold"]))
	return between(states, d, x.r.Start.SinceMidnight(), x.r.Epoch, s.hours("from"), s.hours("hours")), nil
}

func shareOfTransitions(states []float64, rest bool) (float64, error) {
	from := 1.0
	if rest {
		from = 0
	}
	pairs, changes := 0, 0
	for i := 1; i < len(states); i++ {
		if states[i-1] == from && !math.IsNaN(states[i]) {
			pairs++
			if states[i] != from {
				changes++
			}
		}
	}
	if pairs == 0 {
		return 0, errors.New("there is no epoch of that state with a recorded one after it")
	}
	return float64(changes) / float64(pairs), nil
}

func sustainedProbability(states []float64, d Definition, rest bool, share float64) (float64, error) {
	runs := completeBouts(states)
	if d == PyActigraphy {
		runs = pyActigraphyBouts(states)
	}
	list := hazards(runs.of(rest))
	if len(list) < 2 {
		return 0, fmt.Errorf("runs of that state have %d lengths besides the longest, and at least 2 are needed", len(list))
	}
	p, t, w := make([]float64, len(list)), make([]float64, len(list)), make([]float64, len(list))
	for i, h := range list {
		p[i], t[i], w[i] = h.probability, h.epochs, h.weight
	}
	curve, sd := lowess(t, p, share), stat.StdDev(p, nil)
	from, to := levelStretch(curve, sd)
	if d == PyActigraphy {
		from, to = closeStretch(p, curve, sd)
	}
	if from == to {
		return 0, errors.New("no transition probability lies near its LOWESS curve")
	}
	return stat.Mean(p[from:to], w[from:to]), nil
}

// levelStretch returns the longest stretch, the first of equals, within which a
// curve varies by no more than sd. There are at most about the square root of
// the epochs as many lengths, so that looking back costs little.
func levelStretch(curve []float64, sd float64) (from, to int) {
	for i := range curve {
		low, high, end := curve[i], curve[i], i
		for end < len(curve) && max(high, curve[end])-min(low, curve[end]) <= sd {
			low, high = min(low, curve[end]), max(high, curve[end])
			end++
		}
		if end-i > to-from {
			from, to = i, end
		}
	}
	return from, to
}

// closeStretch returns the longest stretch, the first of equals, in which values
// differ from a curve by less than sd.
func closeStretch(values, curve []float64, sd float64) (from, to int) {
	begin := 0
	for i := range values {
		if !(math.Abs(values[i]-curve[i]) < sd) {
			begin = i + 1
		}
		if i+1-begin > to-from {
			from, to = begin, i+1
		}
	}
	return from, to
}
