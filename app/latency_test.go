package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"circascope/app"
	"circascope/inference"
	"circascope/inference/latency"
	"circascope/models"
)

// fakeKey is what the embeddings of the fake engine count under.
func fakeKey(s models.Size) latency.Key {
	return latency.Key{Model: s, Precision: "float32", DeviceKind: "CPU", DeviceName: "none"}
}

func TestEveryEmbeddingIsCountedOnce(t *testing.T) {
	b := newBench(t).withSample(t)
	w, err := b.Weights(t.Context(), models.Small, true)
	if err != nil {
		t.Fatal(err)
	}
	week := func(yield func(inference.Week, error) bool) {
		yield(inference.Week{Key: "one", Values: inference.FixedWeek()}, nil)
	}
	for _, tc := range []struct {
		name string
		do   func() error
	}{
		{"a run", func() error { _, err := b.Run(t.Context(), demoRun(models.Small), nil); return err }},
		{"weeks from a file", func() error {
			_, err := b.Embed(t.Context(), w, inference.Options{}, week, func(inference.Embedding) error { return nil })
			return err
		}},
		{"a benchmark", func() error {
			bench, err := b.Bench(t.Context(), w, inference.Options{}, app.BenchLength{Time: 20 * time.Millisecond})
			if bench.Latency.Count < int64(bench.Weeks) {
				t.Errorf("the benchmark tells of %d weeks, %d of them its own", bench.Latency.Count, bench.Weeks)
			}
			return err
		}},
		// Last: it takes a fingerprint, and from then on every load of a model
		// embeds a day that is not counted, to compare.
		{"a health check", func() error {
			if h := b.Health(t.Context(), app.HealthOptions{Sizes: []models.Size{models.Small}, AllowDemo: true}); h.Latency == nil || h.Latency.Count == 0 {
				t.Errorf("the health check tells of %+v", h.Latency)
			}
			return nil
		}},
	} {
		before, weeks := b.Latency().Stats(fakeKey(models.Small)).Count, b.weeks
		if err := tc.do(); err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		got := b.Latency().Stats(fakeKey(models.Small)).Count - before
		if want := int64(b.weeks - weeks); got != want || want == 0 {
			t.Errorf("%s: %d embeddings were counted, want %d", tc.name, got, want)
		}
	}
}

func TestWhatIsNotTheEnginesFaultIsNoError(t *testing.T) {
	b := newBench(t).withSample(t)
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := b.Run(ctx, demoRun(models.Small), func(done, _ int64, _ string) {
		if done == 5 {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
	w, err := b.Weights(t.Context(), models.Small, true)
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	if _, err := b.Embed(t.Context(), w, inference.Options{}, func(yield func(inference.Week, error) bool) {
		yield(inference.Week{Key: "one", Values: inference.FixedWeek()}, nil)
	}, func(inference.Embedding) error { return full }); !errors.Is(err, full) {
		t.Fatalf("got %v, want %v", err, full)
	}
	if s := b.Latency().Stats(fakeKey(models.Small)); s.Errors != 0 || s.Count == 0 {
		t.Errorf("counted %d embeddings and %d errors, want none of these", s.Count, s.Errors)
	}
}

func TestLatencyExports(t *testing.T) {
	b := newBench(t)
	w, err := b.Weights(t.Context(), models.Small, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.LatencyRecordChart(fakeKey(models.Small)); err == nil {
		t.Error("a chart of nothing was made")
	}
	if _, err := b.Bench(t.Context(), w, inference.Options{}, app.BenchLength{Time: 5 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	table := app.LatencyTable(b.Latency().All())
	typed(t, table, "model", "precision", "device", "device_name", "alerts", "last")
	if len(table.Rows) != 1 || len(table.Rows[0]) != len(table.Header) {
		t.Fatalf("got %v", table)
	}
	for i, want := range map[int]string{0: "PAT-S", 1: "float32", 2: "CPU", 3: "none", 5: "0", 6: "0.001", 7: "0.001"} {
		if got := table.Rows[0][i]; got != want {
			t.Errorf("%s is %s, want %s", table.Header[i], got, want)
		}
	}
	chart, _, err := b.LatencyRecordChart(fakeKey(models.Small))
	if err != nil || len(chart.Seconds) != 1 || chart.Counts[0] != b.Latency().Stats(fakeKey(models.Small)).Count {
		t.Errorf("got %+v, %v", chart, err)
	}
}
