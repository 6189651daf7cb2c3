package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/ui/controls"
)

func cohortOf(f *fixture) *cohortPage {
	f.goTo(cohortPlace)
	f.settle()
	return f.pages[cohortPlace].(*cohortPage)
}

// columnOf returns the place of a column, and the page's columns where it has none.
func columnOf(t *testing.T, p *cohortPage, name string) int {
	t.Helper()
	i := slices.IndexFunc(p.columns, func(f app.Field) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("there is no column %s", name)
	}
	return i
}

func TestCohortTable(t *testing.T) {
	f := withFew(t, 4)
	p := cohortOf(f)
	list, err := f.wb.MeasuresOf(t.Context(), app.Only(f.study.rows[0].ID), metrics.All(metrics.Paper)[:1], nil)
	if err != nil {
		t.Fatal(err)
	}
	is := columnOf(t, p, "IS")
	if got, want := p.table.cell(0, is).Text, digits(list[0].Values[0].Value); len(p.shown) != 4 || got != want {
		t.Errorf("the table has %d rows, and IS %q in the first; want 4 and %q", len(p.shown), got, want)
	}
	if rows, _ := p.values.Unknown(p.shown, p.columns); len(rows) != 0 {
		t.Errorf("%d recordings are not measured, want none", len(rows))
	}
	p.table.table.OnSort(is, true)
	column := p.values.Column(p.shown, p.columns[is])
	if !slices.IsSortedFunc(column, func(a, b app.FieldValue) int { return int(1e9 * (b.Number - a.Number)) }) {
		t.Errorf("sorted by IS, downwards, it is %v", column)
	}
	p.table.selected(2, []int{2})
	if f.study.chosen != p.shown[2].ID {
		t.Error("a click on a row does not choose its participant")
	}
	p.table.pointed(-1, is)
	if !strings.Contains(p.foot.Text(), "interdaily stability") {
		t.Errorf("over the head of IS the foot says %q, want its name", p.foot.Text())
	}
	p.table.pointedAtMedian(0, is)
	if got := p.table.median(0, 0).Text; got != "Median (4)" || !strings.Contains(p.foot.Text(), "n 4, 0 missing") {
		t.Errorf("the medians are named %q, and the foot says %q; want of how many they are", got, p.foot.Text())
	}
	test.Type(p.find, p.shown[1].Subject)
	if len(p.shown) != 1 {
		t.Errorf("the search finds %d rows, want 1", len(p.shown))
	}
}

func TestCohortTellsWhyValuesAreMissing(t *testing.T) {
	f := withFew(t, 2)
	f.prefs.store.SetStringList(prefCohort, []string{"IS", "light_L5"})
	p := cohortOf(f)
	light := columnOf(t, p, "light_L5")
	if got := p.table.cell(0, light).Text; got != "–" {
		t.Errorf("light of a device without light is %q, want a dash", got)
	}
	reason := p.values.Of(p.shown[0], p.columns[light]).Reason
	for name, tell := range map[string]func(){"selection": p.explain, "hover": func() { p.table.pointed(0, light) }} {
		p.foot.SetText("")
		if tell(); reason == "" || !strings.Contains(p.foot.Text(), reason) {
			t.Errorf("on %s the foot says %q, want the reason %q", name, p.foot.Text(), reason)
		}
	}
	if got := p.values.Missing(p.shown, p.columns[light]); got != 2 {
		t.Errorf("%d are missing, want 2", got)
	}
}

func TestCohortChartsChooseParticipants(t *testing.T) {
	f := withFew(t, 4)
	p := cohortOf(f)
	p.views.OnChange(scatterView)
	p.views.Set(scatterView)
	p.arrange()
	p.scatter.points.OnTap(3)
	if f.study.chosen != p.shown[3].ID || !strings.Contains(p.foot.Text(), p.shown[3].Subject) {
		t.Errorf("a click on a point chooses %s and says %q, want %s", f.study.chosen, p.foot.Text(), p.shown[3].ID)
	}
	p.views.Set(distributionView)
	p.arrange()
	p.distribution.paint(controls.FigureSize{Width: 800, Height: 500, Scale: 1})
	f.settle()
	if len(p.distribution.spots) != 4 {
		t.Fatalf("the distribution has %d people, want 4", len(p.distribution.spots))
	}
	s := p.distribution.spots[0] // the least IS
	p.distribution.figure.OnTap(int(s.X), int(s.Y))
	least := p.values.Sort(p.shown, p.distribution.field(), false)[0]
	if f.study.chosen != least.ID {
		t.Errorf("a click on the least value chooses %s, want %s", f.study.chosen, least.ID)
	}
}

func TestCohortExports(t *testing.T) {
	f := withFew(t, 3)
	f.prefs.store.SetStringList(prefCohort, []string{"IS", "L5_onset", "unit"})
	p := cohortOf(f)
	items := p.exports()
	if len(items) != 6 {
		t.Fatalf("%d things to export, want two tables and four charts", len(items))
	}
	wide, src, err := items[0].table(t.Context())
	if err != nil || len(wide.Rows) != 3 || !slices.Equal(wide.Header[4:], []string{"unit", "IS", "L5_onset", "reasons"}) {
		t.Errorf("the wide table has the header %q and %d rows, %v", wide.Header, len(wide.Rows), err)
	}
	if list, ok := src.Details["measures"].([]metrics.Metric); !ok || len(list) != 2 || list[0].Definition != metrics.Paper {
		t.Errorf("its sources are %v, want the definitions of two measures", src.Details)
	}
	rows, err := items[1].source(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	long, err := rows.Table(t.Context())
	if err != nil || len(long.Rows) != 6 {
		t.Errorf("the long table has %d rows, %v; want two measures of 3 recordings", len(long.Rows), err)
	}
	for _, item := range items[2:] {
		if _, _, err := item.chart(t.Context()); err != nil || item.pat == nil {
			t.Errorf("%s: %v, as a command %q", item.name, err, item.pat)
		}
	}
}

// showComponents draws the view of components and waits for it.
func showComponents(f *fixture, p *cohortPage) {
	p.views.Set(componentsView)
	p.views.OnChange(componentsView)
	f.settle()
}

func TestCohortComponents(t *testing.T) {
	f := withFew(t, 5)
	p := cohortOf(f)
	p.components.set.count.SetSelected("2")
	showComponents(f, p)
	c := p.components
	if c.found == nil || len(c.found.Curves) != 2 || len(c.rows) != 5 {
		t.Fatalf("got the components %+v of %d recordings, want two of 5", c.found, len(c.rows))
	}
	if c.state.words.Text() != "" {
		t.Errorf("the state is %q after all are read", c.state.words.Text())
	}
	c.points.OnTap(3)
	if f.study.chosen != c.rows[3].ID {
		t.Errorf("a click on a point chooses %s, want %s", f.study.chosen, c.rows[3].ID)
	}
	c.hovered(1)
	if foot := p.foot.Text(); !strings.Contains(foot, c.rows[1].Subject) || !strings.Contains(foot, "component 2 "+digits(c.found.Scores[1][1])) {
		t.Errorf("over a point the foot says %q, want the participant and the scores", foot)
	}
	before := c.found.Explained[0]
	c.set.scale.SetSelected(logScale)
	f.settle()
	if c.found == nil || c.found.Explained[0] == before || !strings.Contains(c.found.Unit, "ln(1 + ") {
		t.Errorf("of logarithms the first component explains %v, as before", before)
	}
	test.Type(p.find, "nobody at all")
	f.settle()
	if c.found != nil || len(p.exports()) != 0 {
		t.Error("of no recordings there are components, or exports")
	}
	p.find.SetText("")
	c.set.least.SetSelected("6")
	c.set.days.SetSelected(string(app.Weekdays))
	f.settle()
	if c.found != nil {
		t.Error("five weekdays a week count as six")
	}
}

func TestCohortComponentsAreExportedAsShown(t *testing.T) {
	f := withFew(t, 5)
	p := cohortOf(f)
	p.components.set.count.SetSelected("2")
	showComponents(f, p)
	items := p.exports()
	for i, want := range []struct {
		rows    int
		command string
	}{
		{144, "components --days all --components 2"},
		{5, "component-scores --days all --components 2 --x 1 --y 2"},
	} {
		if got := strings.Join(items[i].pat, " "); got != want.command {
			t.Errorf("%s: got the command %q, want %q", items[i].name, got, want.command)
		}
		table, src, err := items[i].table(t.Context())
		if err != nil || len(table.Rows) != want.rows || src.Details["explained"] == nil {
			t.Errorf("%s: got %d rows, %v, want %d", items[i].name, len(table.Rows), err, want.rows)
		}
		if _, _, err := items[i].chart(t.Context()); err != nil {
			t.Errorf("%s: %v", items[i].name, err)
		}
	}
}

func TestCohortReadsManyDaysWhenAsked(t *testing.T) {
	f := withFew(t, 4)
	p := cohortOf(f)
	p.unasked = 3
	showComponents(f, p)
	c := p.components
	if c.found != nil || len(c.profiles) != 0 || !c.state.again.Visible() {
		t.Fatalf("%d recordings were read without being asked to", len(c.profiles))
	}
	c.state.again.OnTapped()
	f.settle()
	if c.found == nil || len(c.profiles) != 4 {
		t.Errorf("%d recordings were read, want 4", len(c.profiles))
	}
}

func TestCohortColumnsAreChosen(t *testing.T) {
	f := withFew(t, 2)
	p := cohortOf(f)
	p.chooseColumns()
	if text := f.dialogText(); !strings.Contains(text, "Columns of the cohort") || !strings.Contains(text, "cosinor") {
		t.Fatalf("the dialog says %q, want all measures by group", text)
	}
	f.prefs.store.SetStringList(prefCohort, []string{"IV"})
	p.refresh()
	f.settle()
	if len(p.columns) != 2 || p.columns[1].Name != "IV" {
		t.Errorf("got the columns %v, want the participant and IV", p.columns)
	}
}

func TestCohortFollowsRestChangedByHand(t *testing.T) {
	f := withFew(t, 2)
	p := cohortOf(f)
	row := p.shown[0]
	tst := columnOf(t, p, "TST")
	before := p.values.Of(row, p.columns[tst])
	now, err := f.wb.Rest(t.Context(), row.ID, app.RestCrespo)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.wb.ChangeRest(t.Context(), now, now.Periods[:1], app.By{}); err != nil {
		t.Fatal(err)
	}
	f.settle()
	if got := p.values.Of(row, p.columns[tst]); got == before {
		t.Errorf("TST is %v as before, though one night is left", got)
	}
	if rows, _ := p.values.Unknown(p.shown, p.columns); len(rows) != 0 {
		t.Errorf("%d recordings are not measured anew", len(rows))
	}
}
