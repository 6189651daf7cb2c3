package sleep

import (
	"errors"
	"fmt"
	"math"

	"circascope/actigraphy"
)

var crespo2012 = Reference{"Crespo C, Aboy M, Fernández JR, Mojón A", 2012, "10.1007/s11517-012-0875-y"}

func crespos() []Algorithm {
	paper := crespo(Paper, crespoPaper)
	paper.Formula = "runs of more than ζ zeros become the quantile t; a moving median of α, padded with the maximum, is active above its quantile α/24 h; closing and opening by β; " +
		"then zeros in runs of more than ζr (at rest) and ζa (active) are left out, a median of β at the ends to α inside is thresholded likewise, closing and opening by 2β"
	paper.Missing = "missing epochs are left out of the medians and are unknown; where less than a quarter of the last median's window is valid, as when the device lay off at night (longer zeros are not valid to the algorithm), it is not sure, and rest of a day from noon to noon with an hour of that is in doubt"
	paper.Parameters = append(paper.Parameters, Parameter{
		Name: "valid", Meaning: "share of the last median's window that must be valid for an epoch to be sure; 0: as published, without this", Default: .25, Min: 0, Max: 1,
	})

	theirs := crespo(PyActigraphy, crespoPyActigraphy)
	theirs.Formula = "as pyActigraphy: the quantile t is not used; runs of at least ζ zeros; runs at rest and active are joined before zeros are counted; " +
		"padded with one epoch less; the medians at the ends reach from the end to the epoch, at the last end to one α/2 earlier; the first and last epoch are active"
	theirs.Missing = "missing epochs count as zeros in runs, and are left out of the medians"
	return []Algorithm{paper, theirs}
}

func crespo(d Definition, body func([]float64, crespoSettings) (restAndActivity, error)) Algorithm {
	return Algorithm{
		ID: "crespo", Name: "Crespo (rest and activity)", Definition: d, Reference: crespo2012,
		Needs: "epochs that divide an hour; more than 8 h",
		Parameters: []Parameter{
			{Name: "zeta", Unit: "epochs", Meaning: "longest run of zeros that is valid", Default: 15, Min: 1, Max: 1000},
			{Name: "zeta-rest", Unit: "epochs", Meaning: "the same at rest", Default: 30, Min: 1, Max: 1000},
			{Name: "zeta-active", Unit: "epochs", Meaning: "the same when active", Default: 2, Min: 1, Max: 1000},
			{Name: "t", Meaning: "quantile that invalid zeros become", Default: .33, Min: 0, Max: 1},
			{Name: "alpha", Unit: "h", Meaning: "hours of rest a day", Default: 8, Min: 1, Max: 23},
			{Name: "beta", Unit: "h", Meaning: "shortest period told apart", Default: 1, Min: .1, Max: 8},
		},
		score: func(s series, v Values) (scored, error) {
			c := crespoSettings{
				zeta: int(v["zeta"]), atRest: int(v["zeta-rest"]), active: int(v["zeta-active"]), t: v["t"],
				share: v["alpha"] / 24, valid: v["valid"], alpha: s.minutes(60*v["alpha"]) + 1, beta: s.minutes(60*v["beta"]) + 1,
			}
			if c.beta < 3 {
				return scored{}, fmt.Errorf("epochs of %v are too long for a beta of %v h", actigraphy.InWords(s.epoch), v["beta"])
			}
			found, err := body(s.x, c)
			if err != nil {
				return scored{}, err
			}
			states := make([]State, len(found.active))
			for i, active := range found.active {
				switch {
				case d == Paper && math.IsNaN(s.x[i]):
				case active:
					states[i] = Wake
				default:
					states[i] = Rest
				}
			}
			out := s.scored(states)
			out.unsure = found.unsure
			return out, nil
		},
	}
}

// restAndActivity says of each epoch whether it is active, and whether that hangs on
// too little; unsure is nil where no epoch does.
type restAndActivity struct{ active, unsure []bool }

// crespoSettings are the parameters in epochs.
type crespoSettings struct {
	zeta, atRest, active int
	t, share, valid      float64
	alpha, beta          int // lengths of the windows, one more than the time
}

func crespoPaper(x []float64, c crespoSettings) (restAndActivity, error) {
	if len(x) <= c.alpha {
		return restAndActivity{}, errors.New("the recording is no longer than alpha")
	}
	half := c.alpha / 2
	most := largest(x)
	conditioned := append([]float64{}, x...)
	quiet := quantile(x, c.t)
	for _, run := range zeroRuns(x, c.zeta+1, nil, false) {
		for i := run.from; i < run.to; i++ {
			conditioned[i] = quiet
		}
	}
	first := above(movingMedian(pad(conditioned, most, half), half, 1), c.share)
	first = smoothed(first, c.beta)[half : half+len(x)]

	valid := append([]float64{}, x...)
	for _, group := range []struct {
		active bool
		longer int
	}{{false, c.atRest + 1}, {true, c.active + 1}} {
		for _, run := range zeroRuns(x, group.longer, first, group.active) {
			for i := run.from; i < run.to; i++ {
				valid[i] = math.NaN()
			}
		}
	}
	padded := pad(valid, most, c.beta-1)
	reach := func(i int) int {
		return min(max(min(i, len(padded)-1-i), c.beta/2), half)
	}
	levels := shrinkingMedian(padded, reach, 1)[c.beta-1 : c.beta-1+len(x)]
	return restAndActivity{
		active: smoothed(above(levels, c.share), 2*(c.beta-1)+1),
		unsure: tooFewAround(padded, reach, c.valid)[c.beta-1 : c.beta-1+len(x)],
	}, nil
}

// tooFewAround says around which epochs less than a share of a window is there.
func tooFewAround(x []float64, reach func(int) int, share float64) []bool {
	before := make([]int, len(x)+1) // how many are there before each
	for i, v := range x {
		before[i+1] = before[i] + one(!math.IsNaN(v))
	}
	few := make([]bool, len(x))
	for i := range x {
		from, to := max(0, i-reach(i)), min(len(x), i+reach(i)+1)
		few[i] = float64(before[to]-before[from]) < share*float64(to-from)
	}
	return few
}

// smoothed fills and clears what is shorter than size epochs. The signal was padded
// with its maximum, so beyond the ends all is active.
func smoothed(up []bool, size int) []bool {
	wide := make([]bool, len(up)+4*size)
	for i := range wide {
		wide[i] = true
	}
	copy(wide[2*size:], up)
	return opening(closing(wide, size), size)[2*size : 2*size+len(up)]
}

// zeroRuns returns the runs of least or more zeros, all of them, or those within
// stretches where up is as active says.
func zeroRuns(x []float64, least int, up []bool, active bool) []span {
	var found []span
	for i := 0; i < len(x); i++ {
		from := i
		for i < len(x) && x[i] == 0 && (up == nil || up[i] == active) {
			i++
		}
		if i-from >= least {
			found = append(found, span{from, i})
		}
	}
	return found
}

// above says which values are above their own quantile.
func above(x []float64, q float64) []bool {
	p := quantile(x, q)
	out := make([]bool, len(x))
	for i, v := range x {
		out[i] = v > p
	}
	return out
}

// pad puts n times a value before and after.
func pad(x []float64, value float64, n int) []float64 {
	out := make([]float64, len(x)+2*n)
	for i := range n {
		out[i], out[len(out)-1-i] = value, value
	}
	copy(out[n:], x)
	return out
}

func largest(x []float64) float64 {
	most := math.Inf(-1)
	for _, v := range x {
		if v > most {
			most = v
		}
	}
	return most
}
