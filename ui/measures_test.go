package ui

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"circascope/actigraphy/metrics"
	"circascope/app"
)

func TestMeasureRows(t *testing.T) {
	of := func(id string, g metrics.Group, v float64) metrics.Value {
		return metrics.Value{Metric: metrics.Metric{ID: id, Name: "name of " + id, Group: g}, Value: v}
	}
	first := []metrics.Value{of("IS", "rhythm", .5), of("R2", "cosinor", .4), of("IS_raw", "rhythm", .5)}
	all := map[metrics.Group]bool{"rhythm": true, "cosinor": true, "sleep": true}
	second := []metrics.Value{of("IS", "rhythm", .6), of("IS_raw", "rhythm", .5), of("SE", "sleep", 90)}
	tests := []struct {
		name   string
		sets   [][]metrics.Value
		search string
		open   map[metrics.Group]bool
		want   []string
	}{
		{"by group; a raw form that says the same is left out", [][]metrics.Value{first}, "", all, []string{"[rhythm]", "IS", "[cosinor]", "R2"}},
		{"two sets: what only one has is there, and a raw form that differs", [][]metrics.Value{first, second}, "", all, []string{"[rhythm]", "IS", "IS_raw", "[cosinor]", "R2", "[sleep]", "SE"}},
		{"folded", [][]metrics.Value{first}, "", map[metrics.Group]bool{"cosinor": true}, []string{"[rhythm]", "[cosinor]", "R2"}},
		{"a search looks into what is folded", [][]metrics.Value{first}, "name is", nil, []string{"[rhythm]", "IS"}},
		{"by the group's name", [][]metrics.Value{first}, "COSI", nil, []string{"[cosinor]", "R2"}},
		{"nothing found", [][]metrics.Value{first}, "zzz", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range measureRows(tt.sets, tt.search, tt.open) {
				if r.heading {
					got = append(got, "["+string(r.group)+"]")
				} else {
					got = append(got, r.id)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMeasureWordsOfAPlace(t *testing.T) {
	tests := []struct {
		value  float64
		others []float64
		onDay  bool
		want   string
	}{
		{3, []float64{1, 2, 4, 5, 2}, false, "higher than 3 of 5"},
		{0, []float64{0, 0, 1, 2}, false, "lower than 2 of 4"},
		{9, []float64{1, 2}, false, "the highest of 3"},
		{0, []float64{1, 2}, false, "the lowest of 3"},
		{23, []float64{1, 2}, true, "the earliest of 3"},
		{1, []float64{1, 1}, false, "the same in all"},
		{1, nil, false, "no other has a value"},
	}
	for _, tt := range tests {
		if got := placeWords(app.PlaceAmong(tt.value, tt.others, tt.onDay), tt.onDay); got != tt.want {
			t.Errorf("%v among %v is %q, want %q", tt.value, tt.others, got, tt.want)
		}
	}
}

func TestSharesOfMany(t *testing.T) {
	for _, tt := range []struct {
		part, all int
		want      string
	}{{14, 20, "70 %"}, {999, 1000, "over 99 %"}, {1, 1000, "less than 1 %"}, {19, 19, "19 of 19"}, {1000, 1000, "100 %"}, {0, 1000, "0 %"}} {
		if got := shareOf(tt.part, tt.all); got != tt.want {
			t.Errorf("%d of %d is %q, want %q", tt.part, tt.all, got, tt.want)
		}
	}
}

func TestMeasureNumbers(t *testing.T) {
	for v, want := range map[float64]string{0.527656245: "0.5277", 248869.3: "248869", 12.34567: "12.35", 1.2e-16: "1.2e-16", -4321.6: "-4322"} {
		if got := digits(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
	none := metrics.Value{Metric: metrics.Metric{ID: "IS"}, Value: math.NaN(), Reason: "too short"}
	if got := measureNumber(none); got != "–" {
		t.Errorf("no value is written %q, want a dash", got)
	}
}

// withFew opens the sample library with the first n of its people.
func withFew(t *testing.T, n int) *fixture {
	t.Helper()
	f := withSample(t)
	for _, subject := range f.study.subjects(idsOf(f.study.rows))[n:] {
		if _, err := f.wb.DeleteSubject(t.Context(), subject); err != nil {
			t.Fatal(err)
		}
	}
	f.settle()
	return f
}

func measuresOf(f *fixture) *measuresPage {
	f.goTo(measuresPlace)
	f.settle()
	return f.pages[measuresPlace].(*measuresPage)
}

func TestMeasuresPageShowsValuesAmongTheOthers(t *testing.T) {
	f := withFew(t, 4)
	p := measuresOf(f)
	want, err := f.wb.Measures(t.Context(), app.Only(f.study.chosen), metrics.Paper, nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(p.rows, func(r measureRow) bool { return r.id == "IS" })
	if i < 0 || p.rows[i].values[0].Value != want[0].Values[0].Value {
		t.Fatalf("the page has %d rows without the right IS", len(p.rows))
	}
	if at := p.places["IS"]; at.N != 3 {
		t.Errorf("IS lies among %d others, want 3", at.N)
	}
	p.table.OnSelect(i, nil)
	text := textOf(p.content())
	for _, want := range []string{"Interdaily stability", "Among the others", "Witting", "Formula"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	heading := slices.IndexFunc(p.rows, func(r measureRow) bool { return r.heading })
	rows := len(p.rows)
	p.table.OnTap(heading)
	if len(p.rows) >= rows {
		t.Errorf("a click on a group leaves %d of %d rows, want fewer", len(p.rows), rows)
	}
	p.state.fold.OnTapped()
	if !p.allOpen() || p.state.fold.Text != "Fold all" {
		t.Errorf("the button that opens all groups leaves some folded and is named %q", p.state.fold.Text)
	}
	p.state.fold.OnTapped()
	test.Type(p.find, "interdaily")
	if !slices.ContainsFunc(p.rows, func(r measureRow) bool { return r.id == "IS" }) {
		t.Error("the search does not find IS in a group that is folded")
	}
}

func TestMeasuresAreComputedOnce(t *testing.T) {
	f := withFew(t, 4)
	p := measuresOf(f)
	c := p.cohorts[metrics.Paper]
	if c == nil || len(c.known) != 3 {
		t.Fatalf("after the first participant the cohort is %v, want the 3 others", c)
	}
	f.study.choose(f.study.rows[1].ID)
	f.settle()
	if len(c.known) != 4 || p.places["IS"].N != 3 {
		t.Errorf("after the second one %d are known and IS lies among %d, want 4 and 3", len(c.known), p.places["IS"].N)
	}
	if got := c.unknown(f.study.rows); len(got) != 0 {
		t.Errorf("%d have yet to be computed, want none", len(got))
	}
}

func TestTwoSetsSideBySide(t *testing.T) {
	f := withFew(t, 2)
	p := measuresOf(f)
	p.beside.SetSelected(string(metrics.PyActigraphy))
	f.settle()
	i := slices.IndexFunc(p.rows, func(r measureRow) bool { return r.id == "IS" })
	if i < 0 || len(p.rows[i].values) != 2 {
		t.Fatal("IS does not stand there in two sets")
	}
	absolute, percent, differs := besides(p.rows[i])
	if !differs || absolute == "" || !strings.HasSuffix(percent, "%") {
		t.Errorf("IS differs: %v by %q, %q; want a difference and its percentage", differs, absolute, percent)
	}
	items := p.exports()
	if len(items) != 2 {
		t.Fatalf("%d things to export, want the participant's measures and those of all", len(items))
	}
	if got, want := strings.Join(items[0].pat, " "), "measures "+f.study.chosen+" --definition paper,pyactigraphy"; got != want {
		t.Errorf("the command for the participant is %q, want %q", got, want)
	}
	table, src, err := items[0].table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sets := map[string]bool{}
	for _, row := range table.Rows {
		sets[row[3]] = true
	}
	if len(sets) != 2 || src.Details["definitions"] == nil {
		t.Errorf("the table has the sets %v and its sources %v, want both sets", sets, src.Details)
	}
}

func TestMeasuresWithTheKeyboard(t *testing.T) {
	f := withFew(t, 3)
	p := measuresOf(f)
	f.search()
	if f.win.Canvas().Focused() != fyne.Focusable(p.find) {
		t.Error("Ctrl+F does not go to the search of measures")
	}
	p.find.OnSubmitted("")
	if f.win.Canvas().Focused() != p.table.Object() {
		t.Error("Enter in the search does not go to the table")
	}
	i := slices.IndexFunc(p.rows, func(r measureRow) bool { return r.id == "IS" })
	p.table.OnCopy(i)
	if got, want := f.app.Clipboard().Content(), fullNumber(p.rows[i].values[0]); got != want || want == "" {
		t.Errorf("Ctrl+C copies %q, want the value in full, %q", got, want)
	}
	p.copyAll()
	if got := f.app.Clipboard().Content(); !strings.HasPrefix(got, "subject,recording,measure,definition,") {
		t.Errorf("all as CSV begins with %.40q, want the header of the long table", got)
	}
	p.table.OnKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	f.settle()
	if f.study.chosen != f.study.rows[1].ID {
		t.Error("arrow right does not go to the next participant")
	}
}

func TestManyOthersAreMeasuredWhenAsked(t *testing.T) {
	f := withFew(t, 3)
	p := f.pages[measuresPlace].(*measuresPage)
	p.unasked = 1
	measuresOf(f)
	if p.places != nil || !p.state.again.Visible() {
		t.Fatal("2 others are measured unasked, or there is no button to do so; want one from the second other on")
	}
	p.state.again.OnTapped()
	if p.places["IS"].N != 2 {
		t.Errorf("after the click IS lies among %d, want 2", p.places["IS"].N)
	}
}

func TestMeasuringTheOthersCanBeStopped(t *testing.T) {
	f := withFew(t, 3)
	p := f.pages[measuresPlace].(*measuresPage)
	p.unasked = 0
	measuresOf(f)
	var waiting []func()
	f.start = func(work func()) { waiting = append(waiting, work) }
	p.state.again.OnTapped()
	if !p.state.cancel.Visible() {
		t.Fatal("there is no button to stop")
	}
	p.state.cancel.OnTapped()
	for _, work := range waiting {
		work()
	}
	if p.places != nil || !p.state.again.Visible() || p.state.cancel.Visible() {
		t.Error("after it was stopped the others are compared with, or there is no way to begin again")
	}
	f.start = func(work func()) { work() }
	p.state.again.OnTapped()
	if p.places["IS"].N != 2 {
		t.Errorf("begun again IS lies among %d, want 2", p.places["IS"].N)
	}
}

func TestMeasuresLeftAtOnceAreComparedOnReturn(t *testing.T) {
	f := withFew(t, 2)
	f.goTo(measuresPlace)
	f.goTo(activityPlace) // before the others are measured
	f.settle()
	p := measuresOf(f)
	if p.places["IS"].N != 1 || p.state.cancel.Visible() {
		t.Errorf("back on the page IS lies among %d and something is still busy: %v; want 1 and no", p.places["IS"].N, p.state.cancel.Visible())
	}
}

func TestValuesOfAnotherDoNotStay(t *testing.T) {
	f := withFew(t, 2)
	p := measuresOf(f)
	var waiting []func()
	f.start = func(work func()) { waiting = append(waiting, work) }
	f.study.choose(f.study.rows[1].ID)
	if len(p.rows) != 0 {
		t.Errorf("while the next participant is computed %d rows of the one before are shown", len(p.rows))
	}
	for len(waiting) > 0 {
		work := waiting[0]
		waiting = waiting[1:]
		work()
	}
	if len(p.rows) == 0 {
		t.Error("the next participant's measures are not shown")
	}
}
