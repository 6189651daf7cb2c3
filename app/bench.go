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
	SecondsPerWeek Quantiles    `json:"seconds_per_week"`    // latency with every worker busy: from a week's start to its embedding
	SingleWeek     Quantiles    `json:"single_week_seconds"` // latency of one week at a time, alone on the machine
	Effective      float64      `json:"effective_seconds_per_week"`
	WeeksPerMinute float64      `json:"weeks_per_minute"` // throughput of all workers
	First          float64      `json:"first_result_seconds"`
	PeakRSS        float64      `json:"peak_rss_mb"` // of the process since the measurement began; 0 where the system doesn't tell
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

// BenchLength is how long to measure.
type BenchLength struct {
	Time  time.Duration // a quarter of it for one week at a time
	Weeks int           // where given, the throughput is of so many weeks
}

// Bench embeds a fixed week over and over, first one at a time, then with every
// worker busy. The first result, with the loading of the model in it, is told
// apart.
func (wb *Workbench) Bench(ctx context.Context, w *models.Weights, o inference.Options, length BenchLength) (Bench, error) {
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
		if err := b.measureSingle(ctx, e, week, length.Time/4); err != nil {
			return err
		}
		if err := b.measureAll(ctx, e, length.weeks(week)); err != nil {
			return err
		}
		b.Latency = wb.latency.Stats(latency.KeyOf(e))
		return nil
	})
	b.PeakRSS = peakRSS()
	if err == nil {
		wb.rememberSpeed(Speed{
			Model: b.Model, Precision: b.Precision, DeviceKind: b.Device, Workers: b.Workers,
			Weeks: b.Weeks, Seconds: b.Effective * float64(b.Weeks), PeakRSS: b.PeakRSS, Source: SpeedOfBench,
		})
	}
	return b, err
}

// weeks is the week over and over, until the length is reached.
func (l BenchLength) weeks(week inference.Week) iter.Seq2[inference.Week, error] {
	if l.Weeks > 0 {
		return times(week, l.Weeks)
	}
	return until(week, time.Now().Add(l.Time-l.Time/4))
}

// measureSingle embeds the week alone for that long, and once at least.
func (b *Bench) measureSingle(ctx context.Context, e inference.Engine, week inference.Week, length time.Duration) error {
	var seen latency.Record
	for end := time.Now().Add(length); seen.Count() == 0 || time.Now().Before(end); {
		if err := e.Embed(ctx, once(week), observe(&seen)); err != nil {
			return err
		}
	}
	b.SingleWeek = quantiles(&seen)
	return nil
}

// measureAll embeds weeks with every worker.
func (b *Bench) measureAll(ctx context.Context, e inference.Engine, weeks iter.Seq2[inference.Week, error]) error {
	var seen latency.Record
	started := time.Now()
	if err := e.Embed(ctx, weeks, observe(&seen)); err != nil {
		return err
	}
	if seen.Count() == 0 {
		return errors.New("no week was done in the time given; give more seconds")
	}
	b.Weeks = int(seen.Count())
	b.Effective = time.Since(started).Seconds() / float64(b.Weeks)
	b.WeeksPerMinute = 60 / b.Effective
	b.SecondsPerWeek = quantiles(&seen)
	return nil
}

func observe(r *latency.Record) func(inference.Embedding) error {
	return func(emb inference.Embedding) error {
		r.Observe(time.Now(), emb.Elapsed)
		return nil
	}
}

func quantiles(r *latency.Record) Quantiles {
	q := func(share float64) float64 { return r.Quantile(share).Seconds() }
	return Quantiles{q(0.5), q(0.95), q(0.99)}
}

func ignore(inference.Embedding) error { return nil }

func once(w inference.Week) iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) { yield(w, nil) }
}

func times(w inference.Week, n int) iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) {
		for range n {
			if !yield(w, nil) {
				return
			}
		}
	}
}

func until(w inference.Week, end time.Time) iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) {
		for time.Now().Before(end) && yield(w, nil) {
		}
	}
}
