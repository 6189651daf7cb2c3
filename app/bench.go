package app

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat"

	"circascope/inference"
	"circascope/models"
)

// Bench is the speed of a model on this machine.
type Bench struct {
	Model          models.Size  `json:"model"`
	State          models.State `json:"weights_state"`
	Batch          int          `json:"batch"`
	Workers        int          `json:"workers"`
	Precision      string       `json:"precision"`
	Device         string       `json:"device"`
	DeviceName     string       `json:"device_name"`
	Weeks          int          `json:"weeks"`
	SecondsPerWeek Quantiles    `json:"seconds_per_week"` // latency: from a week's start to its embedding, in one worker
	WeeksPerMinute float64      `json:"weeks_per_minute"` // throughput of all workers
	First          float64      `json:"first_result_seconds"`
	PeakRSS        float64      `json:"peak_rss_mb"` // of the process so far; 0 where the system doesn't tell
}

// Quantiles of a latency, in seconds.
type Quantiles struct {
	Median float64 `json:"median"`
	P95    float64 `json:"p95"`
	P99    float64 `json:"p99"`
}

// Bench embeds a fixed week over and over for that long. The first result, with
// the loading of the model in it, is told apart.
func (wb *Workbench) Bench(ctx context.Context, w *models.Weights, o inference.Options, length time.Duration) (Bench, error) {
	b := Bench{Model: w.Spec.Size, State: w.State, Batch: 1}
	started := time.Now()
	err := wb.engines.with(ctx, w, o, func(e inference.Engine) error {
		rt := e.Runtime()
		b.Workers, b.Precision, b.Device, b.DeviceName = rt.Workers, rt.Precision, rt.Device.Kind, rt.Device.Name
		week := inference.Week{Key: "bench", Values: inference.FixedWeek()}
		if err := e.Embed(ctx, once(week), ignore); err != nil {
			return err
		}
		b.First = time.Since(started).Seconds()
		return b.measure(ctx, e, week, length)
	})
	b.PeakRSS = peakRSS()
	return b, err
}

func (b *Bench) measure(ctx context.Context, e inference.Engine, week inference.Week, length time.Duration) error {
	var seconds []float64
	started := time.Now()
	err := e.Embed(ctx, until(week, started.Add(length)), func(emb inference.Embedding) error {
		seconds = append(seconds, emb.Elapsed.Seconds())
		return nil
	})
	if err != nil {
		return err
	}
	if len(seconds) == 0 {
		return errors.New("no week was done in the time given; give more seconds")
	}
	b.Weeks = len(seconds)
	b.WeeksPerMinute = float64(len(seconds)) / time.Since(started).Minutes()
	slices.Sort(seconds)
	q := func(p float64) float64 { return stat.Quantile(p, stat.LinInterp, seconds, nil) }
	b.SecondsPerWeek = Quantiles{q(0.5), q(0.95), q(0.99)}
	return nil
}

func ignore(inference.Embedding) error { return nil }

func once(w inference.Week) iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) { yield(w, nil) }
}

func until(w inference.Week, end time.Time) iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) {
		for time.Now().Before(end) && yield(w, nil) {
		}
	}
}
