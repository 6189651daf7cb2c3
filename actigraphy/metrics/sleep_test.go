package metrics_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/metrics"
)

// A word is one of the list, and what the algorithm does by itself is in the value.
func TestScoringParameters(t *testing.T) {
	r := wavy(3, 5)
	sri := lookup(metrics.Paper, "SRI")
	if _, err := sri.With("scoring", "guessing"); err == nil || !strings.Contains(err.Error(), "want one of cole-kripke, ") {
		t.Errorf("got error %v, want one that names the algorithms", err)
	}
	got := lookup(metrics.Paper, "SRI", "scoring", "sadeh").Compute(metrics.Input{Recording: r})
	var names []string
	for _, p := range got.Parameters {
		names = append(names, p.Name+"="+p.Value)
	}
	if want := "scoring=sadeh scoring_threshold=0 cap=300 rescore=0"; strings.Join(names, " ") != want {
		t.Errorf("got parameters %v, want %s", names, want)
	}
	got = lookup(metrics.Paper, "SRI", "scoring", "sadeh", "divisor", "50").Compute(metrics.Input{Recording: r})
	if !math.IsNaN(got.Value) || got.Reason != "divisor is set, and sadeh (paper) has none" {
		t.Errorf("got %v, reason %q", got.Value, got.Reason)
	}
}

// Sleep from 23 to 7 h every day is as regular as can be, and lies around 3 h less
// half an epoch.
func TestRegularSleep(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), time.Minute, 7, func(h float64) float64 {
		if h >= 23 || h < 7 {
			return 0
		}
		return 5000
	})
	if got := value(t, lookup(metrics.Paper, "SRI"), r); got != 100 {
		t.Errorf("got SRI %v, want 100", got)
	}
	if got := value(t, lookup(metrics.Paper, "sleep_midpoint"), r); math.Abs(got-3) > 0.1 {
		t.Errorf("got midpoint %v, want about 3", got)
	}
}
