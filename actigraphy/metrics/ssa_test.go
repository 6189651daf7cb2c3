package metrics_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"circascope/actigraphy/metrics"
)

// The shares are those of the squared singular values of the trajectory matrix.
func TestSingularSpectrumByDefinition(t *testing.T) {
	r := wavy(5, 41)
	list := hours(r, 30*time.Minute)
	const window = 48
	trajectory := mat.NewDense(window, len(list)-window+1, nil)
	for k := range len(list) - window + 1 {
		for i := range window {
			trajectory.Set(i, k, list[k+i].value)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(trajectory, mat.SVDNone) {
		t.Fatal("no singular values")
	}
	values, total := svd.Values(nil), 0.0
	for _, v := range values {
		total += v * v
	}
	got := lookup(metrics.Paper, "SSA_components", "components", "24").Compute(metrics.Input{Recording: r})
	if len(got.Parts) != 24 {
		t.Fatalf("got %d components (%s), want 24", len(got.Parts), got.Reason)
	}
	for i, part := range got.Parts {
		if want := values[i] * values[i] / total; math.Abs(part.Value-want) > 1e-10 {
			t.Errorf("component %d: got a share of %v, want %v", i+1, part.Value, want)
		}
	}
}

// Of a level c, a cosine of a day with amplitude a and one of half a day with
// amplitude b the shares are c², a²/2 and b²/2 over their sum, as far as the windows
// are whole days.
func TestSingularSpectrumOfCosines(t *testing.T) {
	const c, a, b = 100, 60, 30
	r := repeated(naive(2020, 1, 1, 5), time.Minute, 60, func(h float64) float64 {
		return c + a*math.Cos(2*math.Pi*(h-15)/24) + b*math.Cos(2*math.Pi*(h-3)/12)
	})
	total := float64(c*c + a*a/2 + b*b/2)
	for id, want := range map[string]float64{"SSA_trend": c * c / total, "SSA_circadian": a * a / 2 / total} {
		if got := value(t, lookup(metrics.Paper, id), r); math.Abs(got-want) > 2e-3 {
			t.Errorf("got %s %v, want %v", id, got, want)
		}
	}
	v := lookup(metrics.Paper, "SSA_components").Compute(metrics.Input{Recording: r})
	for i := 5; i < 10; i++ {
		if math.Abs(v.Parts[i].Value) > 1e-9 {
			t.Errorf("component %d of five has a share of %v", i+1, v.Parts[i].Value)
		}
	}
}

// A gap changes the shares little, and a series that is mostly one has none.
func TestSingularSpectrumWithGaps(t *testing.T) {
	r := wavy(14, 42)
	gap := *r
	gap.Activity = slices.Clone(r.Activity)
	for i := range gap.Activity {
		if i > 4000 && i < 5500 || i/1440 == 9 && i%1440 < 500 {
			gap.Activity[i] = math.NaN()
		}
	}
	for _, id := range []string{"SSA_trend", "SSA_circadian"} {
		got, want := value(t, lookup(metrics.Paper, id), &gap), value(t, lookup(metrics.Paper, id), r)
		if math.Abs(got-want) > 0.02 {
			t.Errorf("%s: got %v with gaps, want about %v", id, got, want)
		}
	}
	for i := range 10 * 1440 {
		gap.Activity[i] = math.NaN()
	}
	if v := lookup(metrics.Paper, "SSA_trend").Compute(metrics.Input{Recording: &gap}); v.Reason == "" {
		t.Errorf("got %v of four days of fourteen", v.Value)
	}
}
