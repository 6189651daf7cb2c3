package sleep

import "time"

var kripke2010 = Reference{"Kripke DF, Hahn EK, Grizas AP, Wadiak KH, Loving RT, Poceta JS, Shadan FF, Cronin JW, Kline LE", 2010, "10.1111/j.1365-2869.2010.00835.x"}

// scrippsWeights are those of the epochs -10 to +2.
var scrippsWeights = []float64{.0064, .0074, .0112, .0112, .0118, .0118, .0128, .0188, .0280, .0664, .0300, .0112, .0100}

const (
	scrippsBefore = 10
	scrippsScale  = .204
)

func scrippses() []Algorithm {
	paper := scripps(Paper, kernel{scrippsWeights, scrippsBefore}, Unknown)
	paper.Epochs, paper.input = []time.Duration{30 * time.Second}, counts
	paper.Needs = "counts in epochs of 30 s, or shorter ones that divide it: they are summed"
	paper.Missing = "an epoch is unknown where one of the epochs −10 to +2 is missing or beyond the recording"

	// pyActigraphy's window goes on to +10 with weights of 0: they change nothing but
	// where the window ends.
	theirs := scripps(PyActigraphy, kernel{append(append([]float64{}, scrippsWeights...), make([]float64, 8)...), scrippsBefore}, Wake)
	theirs.Needs = "epochs of any length, as they are"
	theirs.Missing = "an epoch is wake where one of the epochs ±10 is missing or beyond the recording"
	return []Algorithm{paper, theirs}
}

func scripps(d Definition, k kernel, unscored State) Algorithm {
	return Algorithm{
		ID: "scripps", Name: "Scripps Clinic", Definition: d, Reference: kripke2010,
		Formula:    "D = .204·Σ w_j·A_j over the epochs −10 to +2; sleep if D < 1",
		Parameters: []Parameter{thresholdParameter("D", 1, .01, 100), {Name: "scale", Meaning: "of the weights", Default: scrippsScale, Min: .001, Max: 10}},
		score: func(s series, v Values) (scored, error) {
			d := k.scores(s.x, nothing)
			for i := range d {
				d[i] *= v["scale"]
			}
			return s.scored(asleepBelow(d, v["threshold"], unscored)), nil
		},
	}
}
