package app_test

import (
	"testing"
	"time"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
)

// TestBench measures the fake engine for a time and for a number of weeks.
func TestBench(t *testing.T) {
	b := newBench(t)
	w, err := b.Weights(t.Context(), models.Small, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		length app.BenchLength
		weeks  int // 0: some
	}{
		{"for a time", app.BenchLength{Time: 20 * time.Millisecond}, 0},
		{"for 64 weeks", app.BenchLength{Time: time.Millisecond, Weeks: 64}, 64},
	} {
		got, err := b.Bench(t.Context(), w, inference.Options{}, c.length)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got.Weeks == 0 || (c.weeks != 0 && got.Weeks != c.weeks) {
			t.Errorf("%s: %d weeks, want %d", c.name, got.Weeks, c.weeks)
		}
		if got.Model != models.Small || got.Batch != 1 || got.Precision == "" || got.Device == "" {
			t.Errorf("%s: got %+v", c.name, got)
		}
		for name, q := range map[string]app.Quantiles{"single week": got.SingleWeek, "all workers": got.SecondsPerWeek} {
			if !(q.Median > 0 && q.Median <= q.P95 && q.P95 <= q.P99) {
				t.Errorf("%s, %s: quantiles %+v", c.name, name, q)
			}
		}
		if got.Effective <= 0 || got.First <= 0 {
			t.Errorf("%s: %g s a week, first result after %g s", c.name, got.Effective, got.First)
		}
	}
}
