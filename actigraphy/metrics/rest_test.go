package metrics_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
)

// resting returns days of rest from 23 to 7 h, with two stirs every half hour, and a nap
// from 14 to 15 h.
func resting(days int) *actigraphy.Recording {
	return repeated(naive(2024, 5, 1, 12), time.Minute, days, func(h float64) float64 {
		asleep := h >= 23 || h < 7 || h >= 14 && h < 15
		switch minute := int(math.Round(h * 60)); {
		case asleep && (minute%30 == 10 || minute%30 == 12):
			return 12
		case asleep:
			return 0
		}
		return 3000
	})
}

func period(kind diary.Kind, day, from, hours int) sleep.Period {
	at := naive(2024, 5, day, from)
	return sleep.Period{Kind: kind, From: at, To: at.Add(time.Duration(hours) * time.Hour), Origin: sleep.FromDiary}
}

// Nights of a diary are the parts, named by their evenings; the other recording's is
// none of them, and the one that is cut off has a reason.
func TestRestThatIsGiven(t *testing.T) {
	in := metrics.Input{Recording: resting(4), Rest: []sleep.Period{
		period(diary.Night, 1, 22, 9), period(diary.Nap, 2, 14, 1), period(diary.Night, 2, 22, 9),
		period(diary.Night, 5, 5, 12), period(diary.Night, 20, 22, 9),
	}}
	tib := lookup(metrics.Paper, "TIB").Compute(in)
	var labels []string
	for _, p := range tib.Parts {
		labels = append(labels, p.Label)
	}
	if got := strings.Join(labels, " "); got != "2024-05-01 2024-05-02 2024-05-04" || tib.Value != 540 {
		t.Errorf("got %v of %s, want 540 of 2024-05-01 2024-05-02 2024-05-04", tib.Value, got)
	}
	if got := tib.Parts[2].Reason; got != "the rest period is not within the recording" {
		t.Errorf("got reason %q of the night that is cut off", got)
	}
	if got := parameter(tib.Metric, "rest"); got != "diary" {
		t.Errorf("got rest %q, want diary", got)
	}
	for id, want := range map[string]float64{"valid_nights": 2, "naps": 1, "nap_TIB": 60, "TIB_SD": 0, "TIB_weekdays": 540} {
		if got := lookup(metrics.Paper, id).Compute(in); got.Value != want {
			t.Errorf("%s: got %v (%s), want %v", id, got.Value, got.Reason, want)
		}
	}
	if got := lookup(metrics.Paper, "TIB_weekends").Compute(in).Reason; !strings.Contains(got, "no valid night of Friday's and Saturday's evenings") {
		t.Errorf("got reason %q for weekends", got)
	}
	for id, want := range map[string]float64{"TIB": 4 * 540.0 / 4, "nap_TIB": 60} {
		in := in
		in.Rest = append([]sleep.Period{period(diary.Night, 3, 22, 9)}, in.Rest[:3]...)
		if got := lookup(metrics.PyActigraphy, id).Compute(in); got.Value != want {
			t.Errorf("pyactigraphy %s: got %v (%s), want %v", id, got.Value, got.Reason, want)
		}
	}
}

// Of the same rest, Actiware's numbers are those of sleep by its convention.
func TestActiwareOfRestThatIsGiven(t *testing.T) {
	in := metrics.Input{Recording: resting(3), Rest: []sleep.Period{period(diary.Night, 1, 22, 9), period(diary.Night, 2, 22, 9)}}
	oakley, _ := sleep.Find(sleep.Vendor, "oakley")
	scoring, err := oakley.Score(in.Recording, nil)
	if err != nil {
		t.Fatal(err)
	}
	nights, err := sleep.Summarise(in.Recording, scoring, in.Rest, sleep.Rules{Convention: sleep.Immobility, Longest: 48 * time.Hour, MaxUnknown: 1})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]float64{"mobile": nights[0].Mobile, "brief_immobile": nights[0].BriefImmobile, "fragmentation_actiware": nights[0].ActiwareFragment} {
		if got := lookup(metrics.Vendor, id).Compute(in); len(got.Parts) != 2 || got.Parts[0].Value != want || want == 0 {
			t.Errorf("%s: got %v (%s), want %v of the first of 2 nights", id, got.Parts, got.Reason, want)
		}
	}
	got := lookup(metrics.Vendor, "SE", "scoring", "oakley", "convention", "immobility").Compute(in)
	if len(got.Parts) != 2 || got.Parts[0].Value != nights[0].SE {
		t.Errorf("SE: got %v (%s), want %v", got.Parts, got.Reason, nights[0].SE)
	}
	in.Rest = nil
	if got := lookup(metrics.Vendor, "mobile").Compute(in).Reason; !strings.Contains(got, "how Actiware finds its own is not known") {
		t.Errorf("got reason %q without rest", got)
	}
}

// Without rest periods they are found, and the value says how.
func TestRestThatIsFound(t *testing.T) {
	in := metrics.Input{Recording: resting(7)}
	for _, way := range []string{"crespo", "roenneberg", "tudor-locke"} {
		got := lookup(metrics.Paper, "TST", "rest", way, "scoring", "cole-kripke").Compute(in)
		if way != parameter(got.Metric, "rest") || math.Abs(got.Value-480) > 30 {
			t.Errorf("%s: got %v (%s) of rest %s, want about 480", way, got.Value, got.Reason, parameter(got.Metric, "rest"))
		}
	}
	in.Rest = []sleep.Period{}
	if got := lookup(metrics.Paper, "TST").Compute(in); got.Reason != "the rest periods that are given are none" || parameter(got.Metric, "rest") != "none given" {
		t.Errorf("got reason %q, rest %q, of no periods", got.Reason, parameter(got.Metric, "rest"))
	}
}
