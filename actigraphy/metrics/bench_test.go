package metrics_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// year returns a year of minutes: a day's wave with noise.
func year() *actigraphy.Recording {
	random := rand.New(rand.NewPCG(1, 2))
	return repeated(naive(2020, 1, 1, 14), time.Minute, 365, func(h float64) float64 {
		return math.Floor(200 * (1 + math.Sin(2*math.Pi*h/24)) * random.ExpFloat64())
	})
}

// BenchmarkStabilityOfAYear computes IS, IV, ISm and IVm of a year of minutes.
func BenchmarkStabilityOfAYear(b *testing.B) {
	r := year()
	for _, d := range []metrics.Definition{metrics.Paper, metrics.PyActigraphy} {
		list := []metrics.Metric{lookup(d, "IS"), lookup(d, "IV"), lookup(d, "ISm"), lookup(d, "IVm")}
		b.Run(string(d), func(b *testing.B) {
			for b.Loop() {
				metrics.ComputeAll(metrics.Input{Recording: r}, list)
			}
		})
	}
}

// BenchmarkEachMeasureOfAYear computes each measure alone.
func BenchmarkEachMeasureOfAYear(b *testing.B) {
	r := year()
	for _, m := range metrics.All(metrics.Paper) {
		b.Run(m.ID, func(b *testing.B) {
			for b.Loop() {
				m.Compute(metrics.Input{Recording: r})
			}
		})
	}
}

// BenchmarkWeek computes all of Paper's measures of a week of minutes.
func BenchmarkWeek(b *testing.B) {
	r := year()
	r.Activity = r.Activity[:7*1440]
	in, list := metrics.Input{Recording: r}, metrics.All(metrics.Paper)
	for b.Loop() {
		metrics.ComputeAll(in, list)
	}
}
