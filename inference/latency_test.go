package inference_test

import (
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"circascope/inference"
	"circascope/models"
)

func TestLatencyOfAKnownSeries(t *testing.T) {
	l := inference.NewLatency()
	// 1 to 200 ms, one each.
	for i := 1; i <= 200; i++ {
		l.Observe(models.Small, time.Duration(i)*time.Millisecond)
	}
	l.Fail(models.Small)
	s := l.Stats(models.Small)
	if s.Count != 200 || s.Errors != 1 || s.Last != 200*time.Millisecond || s.Total != 20100*time.Millisecond {
		t.Errorf("got %+v", s)
	}
	if want := 100500 * time.Microsecond; s.Mean != want {
		t.Errorf("mean %v, want %v", s.Mean, want)
	}
	if want := 150500 * time.Microsecond; s.RecentMean != want {
		t.Errorf("mean of the last 100 %v, want %v", s.RecentMean, want)
	}
	for _, q := range []struct {
		name string
		got  time.Duration
		want float64 // ms
	}{{"p50", s.P50, 100}, {"p95", s.P95, 190}, {"p99", s.P99, 198}} {
		if got := float64(q.got) / float64(time.Millisecond); math.Abs(got-q.want) > 0.026*q.want {
			t.Errorf("%s is %.1f ms, want %.0f within 2.5 per cent", q.name, got, q.want)
		}
	}
	total := 0
	for i, b := range s.Recent {
		total += b.Count
		if i > 0 && b.From != s.Recent[i-1].To {
			t.Errorf("bar %d starts at %v, the one before ends at %v", i, b.From, s.Recent[i-1].To)
		}
	}
	if total != inference.RecentCount || s.Recent[0].From != 101*time.Millisecond {
		t.Errorf("the histogram counts %d from %v, want 100 from 101ms", total, s.Recent[0].From)
	}
}

func TestLatencyAlertsOnTheRecentMean(t *testing.T) {
	for _, tc := range []struct {
		name      string
		threshold time.Duration
		each      time.Duration
		alert     bool
	}{
		{"default, fast", 0, 900 * time.Millisecond, false},
		{"default, just at it", 0, time.Second, false},
		{"default, slow", 0, 1100 * time.Millisecond, true},
		{"stricter", 10 * time.Millisecond, 20 * time.Millisecond, true},
	} {
		l := inference.NewLatency()
		l.Alert = tc.threshold
		for range 150 {
			l.Observe(models.Large, tc.each)
		}
		if got := l.Stats(models.Large).Alert; (got != "") != tc.alert || (tc.alert && !strings.Contains(got, "PAT-L")) {
			t.Errorf("%s: alert %q", tc.name, got)
		}
	}
	l := inference.NewLatency()
	for range 50 {
		l.Observe(models.Large, time.Minute)
	}
	for range 100 {
		l.Observe(models.Large, time.Millisecond)
	}
	if s := l.Stats(models.Large); s.Alert != "" || s.Mean < time.Second {
		t.Errorf("slow ones long ago still alert: %+v", s)
	}
}

func TestLatencyExtremesAndNothing(t *testing.T) {
	l := inference.NewLatency()
	if s := l.Stats(models.Medium); s.Count != 0 || s.Recent != nil || s.Alert != "" {
		t.Errorf("nothing was seen, got %+v", s)
	}
	if got := l.All(); got != nil {
		t.Errorf("nothing was seen, got %v", got)
	}
	for _, d := range []time.Duration{-1, 0, 1, 24 * time.Hour} {
		l.Observe(models.Medium, d)
	}
	if s := l.Stats(models.Medium); s.Count != 4 || s.P99 < 5*time.Hour {
		t.Errorf("got %+v", s)
	}
}

func TestLatencyIsSafeForManyGoroutines(t *testing.T) {
	l := inference.NewLatency()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 500 {
				l.Observe(models.Small, time.Millisecond)
				l.Fail(models.Large)
				_ = l.All()
			}
		})
	}
	wg.Wait()
	if got := l.All(); len(got) != 2 || got[0].Count != 4000 || got[1].Errors != 4000 {
		t.Errorf("got %+v", got)
	}
}
