package prepare_test

import (
	"math"
	"strings"
	"testing"

	"circascope/actigraphy/prepare"
)

func TestApplyPerRecording(t *testing.T) {
	s := prepare.RecordingScaler()
	for _, test := range []struct {
		name      string
		in        []float64
		want      []float32
		weekStart prepare.WeekStart
	}{
		// Mean 5, population SD 2.
		{"plain", []float64{2, 4, 4, 4, 5, 5, 7, 9}, []float32{-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2}, prepare.FirstSample},
		{"no variation", []float64{7, 7, 7}, []float32{0, 0, 0}, "monday"},
		{"no variation, inexact mean", []float64{0.1, 0.1, 0.1}, []float32{0, 0, 0}, prepare.FirstMidnight},
	} {
		got, err := s.Apply(prepare.Week{WeekStart: test.weekStart, Values: test.in})
		if err != nil {
			t.Fatal(err)
		}
		for i := range test.want {
			// The inexact mean is an ulp off, which is all that may be left.
			if math.Abs(float64(got[i]-test.want[i])) > 1e-15 {
				t.Errorf("%s: got %v, want %v", test.name, got, test.want)
				break
			}
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	s := fit(t, cohort([]float64{1, 2}, []float64{3, 5}))
	midnight := func(values ...float64) prepare.Week { return cohort(values)[0] }
	monday := midnight(1, 2)
	monday.WeekStart = "monday"
	for _, test := range []struct {
		name   string
		scaler prepare.Scaler
		week   prepare.Week
		want   string
	}{
		{"another week start", s, monday, `starts at "monday" and the scaler "test" was fitted on weeks that start at "first-midnight"`},
		{"another length", s, midnight(1, 2, 3), "has 3 minutes"},
		{"missing", s, midnight(1, nan), "minute 2"},
		{"missing, alone", prepare.RecordingScaler(), midnight(1, nan), "minute 1"},
		{"empty", prepare.RecordingScaler(), midnight(), "no minutes"},
		{"listed without its numbers", prepare.Scaler{Kind: prepare.PerCohort, WeekStart: prepare.FirstMidnight, Weeks: 9}, midnight(1, 2), "0 means and 0 scales"},
		{"no kind", prepare.Scaler{}, midnight(1, 2), "no kind of scaler"},
	} {
		got, err := test.scaler.Apply(test.week)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, %v; want an error with %q", test.name, got, err, test.want)
		}
	}
}

func TestScalerID(t *testing.T) {
	a := cohort([]float64{1, 2}, []float64{3, 5})
	first := fit(t, a)
	if len(first.ID) != 32 {
		t.Errorf("got id %q, want 32 hex digits", first.ID)
	}
	if again := fit(t, a); again.ID != first.ID {
		t.Errorf("fitting again gave id %s, then %s", first.ID, again.ID)
	}
	renamed, err := prepare.FitCohort("other name", prepare.FirstMidnight, "MIMS", prepare.Each(a))
	if err != nil || renamed.ID != first.ID {
		t.Errorf("another name gave id %s, %v; want %s", renamed.ID, err, first.ID)
	}
	if other := fit(t, cohort([]float64{1, 2}, []float64{3, 6})); other.ID == first.ID {
		t.Error("other numbers gave the same id")
	}
	for i := range a {
		a[i].WeekStart = "monday"
	}
	monday, err := prepare.FitCohort("test", "monday", "counts", prepare.Each(a))
	if err != nil || monday.ID == first.ID {
		t.Errorf("another week start gave the same id (%v)", err)
	}
}
