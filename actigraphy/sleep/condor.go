package sleep

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// condorWeights are those of the Condor Sleep Model for a length of epoch, first of
// the epochs up to the one that is scored, then of those after it.
var condorWeights = map[time.Duration]kernel{
	time.Minute: {[]float64{
		34.5, 133, 529, 375, 408, 400.5, 1074, 2048.5, 2424.5,
		1920, 149.5, 257.5, 125, 111.5, 120, 69, 40.5,
	}, 8},
	30 * time.Second: {[]float64{
		69, 197, 730, 328, 269, 481, 528, 288, 304, 497, 1105, 1043, 1378, 2719, 2852, 1997,
		2972, 868, 269, 30, 495, 20, 39, 211, 91, 132, 203, 37, 67, 71, 81,
	}, 15},
}

// The axis of ActTrust that the model is made for.
const condorAxis = "ZCMn"

// condors is the model as pyActigraphy has it: Condor Instruments published none.
func condors() []Algorithm {
	return []Algorithm{{
		ID: "csm", Name: "Condor Sleep Model", Definition: PyActigraphy,
		Reference: Reference{"Condor Instruments, as in pyActigraphy 1.2.2 (Hammad G, Reyt M, et al.)", 2021, "10.1371/journal.pcbi.1009514"},
		Formula: "D = p·Σ w_j·x_j over ±8 (60 s) or ±15 (30 s) epochs; rest if D < 1 with p = 5e-5; " +
			"sleep begins where D < 1 with p = 4.64e-4 in this epoch and the next, and goes on while D < 1",
		Parameters: []Parameter{
			{Name: "rest-scale", Meaning: "p of rest", Default: .00005, Min: 1e-7, Max: .1},
			{Name: "sleep-scale", Meaning: "p of sleep", Default: .000464, Min: 1e-7, Max: .1},
		},
		Needs:   "ZCMn (zero crossings per second) of an ActTrust, in epochs of 30 or 60 s",
		Missing: "an epoch is not below 1 where its window is missing; the epochs at the ends get the state of the nearest one scored",
		input:   condorInput,
		score:   condorScore,
	}}
}

func condorInput(r *actigraphy.Recording) (series, error) {
	if r.Unit.Axis != condorAxis {
		return series{}, fmt.Errorf("the activity is %s, expected the %s of an ActTrust: import that channel", r.Unit, condorAxis)
	}
	return activity(r)
}

func condorScore(s series, v Values) (scored, error) {
	k, there := condorWeights[s.epoch]
	if !there {
		return scored{}, fmt.Errorf("epochs of %v can't be scored: it takes 30 s or 60 s", actigraphy.InWords(s.epoch))
	}
	if len(s.x) < len(k.weights) {
		return scored{}, fmt.Errorf("%d epochs are too few: it takes %d", len(s.x), len(k.weights))
	}
	sums := k.scores(s.x, nothing)
	states := make([]State, len(s.x))
	fill(states, span{0, len(states)}, Wake)
	condorPass(states, sums, k, v["rest-scale"], 0, Rest)
	condorPass(states, sums, k, v["sleep-scale"], 1, Asleep)
	return s.scored(states), nil
}

// condorPass gives a state to every run of epochs whose score is below 1, once ahead
// more epochs are. The scores at the ends count as 0.
func condorPass(states []State, sums []float64, k kernel, scale float64, ahead int, state State) {
	first, end := k.before, len(sums)-(len(k.weights)-1-k.before)
	below := func(i int) bool { return i >= end || !math.IsNaN(sums[i]) && sums[i]*scale < 1 }
	in := false
	for i := first; i < end; i++ {
		starts := !in && below(i)
		for j := 1; starts && j <= ahead; j++ {
			starts = below(i + j)
		}
		in = below(i) && (in || starts)
		if in {
			states[i] = state
		}
	}
	fill(states, span{0, first}, states[first])
	fill(states, span{end, len(states)}, states[end-1])
}
