package app

import (
	"context"
	"errors"
	"iter"
	"time"

	"circascope/inference"
	"circascope/inference/latency"
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
	// Latency is what the machine's record holds of this model, precision and
	// device, with the weeks measured here.
	Latency latency.Stats `json:"latency"`
}

// Quantiles of a latency, in seconds, within latency.QuantileError.
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
	resetPeakRSS()
	err := wb.engines.with(ctx, w, o, func(e inference.Engine) error {
		rt := e.Runtime()
		b.Workers, b.Precision, b.Device, b.DeviceName = rt.Workers, rt.Precision, rt.Device.Kind, rt.Device.Name
		week := inference.Week{Key: "bench", Values: inference.FixedWeek()}
		if err := e.Embed(ctx, once(week), ignore); err != nil {
			return err
		}
		b.First = time.Since(started).Seconds()
		if err := b.measure(ctx, e, week, length); err != nil {
			return err
		}
		b.Latency = wb.latency.Stats(latency.KeyOf(e))
		return nil
	})
	b.PeakRSS = peakRSS()
	if err == nil {
		wb.rememberSpeed(Speed{
			Model: b.Model, Precision: b.Precision, DeviceKind: b.Device, Workers: b.Workers,
			Weeks: b.Weeks, Seconds: 60 / b.WeeksPerMinute * float64(b.Weeks), PeakRSS: b.PeakRSS, Source: SpeedOfBench,
		})
	}
	return b, err
}

func (b *Bench) measure(ctx context.Context, e inference.Engine, week inference.Week, length time.Duration) error {
	var times latency.Record
	started := time.Now()
	err := e.Embed(ctx, until(week, started.Add(length)), func(emb inference.Embedding) error {
		times.Observe(time.Now(), emb.Elapsed)
		return nil
	})
	if err != nil {
		return err
	}
	if times.Count() == 0 {
		return errors.New("no week was done in the time given; give more seconds")
	}
	b.Weeks = int(times.Count())
	b.WeeksPerMinute = float64(b.Weeks) / time.Since(started).Minutes()
	q := func(share float64) float64 { return times.Quantile(share).Seconds() }
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
