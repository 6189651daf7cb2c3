package plots_test

import (
	"math"
	"slices"
	"testing"

	"circascope/plots"
)

// overlaid is an actogram with everything that is laid over it.
func overlaid(t testing.TB, a plots.Actogram) plots.Actogram {
	t.Helper()
	a.Masks = scoredPaints(a)
	a.Off = []plots.DayOff{{Row: 2, Why: "worn 3 h, a valid day is worn 10 h"}}
	a.Counted = a.Activity
	a.Counted.Values = slices.Clone(a.Activity.Values)
	for k := range a.Counted.Row(2) {
		a.Counted.Row(2)[k] = math.NaN()
	}
	a.Windows = []plots.DayWindow{
		{Name: "L5", Words: "L5 (paper): least active 5 h", From: 23.5, Hours: 5},
		{Name: "M10", Words: "M10 (paper): most active 10 h", From: 9, Hours: 10},
	}
	a.Fit = plots.DayFit{Name: "cosinor (paper), R² 0.41", Values: cosineOf(210, 190, 15.2, 1)}
	return a
}

func TestWindowHolds(t *testing.T) {
	w := plots.DayWindow{From: 23.5, Hours: 5}
	for hour, want := range map[float64]bool{23.4: false, 23.5: true, 0: true, 4.4: true, 4.5: false, 12: false} {
		if got := w.Holds(hour); got != want {
			t.Errorf("23:30 to 04:30 holds %v h: %v, want %v", hour, got, want)
		}
	}
	if got, want := w.Legend(), ", 23:30 to 04:30"; got != want {
		t.Errorf("got the legend %q, want %q", got, want)
	}
}

// TestOffDaysAreFaded wants a day that does not count paler than the same day that
// does, the others as they were, and in a double plot its second picture too.
func TestOffDaysAreFaded(t *testing.T) {
	const w, h = 400, 200
	v := linear(7)
	var plain, faded plots.HeatmapRaster
	for _, tt := range []struct {
		days   int
		x      int // where the second picture of day 1 begins in the row of day 0
		second bool
	}{{1, 0, false}, {2, w / 2, true}} {
		v.Days, v.Off = tt.days, nil
		without := plain.Draw(square(), w, h, v)
		v.Off = []plots.DayOff{{Row: 1}}
		with := faded.Draw(square(), w, h, v)
		if a, b := without.RGBAAt(10, h*3/4-20), with.RGBAAt(10, h*3/4-20); a == b {
			t.Errorf("%d days a row: the day that does not count has the colour %v of one that does", tt.days, b)
		}
		if a, b := without.RGBAAt(10, h/4-20), with.RGBAAt(10, h/4-20); a != b {
			t.Errorf("%d days a row: the day before it has the colour %v, want %v", tt.days, b, a)
		}
		if a, b := without.RGBAAt(tt.x+10, h/4-20), with.RGBAAt(tt.x+10, h/4-20); (a != b) != tt.second {
			t.Errorf("%d days a row: beside the first day the colour goes from %v to %v, want a change: %v", tt.days, a, b, tt.second)
		}
	}
}

func TestWindowEdgesAreDrawn(t *testing.T) {
	const w, h = 480, 200
	v := linear(7)
	var plain, marked plots.HeatmapRaster
	without := plain.Draw(square(), w, h, v)
	v.Windows = []plots.DayWindow{{From: 6, Hours: 20}}
	with := marked.Draw(square(), w, h, v)
	c := plots.WindowColor(0)
	for _, x := range []int{6 * 20, 2 * 20} {
		if got := with.RGBAAt(x, 0); got != c {
			t.Errorf("at %v h the colour is %v, want the window's %v", float64(x)/20, got, c)
		}
	}
	if a, b := without.RGBAAt(12*20, 0), with.RGBAAt(12*20, 0); a != b {
		t.Errorf("inside of the window the colour is %v, want that of the activity, %v", b, a)
	}
}

func TestAverageIsOfWhatCounts(t *testing.T) {
	a := overlaid(t, actogram(t, gapped(t)))
	all, counted := a.Activity.Mean(10), a.Average().Mean(10)
	if slices.Equal(all, counted) {
		t.Error("the average day is the same with a day that does not count and without it")
	}
	a.Counted = plots.DayMatrix{}
	if got := a.Average().Mean(10); !slices.EqualFunc(got, all, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }) {
		t.Error("where nothing is known of what counts, the average day is not that of all")
	}
	if got, want := overlaid(t, a).DayLabel(2), "× "+a.Activity.Labels[2]; got != want {
		t.Errorf("the day is labelled %q, want %q", got, want)
	}
}
