package latency_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"circascope/inference/latency"
)

// TestQuantilesAgainstExactOnes: nearest ranks of the sorted times, of seeded
// distributions as latencies have them.
func TestQuantilesAgainstExactOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	for _, tc := range []struct {
		name string
		draw func() float64 // seconds
	}{
		{"uniform, microseconds", func() float64 { return 1e-6 + 2e-3*rng.Float64() }},
		{"normal about 3 ms", func() float64 { return math.Abs(3e-3 + 2e-4*rng.NormFloat64()) }},
		{"log-normal about 80 ms", func() float64 { return 80e-3 * math.Exp(0.5*rng.NormFloat64()) }},
		{"exponential, seconds", func() float64 { return 2 * rng.ExpFloat64() }},
		{"two humps", func() float64 {
			if rng.IntN(10) == 0 {
				return 1.5 + 0.1*rng.Float64()
			}
			return 6e-3 + 1e-4*rng.Float64()
		}},
	} {
		for _, n := range []int{1, 2, 99, 100, 101, 20_000} {
			var r latency.Record
			var exact []time.Duration
			var sum time.Duration
			for range n {
				d := time.Duration(tc.draw() * float64(time.Second))
				r.Observe(time.Unix(0, 0), d)
				exact = append(exact, d)
				sum += d
			}
			slices.Sort(exact)
			for _, q := range []float64{0.01, 0.5, 0.95, 0.99, 1} {
				want := exact[int(math.Ceil(q*float64(n)))-1]
				got := r.Quantile(q)
				allowed := time.Duration(latency.QuantileError*float64(want)) + time.Microsecond
				if (got - want).Abs() > allowed {
					t.Errorf("%s, n %d: quantile %g is %v, want %v within %v", tc.name, n, q, got, want, allowed)
				}
			}
			if want := float64(sum) / float64(n); math.Abs(float64(r.Mean())-want) > 0.51 {
				t.Errorf("%s, n %d: mean %d ns, want %.1f", tc.name, n, r.Mean(), want)
			}
			if r.Count() != int64(n) {
				t.Errorf("%s: count %d, want %d", tc.name, r.Count(), n)
			}
		}
	}
}

func TestExtremesAndNothing(t *testing.T) {
	var r latency.Record
	if r.Count() != 0 || r.Mean() != 0 || r.Quantile(0.5) != 0 {
		t.Errorf("nothing was seen, got count %d, mean %v, p50 %v", r.Count(), r.Mean(), r.Quantile(0.5))
	}
	for _, d := range []time.Duration{-time.Second, 0, 1, 24 * time.Hour} {
		r.Observe(time.Unix(0, 0), d)
	}
	if got, want := r.Mean(), 6*time.Hour; got != want {
		t.Errorf("the mean counts a day in full: got %v, want %v", got, want)
	}
	if got := r.Quantile(1); got < time.Hour || got > time.Hour+4*time.Second {
		t.Errorf("the longest is an hour or more: got %v", got)
	}
	if got := r.Quantile(0.5); got != 0 {
		t.Errorf("less than nothing counts as nothing: p50 %v", got)
	}
}

// TestMergeIsAsIfSeenByOne: records of parts equal the record of the whole.
func TestMergeIsAsIfSeenByOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2))
	var whole latency.Record
	parts := make([]latency.Record, 4)
	for i := range parts {
		for range 150 {
			at, d := time.Unix(int64(i), 0), time.Duration(rng.IntN(5e9))
			if rng.IntN(20) == 0 {
				whole.Fail(at)
				parts[i].Fail(at)
				continue
			}
			whole.Observe(at, d)
			parts[i].Observe(at, d)
		}
	}
	var merged latency.Record
	for i := range parts {
		merged.Merge(&parts[i])
	}
	if got, want := statsOf(&merged), statsOf(&whole); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
