package metrics_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
)

// Three nights from 23 to 7 h, the second an hour later: of the pairs of the first
// night's epochs an hour at each end differs, and so of the second's.
func TestRegularityOfRestByHand(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 12), time.Minute, 3, func(h float64) float64 { return 50 })
	night := func(day, late int) sleep.Period {
		from := r.Start.Add(time.Duration(24*day+11+late) * time.Hour)
		return sleep.Period{Kind: diary.Night, From: from, To: from.Add(8 * time.Hour), Origin: sleep.FromDiary}
	}
	in := metrics.Input{Recording: r, Rest: []sleep.Period{night(0, 0), night(1, 1), night(2, 0)}}
	got := lookup(metrics.Paper, "SRI_rest").Compute(in)
	if want := -100 + 200*(48.0-4)/48; math.Abs(got.Value-want) > 1e-9 {
		t.Errorf("got %v (%s), want %v", got.Value, got.Reason, want)
	}
	if stated := parameterOf(got.Metric, "rest"); stated != "diary" {
		t.Errorf("the rest is stated to be of %q", stated)
	}
	for i := range 60 { // not recorded from noon to 13 h, both times awake
		r.Activity[i] = math.NaN()
	}
	if got, want := lookup(metrics.Paper, "SRI_rest").Compute(in).Value, -100+200*(47.0-4)/47; math.Abs(got-want) > 1e-9 {
		t.Errorf("with an hour missing: got %v, want %v", got, want)
	}
}

func TestRegularityOfRestThatIsFound(t *testing.T) {
	week := versionRecordings()[0]
	for way, least := range map[string]float64{"crespo": 60, "roenneberg": 60} {
		got := lookup(metrics.Paper, "SRI_rest", "rest", way).Compute(metrics.Input{Recording: week})
		if got.Reason != "" || got.Value < least || got.Value > 100 {
			t.Errorf("%s: got %v (%s), want %v to 100", way, got.Value, got.Reason, least)
		}
	}
	scored := lookup(metrics.Paper, "SRI_rest", "rest", "tudor-locke", "scoring", "sadeh").Compute(metrics.Input{Recording: week})
	if scored.Reason != "" || parameterOf(scored.Metric, "scoring") != "sadeh" {
		t.Errorf("by scoring: got %v (%s) by %q, want a number by sadeh", scored.Value, scored.Reason, parameterOf(scored.Metric, "scoring"))
	}
	found := lookup(metrics.Paper, "SRI_rest", "scoring", "sadeh").Compute(metrics.Input{Recording: week})
	if found.Reason != "" || parameterOf(found.Metric, "scoring") != "" {
		t.Errorf("by crespo: got %v (%s) by the scoring %q, want a number that does not name one", found.Value, found.Reason, parameterOf(found.Metric, "scoring"))
	}
	for want, m := range map[string]metrics.Metric{
		"masda_seed is set, and crespo (paper) has none": lookup(metrics.Paper, "SRI_rest", "masda_seed", "20"),
		"no channel \"angle-z\"":                         lookup(metrics.Paper, "SRI_rest", "rest", "hdcza"),
	} {
		if got := m.Compute(metrics.Input{Recording: week}); !strings.Contains(got.Reason, want) {
			t.Errorf("got %v, reason %q, want %q", got.Value, got.Reason, want)
		}
	}
}

// Rest that is found where the device is often off at night comes with a note; rest that
// is given does not.
func TestRestFoundAtTheHipHasANote(t *testing.T) {
	week := *versionRecordings()[0]
	given := []sleep.Period{{Kind: diary.Night, From: week.Start.Add(11 * time.Hour), To: week.Start.Add(19 * time.Hour), Origin: sleep.FromDiary}}
	for _, c := range []struct {
		site  string
		given []sleep.Period
		want  bool
	}{{"hip", nil, true}, {"left waist", nil, true}, {"wrist", nil, false}, {"", nil, false}, {"hip", given, false}} {
		week.Site = c.site
		got := lookup(metrics.Paper, "TIB").Compute(metrics.Input{Recording: &week, Rest: c.given})
		if math.IsNaN(got.Value) || (got.Note != "") != c.want {
			t.Errorf("%q, %d given: got %v (%s) with the note %q, want one: %v", c.site, len(c.given), got.Value, got.Reason, got.Note, c.want)
		}
	}
}
