package sleep

import (
	"errors"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

var oakley1997 = Reference{"Oakley NR (Mini-Mitter: validation of the Sleepwatch sleep/wake scoring algorithm, technical report)", 1997, ""}

// oakleyEpochs are the lengths of epochs that Oakley's weights are known for.
var oakleyEpochs = []time.Duration{15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute}

// oakleyKernel returns the weights for a length of epoch: those of 60 s with the
// neighbouring minutes cut into epochs. side is the weight at 120 s, on which
// programs disagree.
func oakleyKernel(epoch time.Duration, side float64) kernel {
	if epoch == 2*time.Minute {
		return kernel{[]float64{side, .5, side}, 1}
	}
	n := int(time.Minute / epoch)
	w := make([]float64, 4*n+1)
	for i := range w {
		w[i] = .04
		if n <= i && i <= 3*n {
			w[i] = .2
		}
	}
	w[2*n] = float64(n)
	return kernel{w, 2 * n}
}

// automaticThreshold is the value of the threshold that stands for Actiware's
// automatic one.
const automaticThreshold = 0

func oakleys() []Algorithm {
	paper := oakley(Paper, .125, nothing, Unknown, false)
	paper.Missing = "an epoch is unknown where one of the 2 minutes to each side is missing or beyond the recording"
	vendor := oakley(Vendor, .125, zeros, Unknown, false)
	vendor.Missing = "a missing epoch is unknown; for its neighbours it has no activity, and so has what is beyond the recording"
	theirs := oakley(PyActigraphy, .12, nothing, Wake, true)
	theirs.Formula = "as pyActigraphy: sleep if A < threshold; at 120 s the sides weigh .12"
	theirs.Missing = "an epoch whose window is missing or reaches beyond the recording is wake"
	return []Algorithm{paper, theirs, vendor}
}

func oakley(d Definition, side float64, beyond edge, unscored State, open bool) Algorithm {
	a := Algorithm{
		ID: "oakley", Name: "Oakley", Definition: d, Reference: oakley1997,
		Formula: "A = Σ w_j·x_j over 2 minutes to each side: at 60 s w = .04 .2 1 .2 .04, at 30 s 2 (4 at 15 s) in the middle and each neighbour as often as it has epochs, at 120 s 1/8 1/2 1/8; wake if A > threshold. " +
			"The automatic threshold is .88888·Σx / minutes of mobile epochs (x >= epoch/15 s)",
		Parameters: []Parameter{{Name: "threshold", Unit: "counts", Meaning: "20, 40 or 80 in Actiware; 0: the automatic one", Default: 40, Min: automaticThreshold, Max: 10000}},
		Epochs:     oakleyEpochs,
		input:      counts,
		Needs:      "counts in epochs of 15, 30, 60 or 120 s; others that divide one of them are summed to the shortest",
	}
	if d == PyActigraphy {
		a.Epochs, a.input, a.Needs = nil, nil, "epochs of 15, 30, 60 or 120 s, as they are"
	}
	a.score = func(s series, v Values) (scored, error) {
		if !knownToOakley(s.epoch) {
			return scored{}, fmt.Errorf("epochs of %v can't be scored: it takes 15 s, 30 s, 60 s or 120 s", actigraphy.InWords(s.epoch))
		}
		threshold := v["threshold"]
		if threshold == automaticThreshold {
			threshold = oakleyThreshold(s)
			if math.IsNaN(threshold) {
				return scored{}, errors.New("there is no automatic threshold: no epoch is mobile")
			}
		}
		scores := oakleyKernel(s.epoch, side).scores(s.x, beyond)
		if beyond == zeros {
			scores = oakleyKernel(s.epoch, side).overGaps(s.x, scores)
		}
		if open {
			return s.scored(asleepBelow(scores, threshold, unscored)), nil
		}
		return s.scored(classify(scores, unscored, func(v float64) bool { return v <= threshold })), nil
	}
	return a
}

func knownToOakley(epoch time.Duration) bool {
	for _, e := range oakleyEpochs {
		if e == epoch {
			return true
		}
	}
	return false
}

// OakleyThreshold returns Actiware's automatic wake threshold of an activity
// series: .88888 times its counts over the minutes of its mobile epochs. It is NaN
// if no epoch is mobile.
func OakleyThreshold(activity []float64, epoch time.Duration) float64 {
	return oakleyThreshold(series{epoch: epoch, x: activity})
}

func oakleyThreshold(s series) float64 {
	sum, mobile := 0.0, 0
	least := mobileFrom(s.epoch)
	for _, v := range s.x {
		if math.IsNaN(v) {
			continue
		}
		sum += v
		if v >= least {
			mobile++
		}
	}
	if mobile == 0 {
		return math.NaN()
	}
	return sum / (float64(mobile) * s.epoch.Minutes()) * .88888
}

// mobileFrom is the count from which Actiware calls an epoch mobile: its length in
// units of 15 s.
func mobileFrom(epoch time.Duration) float64 { return float64(epoch / (15 * time.Second)) }
