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

// gappy returns 120 h of integers that repeat nowhere, with gaps.
func gappy() *actigraphy.Recording {
	r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: 30 * time.Minute}
	for i := range 240 {
		v := float64(i*7919%101 + 40*(i/24%2))
		if i%11 == 3 || i >= 100 && i < 130 {
			v = math.NaN()
		}
		r.Activity = append(r.Activity, v)
	}
	return r
}

// lombOf returns a measure of the periodogram on bins of half an hour.
func lombOf(id string, parameters ...string) metrics.Metric {
	return lookup(metrics.Paper, "lomb_"+id, append([]string{"bin", "30"}, parameters...)...)
}

// The curve, its level and its highest point are those of SciPy 1.17.1's
// lombscargle with normalize=True and, for p, of Baluev's formula in Python.
func TestLombScargleAsSciPy(t *testing.T) {
	r := gappy()
	curve, err := lombOf("period").Spectrum(metrics.Input{Recording: r}, 0.05)
	if err != nil {
		t.Fatal(err)
	}
	for hours, want := range map[float64]float64{18: 0.010525420283672541, 20: 0.02156894708440011, 23.5: 0.23960792730730882, 24: 0.26564565055722544, 25: 0.24997321198715092, 30: 0.008056511328430752} {
		if got := atHours(curve, hours); math.Abs(got-want) > 1e-4 { // between points
			t.Errorf("got power %v at %v h, want %v", got, hours, want)
		}
	}
	for id, want := range map[string]float64{"period": 24.291312, "power": 0.26954325006019814, "p": 2.7349233988616106e-12} {
		if got := value(t, lombOf(id), r); math.Abs(got-want) > 1e-4*want { // p is rounded there
			t.Errorf("got lomb_%s %v, want %v", id, got, want)
		}
	}
	if want := 0.051790642193550264; math.Abs(curve.Level[0]-want) > 1e-9 || len(curve.Level) != len(curve.Hours) {
		t.Errorf("got a level of %v, want %v", curve.Level[0], want)
	}
}

// atHours returns the power of a curve at a period, on the line between its points.
func atHours(s metrics.Spectrum, hours float64) float64 {
	i := 1
	for i+1 < len(s.Hours) && s.Hours[i] < hours {
		i++
	}
	share := (hours - s.Hours[i-1]) / (s.Hours[i] - s.Hours[i-1])
	return s.Power[i-1] + share*(s.Power[i]-s.Power[i-1])
}

// Every point of the curve is what Lomb's sums with τ give.
func TestLombScargleByDefinition(t *testing.T) {
	r := gappy()
	curve, err := lombOf("period", "shortest", "6", "longest", "40").Spectrum(metrics.Input{Recording: r}, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	if len(curve.Hours) < 240 {
		t.Errorf("got %d periods, want 240 or more", len(curve.Hours))
	}
	for i, hours := range curve.Hours {
		if i > 0 && hours <= curve.Hours[i-1] || hours < 6-1e-9 || hours > 40+1e-9 {
			t.Fatalf("period %d is %v h", i, hours)
		}
		if want := lombByDefinition(r, hours); math.Abs(curve.Power[i]-want) > 1e-9 {
			t.Errorf("got power %v at %v h, want %v", curve.Power[i], hours, want)
		}
	}
}

// lombByDefinition is Scargle's formula 10 over the variance.
func lombByDefinition(r *actigraphy.Recording, hours float64) float64 {
	var times, values []float64
	mean := 0.0
	for i, v := range r.Activity {
		if !math.IsNaN(v) {
			times, values = append(times, float64(i)*r.Epoch.Hours()), append(values, v)
			mean += v
		}
	}
	mean /= float64(len(values))
	w := 2 * math.Pi / hours
	var s2, c2 float64
	for _, at := range times {
		s2 += math.Sin(2 * w * at)
		c2 += math.Cos(2 * w * at)
	}
	tau := math.Atan2(s2, c2) / (2 * w)
	var yc, ys, cc, ss, yy float64
	for i, at := range times {
		y, c, s := values[i]-mean, math.Cos(w*(at-tau)), math.Sin(w*(at-tau))
		yc, ys, cc, ss, yy = yc+y*c, ys+y*s, cc+c*c, ss+s*s, yy+y*y
	}
	return (yc*yc/cc + ys*ys/ss) / yy
}

// A sine is found through gaps that leave out the same hours of many days.
func TestLombScargleOfASineWithGaps(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, period := range []float64{19.5, 24, 25.3, 28} {
		r := &actigraphy.Recording{Start: naive(2020, 1, 1, 9), Epoch: time.Minute}
		for i := range 14 * 1440 {
			v := 100 + 30*math.Cos(2*math.Pi*float64(i)/60/period) + 20*random.NormFloat64()
			if i/1440%3 == 1 && i%1440 < 500 || i > 9000 && i < 12000 {
				v = math.NaN()
			}
			r.Activity = append(r.Activity, v)
		}
		if got := value(t, lookup(metrics.Paper, "lomb_period"), r); math.Abs(got-period) > 0.1 {
			t.Errorf("got a period of %v h, want %v", got, period)
		}
		if p := value(t, lookup(metrics.Paper, "lomb_p"), r); p > 1e-6 {
			t.Errorf("got p %v of a rhythm", p)
		}
	}
	sine := repeated(naive(2020, 1, 1, 0), time.Minute, 12, func(h float64) float64 { return 3 + math.Sin(2*math.Pi*h/24) })
	if got := value(t, lookup(metrics.Paper, "lomb_power"), sine); math.Abs(got-1) > 1e-3 {
		t.Errorf("got power %v of a sine, want 1", got)
	}
}

// Of noise, p is under 0.05 in no more than about a twentieth of recordings.
func TestLombScargleOfNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 7))
	m := lookup(metrics.Paper, "lomb_p", "bin", "60")
	low, all := 0, 400
	for range all {
		r := repeated(naive(2020, 1, 1, 0), time.Hour, 10, func(float64) float64 { return random.NormFloat64() })
		if value(t, m, r) < 0.05 {
			low++
		}
	}
	if low > all/10 || low == 0 {
		t.Errorf("p is below 0.05 in %d of %d recordings of noise", low, all)
	}
}

// The curves are marked at the period that the measure has.
func TestSpectra(t *testing.T) {
	in := metrics.Input{Recording: wavy(10, 5)}
	for _, id := range []string{"chi2_period", "lomb_period"} {
		s, err := lookup(metrics.Paper, id).Spectrum(in, 0.05)
		if err != nil {
			t.Fatal(err)
		}
		m := value(t, lookup(metrics.Paper, id), in.Recording)
		if s.Period != m || math.Abs(s.Hours[s.Peak]-m) > 0.1 || len(s.Power) != len(s.Hours) || len(s.Level) != len(s.Hours) {
			t.Errorf("%s: got a peak at %v (%v), want %v; %d periods, %d powers, %d levels", id, s.Hours[s.Peak], s.Period, m, len(s.Hours), len(s.Power), len(s.Level))
		}
		if s.Power[s.Peak] < s.Level[s.Peak] {
			t.Errorf("%s: got %v at the peak of a rhythm, under the level %v", id, s.Power[s.Peak], s.Level[s.Peak])
		}
	}
	for id, want := range map[string]string{"IS": "has no periodogram", "lomb_p": "made of epochs of 1 h"} {
		in := metrics.Input{Recording: repeated(naive(2020, 1, 1, 0), time.Hour, 10, func(float64) float64 { return 1 })}
		if _, err := lookup(metrics.Paper, id).Spectrum(in, 0.05); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got error %v, want %q", id, err, want)
		}
	}
	if _, err := lookup(metrics.Paper, "chi2_Q").Spectrum(in, 1); err == nil {
		t.Error("a level of 1 is no error")
	}
}

// The level of chi-square is the Q that has that p.
func TestChiSquareLevel(t *testing.T) {
	r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Hour}
	random := rand.New(rand.NewPCG(2, 2))
	for range 240 {
		r.Activity = append(r.Activity, random.Float64())
	}
	list := []metrics.Metric{lookup(metrics.Paper, "chi2_p", "bin", "60"), lookup(metrics.Paper, "chi2_Q", "bin", "60")}
	got := metrics.ComputeAll(metrics.Input{Recording: r}, list)
	s, err := list[0].Spectrum(metrics.Input{Recording: r}, got[0].Value)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Hours) != 13 || s.Hours[0] != 18 || s.Power[s.Peak] != got[1].Value || math.Abs(s.Level[s.Peak]-got[1].Value) > 1e-6*got[1].Value {
		t.Errorf("got a level of %v at p %v, want its Q %v; %d periods from %v h", s.Level[s.Peak], got[0].Value, got[1].Value, len(s.Hours), s.Hours[0])
	}
}
