package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
	"circascope/plots"
)

// DistributionOptions choose a measure and how recordings are grouped.
type DistributionOptions struct {
	Recordings Selection
	Definition metrics.Definition // "" for the usual one of the study
	Measure    string             // id
	Set        []string           // parameters, as metrics.Set takes them: "bin=30"
	By         string             // a column of texts or a variable of a table of participants; "" for one group
}

// Metric returns the measure as a study has it, with its parameters; an error is of the
// options.
func (o DistributionOptions) Metric(study Study) (metrics.Metric, error) {
	m, known := study.Find(o.Definition, o.Measure)
	if !known {
		return m, fmt.Errorf("there is no measure %q in the definition %q; 'pat metrics dictionary' lists them", o.Measure, cmp.Or(o.Definition, study.Definition()))
	}
	list, err := metrics.Set([]metrics.Metric{m}, o.Set)
	if err != nil {
		return m, err
	}
	return list[0], nil
}

// DrawDistribution shows one measure over recordings, in groups. A recording without
// a value is counted as missing in its group.
func (wb *Workbench) DrawDistribution(ctx context.Context, o DistributionOptions, progress Progress) (Drawing, error) {
	study, err := wb.Study(ctx)
	if err != nil {
		return Drawing{}, err
	}
	m, err := o.Metric(study)
	if err != nil {
		return Drawing{}, err
	}
	measured, err := wb.MeasuresOf(ctx, o.Recordings, []metrics.Metric{m}, progress)
	if err != nil {
		return Drawing{}, err
	}
	infos := make([]actigraphy.Info, len(measured))
	for i, m := range measured {
		infos[i] = m.Info
	}
	groupOf, err := wb.grouping(ctx, o.By, infos)
	if err != nil {
		return Drawing{}, err
	}
	values, of := make([]float64, len(measured)), make([]people.Value, len(measured))
	for i, one := range measured {
		values[i], of[i] = one.Values[0].Value, groupOf(one.Info)
	}
	if m.TimeOfDay() {
		values = onOneLine(values)
	}
	groups, err := groupsOf(values, of, o.By)
	if err != nil {
		return Drawing{}, err
	}
	chart := plots.Distribution{
		Labels: plots.Labels{Heading: joinedWords(m.ID, by(o.By)), Caption: joined(methodWords(m), sampleWords(infos))},
		Axis:   axisOf(m), Of: "recording", Clock: m.TimeOfDay(), Groups: groups,
	}
	src := Sources{What: "distribution of a measure", Details: map[string]any{
		"measure": m, "group_by": o.By, "recordings": infos,
	}}.Of(study, []metrics.Metric{m})
	if o.By != "" && !slices.Contains(study.ColorColumns(), o.By) {
		src, err = wb.NamePeople(ctx, src)
	}
	return Drawing{chart, distributionTable(measured, groupOf), src}, err
}

// joinedWords puts blanks between the words that there are.
func joinedWords(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

func by(column string) string {
	if column == "" {
		return ""
	}
	return "by " + column
}

// axisOf names a measure with its unit.
func axisOf(m metrics.Metric) string {
	words := m.ID + ", " + m.Name
	if m.Unit != "" {
		words += " (" + m.Unit + ")"
	}
	return words
}

// sampleWords counts recordings and participants, and says how many were measured
// under a mask.
func sampleWords(infos []actigraphy.Info) string {
	n := 0
	for _, info := range infos {
		if info.Mask != "" {
			n++
		}
	}
	return fmt.Sprintf("%d recordings of %d participants; %d of them under a mask", len(infos), len(membersOf(infos)), n)
}

// notTold is the group of those of whom no table tells.
const notTold = "not known"

// grouping returns the function from a recording to its group.
func (wb *Workbench) grouping(ctx context.Context, column string, infos []actigraphy.Info) (func(actigraphy.Info) people.Value, error) {
	if column == "" {
		return func(actigraphy.Info) people.Value { return people.Value{Text: "all"} }, nil
	}
	if text, ok := textColumn(column); ok {
		return func(i actigraphy.Info) people.Value { return people.Value{Text: text(i)} }, nil
	}
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	told, err := readVariables(ctx, lib, infos)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(told.list, func(v people.Variable) bool { return people.Fold(v.Name) == people.Fold(column) })
	if at < 0 {
		return nil, fmt.Errorf("there is no column %q to group by: choose %s, %s, %s or a variable of a table of participants", column, ColorDevice, ColorUnit, ColorWeekday)
	}
	return func(i actigraphy.Info) people.Value {
		if values := told.of[i.Subject]; len(values) > 0 {
			return values[at]
		}
		return people.Value{}
	}, nil
}

// groupsOf puts values into groups, in the order of the groups' names; those of whom
// nothing is told are last.
func groupsOf(values []float64, of []people.Value, column string) ([]plots.Group, error) {
	members := map[string][]float64{}
	var names []people.Value
	for i, g := range of {
		if _, seen := members[g.Text]; !seen {
			names = append(names, g)
		}
		members[g.Text] = append(members[g.Text], values[i])
	}
	if len(names) > plots.MaxCategories {
		return nil, fmt.Errorf("%s puts %d recordings into %d groups, more than the %d that a chart can hold: choose a column with fewer values", column, len(values), len(names), plots.MaxCategories)
	}
	slices.SortFunc(names, func(a, b people.Value) int {
		if (a.Text == "") != (b.Text == "") {
			return len(b.Text) - len(a.Text) // what is not known is last
		}
		return people.CompareValues(a, b)
	})
	groups := make([]plots.Group, len(names))
	for i, n := range names {
		groups[i] = plots.Group{Name: n.Text, Values: members[n.Text]}
		if n.Text == "" {
			groups[i].Name = notTold
		}
	}
	return groups, nil
}

// distributionTable is the table of measures with the group of each recording.
func distributionTable(measured []Measured, groupOf func(actigraphy.Info) people.Value) Table {
	t := MeasuresTable(nil)
	t.Name, t.Header = "distribution", append([]string{"group"}, t.Header...)
	t.types = append([]ColumnType{Text}, t.types...)
	for _, m := range measured {
		for _, v := range m.Values {
			one := m
			one.Values = []metrics.Value{{Metric: v.Metric, Value: v.Value, Reason: v.Reason}}
			for _, row := range MeasuresTable([]Measured{one}).Rows {
				t.Rows = append(t.Rows, append([]string{groupOf(m.Info).Text}, row...))
			}
		}
	}
	return t
}
