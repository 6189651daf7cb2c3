package sleep_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat"

	"circascope/actigraphy/sleep"
)

var nan = math.NaN()

// The algorithms a second time, by the sums of their definitions, one epoch at a
// time.

// at returns the value of an epoch, NaN or 0 beyond the ends.
func at(x []float64, i int, beyond float64) float64 {
	if i < 0 || i >= len(x) {
		return beyond
	}
	return x[i]
}

// byLag scores with weights by lag.
func byLag(x []float64, weights map[int]float64, beyond float64, asleep func(d float64) bool) string {
	var out strings.Builder
	for i := range x {
		d := 0.0
		for lag := -30; lag <= 30; lag++ {
			if w, there := weights[lag]; there {
				d += w * at(x, i+lag, beyond)
			}
		}
		out.WriteByte(letter(d, asleep))
	}
	return out.String()
}

func letter(d float64, asleep func(float64) bool) byte {
	switch {
	case math.IsNaN(d):
		return '?'
	case asleep(d):
		return 'S'
	}
	return 'W'
}

func secondColeKripke(x []float64) string {
	reduced := make([]float64, len(x))
	for i, v := range x {
		reduced[i] = math.Min(v/100, 300)
	}
	w := map[int]float64{-4: .106, -3: .054, -2: .058, -1: .076, 0: .230, 1: .074, 2: .067}
	return byLag(reduced, w, 0, func(d float64) bool { return d < 1-1e-12 })
}

func secondScripps(x []float64) string {
	w := map[int]float64{
		-10: .0064, -9: .0074, -8: .0112, -7: .0112, -6: .0118, -5: .0118, -4: .0128,
		-3: .0188, -2: .0280, -1: .0664, 0: .0300, 1: .0112, 2: .0100,
	}
	return byLag(x, w, nan, func(d float64) bool { return .204*d < 1 })
}

func secondOakley(x []float64) string {
	w := map[int]float64{-2: .04, -1: .2, 0: 1, 1: .2, 2: .04}
	return byLag(x, w, nan, func(a float64) bool { return a <= 40 })
}

func secondSadeh(x []float64) string {
	var out strings.Builder
	for i := range x {
		var around, last []float64
		nat := 0.0
		for lag := -5; lag <= 5; lag++ {
			v := math.Min(at(x, i+lag, nan), 300)
			around = append(around, v)
			if lag <= 0 {
				last = append(last, v)
			}
			if 50 <= v && v < 100 {
				nat++
			}
		}
		ps := 7.601 - .065*stat.Mean(around, nil) - 1.08*nat - .056*stat.StdDev(last, nil) - .703*math.Log(math.Min(x[i], 300)+1)
		out.WriteByte(letter(ps, func(ps float64) bool { return ps >= 0 }))
	}
	return out.String()
}

// noisy draws activity with the bounds of every rule in it, and missing epochs.
func noisy(seed uint64, n int) []float64 {
	random := rand.New(rand.NewPCG(seed, 7))
	values := []float64{0, 0, 0, 1, 20, 40, 49, 50, 51, 99, 100, 101, 299, 300, 301, 500, 3000, 40000}
	x := make([]float64, n)
	for i := range x {
		calm := random.IntN(4) > 0
		switch {
		case random.IntN(60) == 0:
			x[i] = nan
		case calm:
			x[i] = values[random.IntN(5)]
		default:
			x[i] = values[random.IntN(len(values))]
		}
	}
	return x
}

func TestSecondImplementation(t *testing.T) {
	for name, c := range map[string]struct {
		d      sleep.Definition
		epoch  time.Duration
		second func([]float64) string
	}{
		"cole-kripke": {sleep.Vendor, time.Minute, secondColeKripke},
		"scripps":     {sleep.Paper, 30 * time.Second, secondScripps},
		"oakley":      {sleep.Paper, time.Minute, secondOakley},
		"sadeh":       {sleep.Paper, time.Minute, secondSadeh},
	} {
		for seed := range uint64(5) {
			x := noisy(seed, 3000)
			got := mustScore(t, recorded(c.epoch, x...), c.d, name, nil).States
			wantStates(t, name, got, c.second(x))
			if n := strings.Count(states(got), "S"); n == 0 || n == len(x) {
				t.Fatalf("%s: %d epochs of sleep say nothing", name, n)
			}
		}
	}
}

// secondRoenneberg follows each seed with a series of ones that grows, and
// correlates it with the still epochs.
func secondRoenneberg(x []float64) []byte {
	out := make([]byte, len(x))
	for i, v := range x {
		sum, n := 0.0, 0
		for j := max(0, i-720); j < min(len(x), i+720); j++ {
			sum, n = sum+x[j], n+1
		}
		out[i] = 'W'
		if v <= .15*sum/float64(n) {
			out[i] = 'S'
		}
	}
	stillness := string(out)
	end := 0
	for i := 0; i < len(x); i++ {
		begins := strings.HasPrefix(stillness[i:], strings.Repeat("S", 30)) && (i == 0 || stillness[i-1] == 'W')
		if i < end || !begins {
			continue
		}
		if length := secondBest(stillness[i:min(len(x), i+720)]); length > 0 {
			for j := end; j < i; j++ {
				out[j] = 'W'
			}
			end = i + length
			for j := i; j < end; j++ {
				out[j] = 'S'
			}
		}
	}
	for j := end; j < len(x); j++ {
		out[j] = 'W'
	}
	return out
}

func secondBest(stillness string) int {
	series, ones := make([]float64, len(stillness)), make([]float64, len(stillness))
	for i, c := range stillness {
		if c == 'S' {
			series[i] = 1
		}
	}
	var r []float64
	for i := range len(series) - 1 {
		ones[i] = 1
		r = append(r, stat.Correlation(series, ones, nil))
	}
	best := 0
	for i := range r {
		if i+31 < len(r) && slices.Max(r[i+1:i+32]) < r[i]-1e-12 && (best == 0 || r[i] > r[best-1]+1e-12) {
			best = i + 1
		}
	}
	return best
}

func TestRoennebergSecond(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	x := make([]float64, 5*1440)
	for i := range x {
		night := i%1440 > 700 && i%1440 < 1150
		if (night && random.IntN(12) == 0) || (!night && random.IntN(3) > 0) {
			x[i] = float64(50 + random.IntN(400))
		}
	}
	got := states(mustScore(t, recorded(time.Minute, x...), sleep.PyActigraphy, "roenneberg", nil).States)
	want := string(secondRoenneberg(x))
	if got != want {
		t.Errorf("states: %s", differing(got, want))
	}
	if n := strings.Count(got, "WS"); n < 4 {
		t.Errorf("got %d sleeps in 5 nights", n)
	}
}

// naiveMedian is the median of what is there around each epoch.
func naiveMedian(x []float64, reach func(int) int) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		var there []float64
		for j := max(0, i-reach(i)); j <= min(len(x)-1, i+reach(i)); j++ {
			if !math.IsNaN(x[j]) {
				there = append(there, x[j])
			}
		}
		out[i] = nan
		if slices.Sort(there); len(there) > 0 {
			out[i] = (there[len(there)/2] + there[(len(there)-1)/2]) / 2
		}
	}
	return out
}

// secondRank is true above the quantile a third of the way through the sorted values.
func secondRank(x []float64) []bool {
	sorted := slices.DeleteFunc(slices.Clone(x), math.IsNaN)
	slices.Sort(sorted)
	place := float64(len(sorted)-1) * 8 / 24
	low := sorted[int(place)]
	p := low + (place-math.Floor(place))*(sorted[int(place)+1]-low)
	out := make([]bool, len(x))
	for i, v := range x {
		out[i] = v > p
	}
	return out
}

// secondMorphology closes, then opens, by windows; beyond the ends all is active.
func secondMorphology(x []bool, size int) []bool {
	pass := func(x []bool, all bool) []bool {
		out := make([]bool, len(x))
		for i := range x {
			n := 0
			for j := i - size/2; j <= i+size/2; j++ {
				if j < 0 || j >= len(x) || x[j] {
					n++
				}
			}
			out[i] = n == size || !all && n > 0
		}
		return out
	}
	ends := slices.Repeat([]bool{true}, 2*size)
	wide := slices.Concat(ends, x, ends)
	return pass(pass(pass(pass(wide, false), true), true), false)[2*size : 2*size+len(x)]
}

func secondCrespo(x []float64) string {
	most := slices.Max(x)
	padded := func(x []float64, n int) []float64 {
		side := slices.Repeat([]float64{most}, n)
		return slices.Concat(side, x, side)
	}
	runsOfZeros := func(x []float64, longer int, in func(int) bool, set float64) {
		for i := 0; i < len(x); i++ {
			n := 0
			for i+n < len(x) && x[i+n] == 0 && in(i+n) {
				n++
			}
			for j := 0; j < n && n > longer; j++ {
				x[i+j] = set
			}
			i += n
		}
	}
	sorted := slices.Sorted(slices.Values(x))
	place := .33 * float64(len(x)-1)
	low := sorted[int(place)]
	conditioned := slices.Clone(x)
	runsOfZeros(conditioned, 15, func(int) bool { return true }, low+(place-math.Floor(place))*(sorted[int(place)+1]-low))
	first := secondMorphology(secondRank(naiveMedian(padded(conditioned, 240), func(int) int { return 240 })), 61)[240:]
	valid := slices.Clone(x)
	runsOfZeros(valid, 30, func(i int) bool { return !first[i] }, nan)
	runsOfZeros(valid, 2, func(i int) bool { return first[i] }, nan)
	wide := padded(valid, 60)
	levels := naiveMedian(wide, func(i int) int { return max(30, min(240, i, len(wide)-1-i)) })[60 : 60+len(x)]
	var out strings.Builder
	for _, up := range secondMorphology(secondRank(levels), 121) {
		out.WriteByte(map[bool]byte{true: 'W', false: 'R'}[up])
	}
	return out.String()
}

func TestCrespoSecond(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 1))
	x := make([]float64, 3*1440)
	for i := range x {
		night := i%1440 > 700 && i%1440 < 1150
		if (night && random.IntN(12) == 0) || (!night && random.IntN(3) > 0) {
			x[i] = float64(50 + random.IntN(400))
		}
	}
	got := states(mustScore(t, recorded(time.Minute, x...), sleep.Paper, "crespo", nil).States)
	if want := secondCrespo(x); got != want {
		t.Errorf("states: %s", differing(got, want))
	}
	if n := strings.Count(got, "WR"); n != 3 {
		t.Errorf("got %d times of rest, want 3", n)
	}
}
