package ui

import (
	"slices"
	"strings"
	"testing"

	"circascope/app"
	"circascope/plots"
)

func activityOf(f *fixture) *activity {
	f.goTo(activityPlace)
	f.settle()
	return f.pages[activityPlace].(*activity)
}

func TestOverlaysAreLaidOverTheActogram(t *testing.T) {
	f := withFew(t, 2)
	p := activityOf(f)
	p.over.scoring.SetSelectedIndex(1 + slices.Index(p.over.scorers, app.Scorer{ID: "sadeh", Definition: "vendor"}))
	p.over.rest.SetSelectedIndex(1 + slices.Index(app.RestSources(), app.RestTudorLocke))
	p.over.windows.SetChecked(true)
	p.over.cosinor.SetChecked(true)
	chart, src := p.figure()
	patterns := map[int]bool{}
	for _, m := range chart.Masks {
		patterns[m.Pattern] = true
	}
	if !patterns[plots.ScoredAsleep] || !patterns[plots.ScoredAwake] || !patterns[plots.RestPeriod] {
		t.Errorf("the chart has the patterns %v, want sleep, wake and rest", patterns)
	}
	if len(chart.Windows) != 2 || len(chart.Fit.Values) == 0 || src.Details["overlays"] == nil {
		t.Errorf("the chart has %d windows, a curve of %d points and the sources %v; want L5, M10, a curve, and how they were computed", len(chart.Windows), len(chart.Fit.Values), src.Details)
	}
	text := textOf(p.content())
	for _, want := range []string{"Asleep by Sadeh", "L5 (paper)", "Cosinor (paper): peak"} {
		if !strings.Contains(text, want) {
			t.Errorf("the legend does not say %q", want)
		}
	}
	words := strings.Join(p.pat(), " ")
	if want := "--scoring sadeh:vendor --rest tudor-locke --windows --cosinor"; !strings.HasSuffix(words, want) {
		t.Errorf("the command is %q, want it to end in %q", words, want)
	}
	p.over.average.SetChecked(false)
	if chart, _ := p.figure(); !chart.NoAverage {
		t.Error("the average day is still there")
	}
	if again := newOverlayPanel(f.Window, func() {}); again.choice() != p.over.choice() {
		t.Errorf("at the next start the choice is %+v, want %+v", again.choice(), p.over.choice())
	}
}

func TestAnOverlayThatCannotBeSaysWhy(t *testing.T) {
	f := withFew(t, 1)
	p := activityOf(f)
	p.over.rest.SetSelectedIndex(1 + slices.Index(app.RestSources(), app.RestHDCZA))
	if text := textOf(p.content()); !strings.Contains(text, "angle-z") {
		t.Error("the panel does not say that the recording has no angle")
	}
	if chart, _ := p.figure(); len(chart.Masks) != 0 {
		t.Errorf("the chart has %d masks, want none", len(chart.Masks))
	}
}

// TestOverlayIsComputedOnce wants one overlay for one choice, whatever else is
// drawn again.
func TestOverlayIsComputedOnce(t *testing.T) {
	f := withFew(t, 2)
	p := activityOf(f)
	before := p.over.loader.newest
	p.rows.OnChange(twoDays)
	p.scale.OnChange(evenScale)
	if got := p.over.loader.newest; got != before {
		t.Errorf("drawing otherwise computes the overlay %d times more, want none", got-before)
	}
	f.study.choose(f.study.rows[1].ID)
	f.settle()
	if got := p.over.loader.newest; got == before {
		t.Error("another recording does not have its overlay computed")
	}
}
