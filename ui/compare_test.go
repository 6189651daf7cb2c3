package ui

import (
	"strings"
	"testing"

	"circascope/app"
	"circascope/models"
)

// comparing opens the page on a view.
func comparing(f *fixture, tab string) *compare {
	f.goTo(comparePlace)
	f.settle()
	p := f.pages[comparePlace].(*compare)
	p.tabs.Set(tab)
	p.tabs.OnChange(tab)
	f.settle()
	return p
}

func wantText(t *testing.T, f *fixture, wants ...string) {
	t.Helper()
	text := textOf(f.body)
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
}

func TestCompareWithoutResultsSaysWhatToDo(t *testing.T) {
	f := withSample(t)
	comparing(f, overviewTab)
	wantText(t, f, "Nothing to compare yet", "Run PAT")
}

func TestCompareOverview(t *testing.T) {
	f := withSample(t)
	f.runAll(models.Sizes()...)
	p := comparing(f, overviewTab)
	// The fake engine's sizes are multiples of each other.
	wantText(t, f, "The same 47 weeks of 47 people", "demo weights", "Which size?", "On this machine",
		"S and M", "S and L", "M and L", "1.000", "100 %", "PAT-L", "Chance alone gives 22 %", "Debiased")
	for _, want := range []string{"pat compare", "--demo", "--scaler " + p.result.ScalerID, "--db"} {
		if got := p.command(); !strings.Contains(got, want) {
			t.Errorf("the command %q has no %q", got, want)
		}
	}
	if got := len(p.exports()); got != 7 {
		t.Errorf("%d things to export, want 7", got)
	}
}

func TestCompareMapsShowEverySize(t *testing.T) {
	f := withEmbeddings(t, models.Sizes()...)
	p := comparing(f, mapsTab)
	if got := len(p.maps.panels); got != 3 {
		t.Fatalf("%d panels, want one a size, 3", got)
	}
	wantText(t, f, "PAT-S", "PAT-M", "PAT-L")
	p.maps.hovered(5)
	if subject := p.result.Sizes[0].Set.Results[5].Subject; !strings.Contains(p.maps.hover.Text(), subject) {
		t.Errorf("the sixth week under the pointer: got %q, want %s", p.maps.hover.Text(), subject)
	}
}

func TestComparePeople(t *testing.T) {
	f := withEmbeddings(t, models.Sizes()...)
	before := f.study.chosen
	p := comparing(f, peopleTab)
	v := p.people
	if f.study.chosen != before {
		t.Error("opening the view chose another participant for all pages")
	}
	wantText(t, f, "Placed most differently", allPairs, "S and M")
	if got := len(v.samePoints(3)); got != 3 {
		t.Errorf("a week has %d points, want 3", got)
	}
	v.points.OnTap(2*47 + 7) // L's point of the eighth week
	f.settle()
	want := p.result.Sizes[0].Set.Results[7]
	if f.study.chosen != want.Recording || v.chosen.Text() != want.Subject {
		t.Errorf("a click on a point chose %s and shows %s, want %s", f.study.chosen, v.chosen.Text(), want.Subject)
	}
	v.table.OnSelect(3, []int{3})
	f.settle()
	if d := v.shown().Agreed.People[3]; f.study.chosen != d.Recording || v.chosen.Text() != d.Subject {
		t.Errorf("a click on the fourth row shows %s, want %s", v.chosen.Text(), d.Subject)
	}
	v.pair.Set("M and L")
	v.show("M and L")
	if got := v.shown(); len(got.Sizes) != 2 || got.Sizes[0].Model != models.Medium || len(v.samePoints(3)) != 2 {
		t.Errorf("the pair shows %d sizes, want M and L", len(got.Sizes))
	}
}

func TestComparePublished(t *testing.T) {
	f := withEmbeddings(t, models.Small)
	comparing(f, publishedTab)
	wantText(t, f, "0.767 / 0.771", "2411.15240", "21k weights", "NHANES 2013-14")
}

func TestCompareOneSize(t *testing.T) {
	f := withEmbeddings(t, models.Small)
	for tab, want := range map[string]string{overviewTab: "Only one size was run", peopleTab: "One size only", mapsTab: "PAT-S"} {
		comparing(f, tab)
		wantText(t, f, want)
	}
}

func TestCompareNeverMixesScalers(t *testing.T) {
	f := withEmbeddings(t, models.Sizes()...)
	o := app.RunOptions{Recordings: app.All(), Models: []models.Size{models.Small}, Prepare: defaultPreparation(), AllowDemo: true}
	o.Prepare.WeekStart = "first-sample"
	o.Scaler.Kind = app.ScalerRecording
	f.run(o)
	f.settle()
	p := comparing(f, overviewTab)
	if len(p.result.Sizes) != 3 || len(p.choice.Options) != 2 {
		t.Fatalf("got %d sizes and %d choices, want 3 and 2", len(p.result.Sizes), len(p.choice.Options))
	}
	wantText(t, f, "made in another way")
	p.choice.SetSelected(p.choice.Options[1])
	f.settle()
	if len(p.result.Sizes) != 1 || p.result.Sizes[0].Model != models.Small {
		t.Errorf("the other choice shows %d sizes, want S alone", len(p.result.Sizes))
	}
	wantText(t, f, "Only one size was run")
}

func TestCompareFitsTheWindow(t *testing.T) {
	f := withEmbeddings(t, models.Sizes()...)
	for _, tab := range []string{overviewTab, mapsTab, peopleTab, publishedTab} {
		comparing(f, tab)
		if got := f.frame.MinSize(); got.Width > 1280 || got.Height > 800 {
			t.Errorf("%s needs %v, want at most 1280x800", tab, got)
		}
	}
}
