package app_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
	"circascope/app"
)

// fourPeople are rows with a sex and an age, and their IS and L5_onset: P2 lacks IS.
func fourPeople(t *testing.T) ([]app.Row, []app.Field, *app.FieldValues) {
	t.Helper()
	told := func(sex, age string) []people.Value {
		return []people.Value{{Name: "sex", Type: people.Category, Text: sex}, {Name: "age", Type: people.Number, Text: age}}
	}
	nan := math.NaN()
	list := []struct {
		id, sex, age string
		is, onset    float64
	}{{"P10", "F", "40", .5, 23.5}, {"P2", "M", "", nan, .5}, {"P1", "F", "31", .7, 1}, {"P3", "", "52", .6, 23}}
	fields := app.Study{}.Fields(metrics.Paper, told("", ""))
	values := app.NewFieldValues()
	var rows []app.Row
	for _, p := range list {
		row := app.Row{Info: actigraphy.Info{ID: "r" + p.id, Subject: p.id}, Values: told(p.sex, p.age)}
		rows = append(rows, row)
		var of []metrics.Value
		for id, v := range map[string]float64{"IS": p.is, "L5_onset": p.onset} {
			m, _ := metrics.Find(metrics.Paper, id)
			one := metrics.Value{Metric: m, Value: v}
			if math.IsNaN(v) {
				one.Reason = "too short"
			}
			of = append(of, one)
		}
		values.Take(row, of)
	}
	return rows, fields, values
}

func field(t *testing.T, fields []app.Field, name string) app.Field {
	t.Helper()
	list := app.NamedFields(fields, []string{name})
	if len(list) != 1 {
		t.Fatalf("%d fields are named %s, want 1", len(list), name)
	}
	return list[0]
}

func subjectsOf(rows []app.Row) string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Subject
	}
	return strings.Join(names, " ")
}

func TestSortPutsMissingLast(t *testing.T) {
	rows, fields, values := fourPeople(t)
	tests := []struct {
		by         string
		descending bool
		want       string
	}{
		{"IS", false, "P10 P3 P1 P2"},
		{"IS", true, "P1 P3 P10 P2"},
		{"age", false, "P1 P10 P3 P2"},
		{"age", true, "P3 P10 P1 P2"},
		{"sex", false, "P10 P1 P2 P3"},
		{"participant", false, "P1 P2 P3 P10"},
		{"participant", true, "P10 P3 P2 P1"},
	}
	for _, tt := range tests {
		if got := subjectsOf(values.Sort(rows, field(t, fields, tt.by), tt.descending)); got != tt.want {
			t.Errorf("by %s, descending %v: got %s, want %s", tt.by, tt.descending, got, tt.want)
		}
	}
	if got := subjectsOf(rows); got != "P10 P2 P1 P3" {
		t.Errorf("sorting changed the rows to %s", got)
	}
}

func TestSearchTakesConditionsOnMeasures(t *testing.T) {
	rows, fields, values := fourPeople(t)
	for search, want := range map[string]string{
		"":            "P10 P2 P1 P3",
		"is>=0.6":     "P1 P3",
		"IS= ":        "P2",
		"IS<1 sex=f":  "P10 P1",
		"age>35 P3":   "P3",
		"sex!=F IS>0": "P3",
		"p1":          "P10 P1",
		"IV>0":        "", // IV was not measured
	} {
		if got := subjectsOf(values.SearchRows(rows, search, fields)); got != want {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
}

func TestGroupsHaveMediansAndCounts(t *testing.T) {
	rows, fields, values := fourPeople(t)
	sex := field(t, fields, "sex")
	groups, err := values.Groups(rows, field(t, fields, "IS"), &sex)
	if err != nil || len(groups) != 3 {
		t.Fatalf("got %v, %v; want F, M and those of whom nothing is told", groups, err)
	}
	if g := groups[0]; g.Name != "F" || g.N != 2 || g.Missing != 0 || math.Abs(g.Median-.6) > 1e-12 || math.Abs(g.Q1-.55) > 1e-12 {
		t.Errorf("got %+v, want 2 women with the median 0.6 and the first quartile 0.55", g)
	}
	if g := groups[1]; g.Name != "M" || g.N != 0 || g.Missing != 1 || !math.IsNaN(g.Median) {
		t.Errorf("got %+v, want one man without a value", g)
	}
	if g := groups[2]; g.Name != "not known" || g.N != 1 {
		t.Errorf("got %+v, want one of whom nothing is told", g)
	}
	// 23:00, 23:30, 00:30 and 01:00 have midnight in the middle, not noon.
	all, err := values.Groups(rows, field(t, fields, "L5_onset"), nil)
	if err != nil || len(all) != 1 || math.Abs(math.Remainder(all[0].Median, 24)) > 1e-9 {
		t.Errorf("got %+v, %v; want the median at midnight", all, err)
	}
	if _, err := values.Groups(manyRows(40), field(t, fields, "IS"), &sex); err == nil || !strings.Contains(err.Error(), "fewer values") {
		t.Errorf("40 groups: got the error %v, want advice", err)
	}
}

// manyRows are rows with a sex of their own each.
func manyRows(n int) []app.Row {
	rows := make([]app.Row, n)
	for i := range rows {
		rows[i].Values = []people.Value{{Name: "sex", Text: strings.Repeat("x", i+1)}, {Name: "age"}}
	}
	return rows
}

func TestUnknownNamesWhatIsLeftToMeasure(t *testing.T) {
	rows, fields, values := fourPeople(t)
	if list, measures := values.Unknown(rows, app.NamedFields(fields, []string{"IS", "sex"})); len(list)+len(measures) != 0 {
		t.Errorf("got %d rows and %d measures, want none: a value that is missing is known", len(list), len(measures))
	}
	list, measures := values.Unknown(rows, app.NamedFields(fields, []string{"IS", "IV"}))
	if len(list) != 4 || len(measures) != 1 || measures[0].ID != "IV" {
		t.Errorf("got %d rows and %v, want IV of all 4", len(list), measures)
	}
	moved := slices.Clone(rows[:1])
	moved[0].Mask = "another"
	if list, _ := values.Unknown(moved, app.NamedFields(fields, []string{"IS"})); len(list) != 1 {
		t.Error("a recording under another mask counts as measured")
	}
}

func TestUsualFields(t *testing.T) {
	rows, fields, _ := fourPeople(t)
	got := app.UsualFields(fields, rows)
	if want := []string{"sex", "age", "IS", "IV", "RA", "L5", "L5_onset", "M10", "M10_onset", "TST", "SE", "midsleep"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, d := range metrics.Definitions() {
		if got := app.UsualFields(app.Study{}.Fields(d, nil), nil); len(got) < 3 {
			t.Errorf("%s has the usual columns %q, want some", d, got)
		}
	}
	if found := app.FindFields(fields, "interdaily stab"); len(found) == 0 || found[0].Name != "IS" {
		t.Errorf("the search finds %v, want IS first", found)
	}
}

func TestCohortCharts(t *testing.T) {
	rows, fields, values := fourPeople(t)
	sex := field(t, fields, "sex")
	c := app.CohortChart{Values: values, Rows: rows, X: field(t, fields, "L5_onset"), Y: field(t, fields, "IS"), By: &sex, Chosen: "rP1"}
	scatter, _ := c.Scatter()
	if got, want := scatter.X, []float64{-.5, .5, 1, -1}; !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
		t.Errorf("onsets lie at %v, want %v on one line around midnight", got, want)
	}
	for _, want := range []string{"F: medians", "3 have both values", "definition paper"} {
		if !strings.Contains(scatter.Caption, want) {
			t.Errorf("the caption %q lacks %q", scatter.Caption, want)
		}
	}
	if !slices.Equal(scatter.Selected, []int{2}) {
		t.Errorf("the points %v are ringed, want 2", scatter.Selected)
	}
	c.X = c.Y
	distribution, _, err := c.Distribution()
	members, errMembers := c.Members()
	if err != nil || errMembers != nil || len(distribution.Groups) != 3 || !slices.Equal(members[0], []int{0, 2}) {
		t.Fatalf("got %v of %v, %v, %v; want 3 groups, of which the first has rows 0 and 2", distribution.Groups, members, err, errMembers)
	}
	if !slices.Equal(distribution.Groups[0].Ringed, []int{1}) {
		t.Errorf("in F %v have a ring, want the second", distribution.Groups[0].Ringed)
	}
}
