package sleep

import "math"

// kernel is a weighted sum over the epochs around one: weights[0] is that of the
// epoch before epochs earlier, and so on.
type kernel struct {
	weights []float64
	before  int
}

// edge says what an algorithm sees beyond the ends of a recording.
type edge int

const (
	nothing edge = iota // missing: what reaches beyond is unknown
	zeros               // no activity
)

// scores returns the weighted sum of every epoch, NaN where a value in it is
// missing.
func (k kernel) scores(x []float64, beyond edge) []float64 {
	out := make([]float64, len(x))
	after := len(k.weights) - 1 - k.before
	for i := range out {
		if i < k.before || i+after >= len(x) {
			out[i] = k.atEdge(x, i, beyond)
			continue
		}
		sum := 0.0
		for j, v := range x[i-k.before : i+after+1] {
			sum += k.weights[j] * v
		}
		out[i] = sum
	}
	return out
}

func (k kernel) atEdge(x []float64, i int, beyond edge) float64 {
	if beyond == nothing {
		return math.NaN()
	}
	sum := 0.0
	for j, w := range k.weights {
		if at := i - k.before + j; at >= 0 && at < len(x) {
			sum += w * x[at]
		}
	}
	return sum
}

// overGaps returns the scores with those that were missing because of a neighbour
// made up from what is there: a missing neighbour counts as no activity. A missing
// epoch stays without a score.
func (k kernel) overGaps(x, scores []float64) []float64 {
	for i, v := range scores {
		if !math.IsNaN(v) || math.IsNaN(x[i]) {
			continue
		}
		sum := 0.0
		for j, w := range k.weights {
			if at := i - k.before + j; at >= 0 && at < len(x) && !math.IsNaN(x[at]) {
				sum += w * x[at]
			}
		}
		scores[i] = sum
	}
	return scores
}

// scaled returns the kernel with every weight times a factor.
func (k kernel) scaled(by float64) kernel {
	out := kernel{make([]float64, len(k.weights)), k.before}
	for i, w := range k.weights {
		out.weights[i] = by * w
	}
	return out
}

// asleepBelow scores sleep where the score is below a threshold.
func asleepBelow(scores []float64, threshold float64, unscored State) []State {
	return classify(scores, unscored, func(v float64) bool { return v < threshold })
}

// classify scores sleep where a score says so; unscored is the state where there is
// no score.
func classify(scores []float64, unscored State, asleep func(float64) bool) []State {
	out := make([]State, len(scores))
	for i, v := range scores {
		switch {
		case math.IsNaN(v):
			out[i] = unscored
		case asleep(v):
			out[i] = Asleep
		default:
			out[i] = Wake
		}
	}
	return out
}
