package sleep

import (
	"errors"
	"math"
	"time"
)

var roenneberg2015 = Reference{"Roenneberg T, Keller LK, Fischer D, Matera JL, Vetter C, Winnebeck EC", 2015, "10.1016/bs.mie.2014.11.028"}

func roennebergs() []Algorithm {
	paper := roenneberg(Paper)
	paper.Epochs = []time.Duration{10 * time.Minute}
	paper.Needs = "epochs of 10 min, or shorter ones that divide it: they are summed"
	theirs := roenneberg(PyActigraphy)
	theirs.Needs = "epochs of any length, as they are"
	theirs.Formula = "as pyActigraphy: " + theirs.Formula
	return []Algorithm{paper, theirs}
}

func roenneberg(d Definition) Algorithm {
	return Algorithm{
		ID: "roenneberg", Name: "Roenneberg (MASDA)", Definition: d, Reference: roenneberg2015,
		Formula: "an epoch is still if x <= .15 × the mean of 24 h around it; a seed is a run of still epochs of 30 min; " +
			"from a seed, sleep ends where the correlation of the still epochs (up to 12 h) with an unbroken sleep is highest among those followed by 30 min of lower ones; what is still outside is wake",
		Missing: "an epoch is unknown where less than 12 h of the 24 h are there; a missing epoch is not still",
		Parameters: []Parameter{
			{Name: "threshold", Meaning: "share of the mean", Default: .15, Min: .01, Max: 1},
			{Name: "trend", Unit: "h", Meaning: "length of the mean", Default: 24, Min: 1, Max: 168},
			{Name: "trend-least", Unit: "h", Meaning: "what must be there of it", Default: 12, Min: 0, Max: 168},
			{Name: "seed", Unit: "min", Meaning: "shortest run that begins a sleep", Default: 30, Min: 1, Max: 600},
			{Name: "longest", Unit: "h", Meaning: "longest sleep that is tried", Default: 12, Min: 1, Max: 48},
			{Name: "lower", Unit: "min", Meaning: "time of lower correlation after the best", Default: 30, Min: 1, Max: 600},
		},
		score: func(s series, v Values) (scored, error) {
			m := masda{
				seed: s.minutes(v["seed"]), longest: s.minutes(60 * v["longest"]), after: s.minutes(v["lower"]) + 1,
			}
			trend, least := s.minutes(60*v["trend"]), s.minutes(60*v["trend-least"])
			if m.seed < 1 || trend < 2 || m.longest < 2 {
				return scored{}, errors.New("the epochs are too long for these parameters")
			}
			states := still(s.x, centredMean(s.x, trend, least), v["threshold"])
			m.consolidate(states)
			return s.scored(states), nil
		},
	}
}

// centredMean returns the mean of the size epochs around each, one more before than
// after where size is even, and NaN where fewer than least of them are there.
func centredMean(x []float64, size, least int) []float64 {
	out := make([]float64, len(x))
	before, after := size/2, (size-1)/2
	var sum compensated
	n := 0
	take := func(i, sign int) {
		if i < 0 || i >= len(x) || math.IsNaN(x[i]) {
			return
		}
		sum.add(float64(sign) * x[i])
		n += sign
	}
	for i := range min(after, len(x)) {
		take(i, 1)
	}
	for i := range x {
		take(i+after, 1)
		take(i-before-1, -1)
		out[i] = math.NaN()
		if n > 0 && n >= least {
			out[i] = sum.value / float64(n)
		}
	}
	return out
}

// compensated is a sum that keeps what rounding loses (Kahan).
type compensated struct{ value, lost float64 }

func (c *compensated) add(v float64) {
	y := v - c.lost
	t := c.value + y
	c.lost = t - c.value - y
	c.value = t
}

// still scores epochs at or below a share of the trend as asleep, the others as
// wake, and unknown where there is no trend.
func still(x, trend []float64, share float64) []State {
	states := make([]State, len(x))
	for i, v := range x {
		switch {
		case math.IsNaN(trend[i]):
		case v <= share*trend[i]:
			states[i] = Asleep
		default:
			states[i] = Wake
		}
	}
	return states
}

// masda turns still epochs into sleeps; lengths are in epochs.
type masda struct {
	seed    int // shortest run that begins a sleep
	longest int // longest sleep that is tried
	after   int // epochs of lower correlation after the best
}

func (m masda) consolidate(states []State) {
	last := -1 // last epoch of the last sleep
	for k, seed := range m.seeds(states) {
		if last >= 0 && seed < last {
			continue
		}
		if k == 0 || last >= 0 {
			m.wake(states, last+1, seed)
		}
		length := m.bestLength(states[seed:min(len(states), seed+m.longest)])
		if length == 0 {
			continue
		}
		last = seed + length - 1
		fill(states, span{seed, last + 1}, Asleep)
	}
	if last >= 0 {
		m.wake(states, last+1, len(states))
	}
}

// seeds returns the first epochs of the runs that are long enough.
func (m masda) seeds(states []State) []int {
	var found []int
	for _, run := range runs(states, Asleep) {
		if run.length() >= m.seed {
			found = append(found, run.from)
		}
	}
	return found
}

// wake scores what is asleep between two epochs as wake.
func (m masda) wake(states []State, from, to int) {
	for i := from; i < to; i++ {
		if states[i] == Asleep {
			states[i] = Wake
		}
	}
}

// bestLength returns how many epochs of sleep from the first on correlate best with
// what is still, 0 if no length stands out. Pearson's correlation of a binary series
// with k ones then zeros is (n·S_k − k·S) / sqrt((n·S − S²)·(n·k − k²)).
func (m masda) bestLength(states []State) int {
	n, total := len(states), count(states, Asleep)
	if count(states, Unknown) > 0 || total == n || total == 0 {
		return 0
	}
	r := make([]float64, n)
	within := 0
	for i, s := range states {
		within += one(s == Asleep)
		k := i + 1
		r[i] = float64(n*within-k*total) / math.Sqrt(float64(k)*float64(n-k))
	}
	r[n-1] = math.NaN() // no series of ones alone correlates
	best := -1
	for i := 0; i+m.after < n; i++ {
		if (best < 0 || r[i] > r[best]) && standsOut(r[i:i+m.after+1]) {
			best = i
		}
	}
	if best < 0 {
		return 0
	}
	for i := range r {
		if r[i] == r[best] {
			return i + 1
		}
	}
	return 0
}

// standsOut reports whether the first value is above all others.
func standsOut(r []float64) bool {
	for _, v := range r[1:] {
		if !(r[0] > v) {
			return false
		}
	}
	return true
}
