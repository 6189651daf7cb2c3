package metrics_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// Two harmonics are found as they were made, whatever hour the recording begins
// at.
func TestHarmonicsOfTwoCosines(t *testing.T) {
	for _, hour := range []int{0, 9} {
		r := repeated(naive(2020, 1, 1, hour), time.Minute, 5, func(h float64) float64 {
			return 200 + 80*math.Cos(2*math.Pi*(h-15)/24) + 30*math.Cos(4*math.Pi*(h-15)/24)
		})
		got := lookup(metrics.Paper, "cosinor_multi_amplitude").Compute(metrics.Input{Recording: r})
		if len(got.Parts) != 2 || math.Abs(got.Parts[0].Value-80) > 1e-9 || math.Abs(got.Parts[1].Value-30) > 1e-9 {
			t.Errorf("from %d h: got amplitudes %v (%s), want 80 and 30", hour, got.Parts, got.Reason)
		}
		for id, want := range map[string]float64{"mesor": 200, "orthophase": 15, "R2": 1} {
			if got := value(t, lookup(metrics.Paper, "cosinor_multi_"+id), r); math.Abs(got-want) > 1.5/60 {
				t.Errorf("from %d h: got cosinor_multi_%s %v, want %v", hour, id, got, want)
			}
		}
	}
}

// With one harmonic it is the cosinor.
func TestOneHarmonicIsTheCosinor(t *testing.T) {
	r := wavy(6, 11)
	for _, id := range []string{"mesor", "R2", "p"} {
		one, want := value(t, lookup(metrics.Paper, "cosinor_multi_"+id, "harmonics", "1"), r), value(t, lookup(metrics.Paper, "cosinor_"+id), r)
		if math.Abs(one-want) > 1e-9*math.Abs(want) {
			t.Errorf("got %s %v with one harmonic, want the cosinor's %v", id, one, want)
		}
	}
}

// The curve that Marler's formula draws is found, and its middle is where the
// formula is half way up.
func TestExtendedCosinorOfItsCurve(t *testing.T) {
	const least, height, alpha, beta, peak = 20, 300, -0.4, 6, 14.5
	random := rand.New(rand.NewPCG(3, 3))
	r := repeated(naive(2020, 1, 1, 9), time.Minute, 7, func(h float64) float64 {
		return least + height/(1+math.Exp(-beta*(math.Cos(2*math.Pi*(h-peak)/24)-alpha))) + random.Float64() - 0.5
	})
	half := math.Acos(alpha) * 12 / math.Pi
	checkAll(t, r, "cosinor_ext_", 0.01, map[string]float64{
		"min": least, "amp": height, "alpha": alpha, "beta": beta, "acrotime": peak, "up_mesor": peak - half, "down_mesor": peak + half, "R2": 1,
	})
}

// checkAll computes Paper's measures of a prefix at once, and compares them
// within a share of what is wanted.
func checkAll(t *testing.T, r *actigraphy.Recording, prefix string, share float64, want map[string]float64) {
	t.Helper()
	var list []metrics.Metric
	for id := range want {
		list = append(list, lookup(metrics.Paper, prefix+id))
	}
	for _, got := range metrics.ComputeAll(metrics.Input{Recording: r}, list) {
		want := want[strings.TrimPrefix(got.ID, prefix)]
		if got.Reason != "" || !(math.Abs(got.Value-want) <= share*math.Abs(want)) {
			t.Errorf("got %s %v (%s), want %v", got.ID, got.Value, got.Reason, want)
		}
	}
}

// With 2 and n-3 degrees of freedom the F test's p is (1-R²) to the (n-3)/2.
func TestCosinorProbability(t *testing.T) {
	r := wavy(1, 12)
	n, r2 := float64(len(r.Activity)), value(t, lookup(metrics.Paper, "cosinor_R2"), r)
	got, want := value(t, lookup(metrics.Paper, "cosinor_p"), r), math.Pow(1-r2, (n-3)/2)
	if want > 1e-20 || math.Abs(got-want) > 1e-6*want {
		t.Errorf("got p %v of an R² of %v, want %v and less than 1e-20", got, r2, want)
	}
}

func TestAutocorrelation(t *testing.T) {
	sine := repeated(naive(2020, 1, 1, 0), time.Minute, 5, func(h float64) float64 { return 1 + math.Sin(2*math.Pi*h/24) })
	for lag, want := range map[string]float64{"24": 1, "12": -1, "6": 0} {
		if got := value(t, lookup(metrics.Paper, "autocorrelation", "lag", lag), sine); math.Abs(got-want) > 0.05 {
			t.Errorf("got %v at %s h, want %v", got, lag, want)
		}
	}
	small := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Hour, Activity: []float64{1, 4, 2, 9, math.NaN(), 3, 5}}
	// Pairs an hour apart: (1,4) (4,2) (2,9) (3,5), means 2.5 and 5.
	want := ((-1.5)*(-1) + 1.5*(-3) + (-0.5)*4 + 0.5*0) / math.Sqrt((2.25+2.25+0.25+0.25)*(1+9+16+0))
	if got := value(t, lookup(metrics.Paper, "autocorrelation", "lag", "1"), small); math.Abs(got-want) > 1e-12 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The periodogram finds the period of a free-running rhythm, and none in noise.
func TestChiSquarePeriodogram(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	made := func(amplitude float64) *actigraphy.Recording {
		r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Minute}
		for i := range 14 * 1440 {
			r.Activity = append(r.Activity, 100+amplitude*math.Cos(2*math.Pi*float64(i)/60/25)+20*random.NormFloat64())
		}
		return r
	}
	rhythm, noise := made(30), made(0)
	if got := value(t, lookup(metrics.Paper, "chi2_period"), rhythm); math.Abs(got-25) > 0.2 {
		t.Errorf("got a period of %v h, want 25", got)
	}
	if p := value(t, lookup(metrics.Paper, "chi2_p"), rhythm); p > 1e-6 {
		t.Errorf("got p %v of a rhythm", p)
	}
	if p := value(t, lookup(metrics.Paper, "chi2_p"), noise); p < 1e-3 {
		t.Errorf("got p %v of noise", p)
	}
}

func TestLightByHand(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), time.Hour, 2, func(float64) float64 { return 1 })
	light := make([]float64, len(r.Activity))
	for i := range light {
		if h := i % 24; h >= 8 && h < 18 {
			light[i] = 500
		}
	}
	r.Channels = map[string][]float64{actigraphy.ChannelLight: light}
	r.Activity[8] = math.NaN() // not worn, though there was light
	for id, want := range map[string]float64{
		"TAT": 19.0 / 47 * 1440, "MLiT": (10*12.5 + 9*13) / 19, "light_M10": 500, "light_M10_onset": 8, "light_L5": 0, "light_L5_onset": 22,
	} {
		if got := value(t, lookup(metrics.Paper, id), r); math.Abs(got-want) > 1e-9 {
			t.Errorf("got %s %v, want %v", id, got, want)
		}
	}
}

func TestSet(t *testing.T) {
	all := metrics.All(metrics.PyActigraphy)
	list, err := metrics.Set(all, []string{"IS.bin=30", "threshold=10"})
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range list {
		for _, p := range m.Parameters {
			switch {
			case p.Name == "bin" && m.ID == "IS" && p.Value != "30 min",
				p.Name == "bin" && m.ID == "IV" && p.Value != "60 min",
				p.Name == "threshold" && p.Default != "raw" && p.Value != "10",
				p.Name == "threshold" && p.Default == "raw" && p.Value != "raw":
				t.Errorf("%s: %s is %s", m.ID, p.Name, p.Value)
			}
		}
		if all[i].Parameters != nil && len(all[i].Parameters) != len(m.Parameters) {
			t.Errorf("%s: the parameters changed in number", m.ID)
		}
	}
	for _, bad := range []string{"bin", "bin=0", "bin=x", "IS.period=7", "XYZ.bin=30", "colour=red", "IS_raw.threshold=3", "period=7.5"} {
		if _, err := metrics.Set(all, []string{bad}); err == nil {
			t.Errorf("%s: got no error", bad)
		}
	}
}

// The exponent of noise is 1/2, that of its running sum 3/2.
func TestFluctuationOfNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 1))
	noise := repeated(naive(2020, 1, 1, 0), time.Minute, 30, func(float64) float64 { return 100 + random.NormFloat64() })
	walk := *noise
	walk.Activity = make([]float64, len(noise.Activity))
	at := 1e6
	for i, v := range noise.Activity {
		at += v - 100
		walk.Activity[i] = at
	}
	walk.Activity[5000] = math.NaN() // one window of each length less
	if got := value(t, lookup(metrics.Paper, "DFA_alpha"), noise); math.Abs(got-0.5) > 0.05 {
		t.Errorf("got %v of noise, want 0.5", got)
	}
	if got := value(t, lookup(metrics.Paper, "DFA_alpha"), &walk); math.Abs(got-1.5) > 0.07 {
		t.Errorf("got %v of a random walk, want 1.5", got)
	}
}

// F(n) by fitting each window's line with the textbook sums agrees.
func TestFluctuationByDefinition(t *testing.T) {
	r := wavy(3, 21)
	mean, total := 0.0, 0.0
	for _, v := range r.Activity {
		mean += v / float64(len(r.Activity))
	}
	profile := make([]float64, len(r.Activity))
	for i, v := range r.Activity {
		total += v - mean
		profile[i] = total
	}
	f := func(n int) float64 {
		squares, windows := 0.0, len(profile)/n
		for w := range windows {
			window := profile[w*n : (w+1)*n]
			var sx, sy, sxx, sxy float64
			for i, y := range window {
				x := float64(i)
				sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
			}
			slope := (float64(n)*sxy - sx*sy) / (float64(n)*sxx - sx*sx)
			for i, y := range window {
				off := y - (sy-slope*sx)/float64(n) - slope*float64(i)
				squares += off * off
			}
		}
		return math.Sqrt(squares / float64(windows*n))
	}
	var sx, sy, sxx, sxy, n float64
	for k := range 20 {
		length := int(math.Round(10 * math.Pow(48, float64(k)/19)))
		x, y := math.Log(float64(length)), math.Log(f(length))
		sx, sy, sxx, sxy, n = sx+x, sy+y, sxx+x*x, sxy+x*y, n+1
	}
	want := (n*sxy - sx*sy) / (n*sxx - sx*sx)
	if got := value(t, lookup(metrics.Paper, "DFA_alpha"), r); math.Abs(got-want) > 1e-9 {
		t.Errorf("got %v, want %v", got, want)
	}
}
