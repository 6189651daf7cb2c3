package metrics_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/metrics"
)

// quietDuring returns the activity of a day with nothing within times of rest, from
// and to in hours.
func quietDuring(times ...float64) func(h float64) float64 {
	return func(h float64) float64 {
		for i := 0; i < len(times); i += 2 {
			from, to := times[i], times[i+1]
			if from <= h && h < to || h < to-24 {
				return 0
			}
		}
		return 100
	}
}

func TestOnsetAmongEqualWindows(t *testing.T) {
	for _, test := range []struct {
		name  string
		day   func(h float64) float64
		paper float64 // L5_onset
		note  string  // within the paper's
		first float64 // pyActigraphy's, and "" of its note where there is no tie
	}{
		{"nothing from 23:00 to 07:00", quietDuring(23, 31), 0.5, "181 windows of 5 h are equally active, and this is in the middle of those that begin from 23:00 to 02:00", 0},
		{"within the day", quietDuring(9, 15), 9.5, "61 windows", 9},
		{"an even number of windows", quietDuring(9, 14+1.0/60), 9, "2 windows", 9},
		{"two rests, the second longer", quietDuring(1, 7, 12, 20), 13.5, "242 windows of 5 h are equally active, and this is in the middle of those that begin from 12:00 to 15:00", 1},
		{"two rests as long", quietDuring(1, 7, 12, 18), 1.5, "122 windows of 5 h", 1},
		{"one window", quietDuring(3, 8), 3, "", 3},
	} {
		r := repeated(naive(2020, 1, 1, 14), time.Minute, 3, test.day)
		got := lookup(metrics.Paper, "L5_onset").Compute(metrics.Input{Recording: r})
		if math.Abs(got.Value-test.paper) > 1e-9 || !strings.Contains(got.Note, test.note) || (got.Note == "") != (test.note == "") {
			t.Errorf("%s: got %v (%s), note %q; want %v, note %q", test.name, got.Value, got.Reason, got.Note, test.paper, test.note)
		}
		theirs := lookup(metrics.PyActigraphy, "L5_onset", "threshold", raw).Compute(metrics.Input{Recording: r})
		if math.Abs(theirs.Value-test.first) > 1e-9 || strings.Contains(theirs.Note, "this is the first of the day") != (test.note != "") {
			t.Errorf("%s: pyActigraphy got %v (%s), note %q; want %v", test.name, theirs.Value, theirs.Reason, theirs.Note, test.first)
		}
	}
}

// Where the clock is set does not matter for the rule: a day that is shifted has its
// onset shifted.
func TestOnsetMovesWithTheDay(t *testing.T) {
	for shift := range 24 {
		day := func(h float64) float64 { return quietDuring(23, 31)(math.Mod(h-float64(shift)+24, 24)) }
		r := repeated(naive(2020, 1, 1, 14), time.Minute, 3, day)
		if got, want := value(t, lookup(metrics.Paper, "L5_onset"), r), math.Mod(0.5+float64(shift), 24); math.Abs(got-want) > 1e-9 {
			t.Errorf("shifted by %d h: got %v, want %v", shift, got, want)
		}
	}
}

func TestNoOnsetWhereAllWindowsAreEqual(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), time.Minute, 3, func(float64) float64 { return 7 })
	for _, id := range []string{"L5_onset", "M10_onset"} {
		got := lookup(metrics.Paper, id).Compute(metrics.Input{Recording: r})
		if !math.IsNaN(got.Value) || !strings.Contains(got.Reason, "every window of the day is equally active") || got.Note != "" {
			t.Errorf("%s: got %v, reason %q, note %q", id, got.Value, got.Reason, got.Note)
		}
	}
	if got := value(t, lookup(metrics.Paper, "L5"), r); got != 7 {
		t.Errorf("got L5 %v, want 7", got)
	}
}
