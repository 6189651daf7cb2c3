package app

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"circascope/actigraphy/metrics"
	"circascope/plots"
)

// CohortOptions choose recordings and what is told of them.
type CohortOptions struct {
	Recordings Selection
	Definition metrics.Definition // "" for the usual one of the study
	Columns    []string           // names of fields; empty for the usual ones
}

// Cohort is recordings with what is known of them.
type Cohort struct {
	Study  Study
	Rows   []Row // in the order of the library
	Fields []Field
	Values *FieldValues
}

// Cohort measures recordings as far as the columns tell measures. A column that there
// is none of is an error.
func (wb *Workbench) Cohort(ctx context.Context, o CohortOptions, progress Progress) (Cohort, error) {
	rows, err := wb.Rows(ctx)
	if err != nil {
		return Cohort{}, err
	}
	if rows, err = wb.rowsOf(ctx, rows, o.Recordings); err != nil {
		return Cohort{}, err
	}
	c := Cohort{Rows: rows, Values: NewFieldValues()}
	if c.Study, err = wb.Study(ctx); err != nil {
		return Cohort{}, err
	}
	if c.Fields, err = o.fields(c.Study, rows); err != nil {
		return Cohort{}, err
	}
	measures := measuresOf(c.Fields)
	if len(measures) == 0 || len(rows) == 0 {
		return c, nil
	}
	byID := make(map[string]Row, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		byID[r.ID], ids[i] = r, r.ID
	}
	return c, wb.Measure(ctx, MeasureOptions{Recordings: Only(ids...), Measures: measures}, progress, func(m Measured) error {
		c.Values.Take(byID[m.ID], m.Values)
		return nil
	})
}

// fields finds the columns.
func (o CohortOptions) fields(study Study, rows []Row) ([]Field, error) {
	o.Definition = cmp.Or(o.Definition, study.Definition())
	var all []Field
	if len(rows) > 0 {
		all = study.Fields(o.Definition, rows[0].Values)
	} else {
		all = study.Fields(o.Definition, nil)
	}
	names := o.Columns
	if len(names) == 0 {
		names = UsualFields(all, rows)
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(f Field) bool { return f.Name == name }) {
			return nil, fmt.Errorf("there is no column %q: choose ids of measures of the definition %q, %s, %s, %s or variables of tables of participants", name, o.Definition, ColorDevice, ColorUnit, ColorWeekday)
		}
	}
	return NamedFields(all, names), nil
}

// Field returns a field of the cohort, nil where it has none of that name.
func (c Cohort) Field(name string) *Field {
	i := slices.IndexFunc(c.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &c.Fields[i]
}

// CohortTable is the wide table: a row a recording, a column a field. What defines
// each measure stands in the sources, and why a value is missing in the last column.
// Numbers have full precision; times of day are hours.
func (wb *Workbench) CohortTable(ctx context.Context, o CohortOptions, progress Progress) (Table, Sources, error) {
	c, err := wb.Cohort(ctx, o, progress)
	if err != nil {
		return Table{}, Sources{}, err
	}
	measures := measuresOf(c.Fields)
	src := Sources{What: "table of measures", Details: map[string]any{"measures": measures, "recordings": infosOf(c.Rows)}}.Of(c.Study, measures)
	src, err = wb.NamePeople(ctx, src)
	return c.table(), src, err
}

// CohortLong is the long table: a row a measure of a recording, with its definition,
// parameters and the reason where it has no value.
func (wb *Workbench) CohortLong(ctx context.Context, o CohortOptions, progress Progress) (RowSource, error) {
	rows, err := wb.Rows(ctx)
	if err != nil {
		return RowSource{}, err
	}
	study, err := wb.Study(ctx)
	if err != nil {
		return RowSource{}, err
	}
	fields, err := o.fields(study, rows)
	if err != nil {
		return RowSource{}, err
	}
	return wb.measureRows(ctx, study, o.Recordings, measuresOf(fields), progress)
}

func (c Cohort) table() Table {
	t := Table{Name: "cohort", Header: []string{"subject", "recording", "source_sha256", "mask"}}
	var numbers []string
	for _, f := range c.told() {
		t.Header = append(t.Header, f.Name)
		if f.Numbers {
			numbers = append(numbers, f.Name)
		}
	}
	t.Header = append(t.Header, "reasons")
	t.as(Real, numbers...)
	for _, r := range c.Rows {
		t.Rows = append(t.Rows, c.row(r))
	}
	return t
}

// told are the fields beside the participant, who is the first column.
func (c Cohort) told() []Field {
	return slices.DeleteFunc(slices.Clone(c.Fields), func(f Field) bool { return f.Name == ColorSubject })
}

func (c Cohort) row(r Row) []string {
	row := []string{r.Subject, r.ID, r.Source.SHA256, r.Mask}
	var reasons []string
	for _, f := range c.told() {
		switch v := c.Values.Of(r, f); {
		case v.Text != "":
			row = append(row, v.Text)
		case !math.IsNaN(v.Number):
			row = append(row, number(v.Number))
		default:
			row = append(row, "")
			if f.Measure != nil {
				reasons = append(reasons, f.Name+": "+v.Reason)
			}
		}
	}
	return append(row, strings.Join(reasons, " | "))
}

// measuresOf returns the measures among fields.
func measuresOf(fields []Field) []metrics.Metric {
	var list []metrics.Metric
	for _, f := range fields {
		if f.Measure != nil {
			list = append(list, *f.Measure)
		}
	}
	return list
}

// CohortChartOptions choose a scatter of two fields, or without Y the distribution of
// one.
type CohortChartOptions struct {
	CohortOptions        // its columns are those of the chart
	X, Y          string // names of fields of numbers
	By            string // name of the field that makes groups; "" for one group
}

// CohortChart draws recordings by their fields.
func (wb *Workbench) CohortChart(ctx context.Context, o CohortChartOptions, progress Progress) (plots.Chart, Sources, error) {
	o.Columns = slices.DeleteFunc([]string{o.X, o.Y, o.By}, func(name string) bool { return name == "" })
	c, err := wb.Cohort(ctx, o.CohortOptions, progress)
	if err != nil {
		return nil, Sources{}, err
	}
	for _, name := range []string{o.X, o.Y} {
		if f := c.Field(name); name != "" && !f.Numbers {
			return nil, Sources{}, fmt.Errorf("%q holds no numbers, which a chart needs: choose a measure or a variable of numbers", name)
		}
	}
	x := c.Field(o.X)
	if x == nil {
		return nil, Sources{}, fmt.Errorf("a chart of a cohort needs the name of a measure across")
	}
	of := CohortChart{Values: c.Values, Rows: c.Rows, X: *x, By: c.Field(o.By)}
	if err := of.checkGroups(); err != nil {
		return nil, Sources{}, err
	}
	var chart plots.Chart
	var src Sources
	if y := c.Field(o.Y); y != nil {
		of.Y = *y
		chart, src = of.Scatter()
	} else if chart, src, err = of.distribution(); err != nil {
		return nil, Sources{}, err
	}
	src, err = wb.NamePeople(ctx, src.Of(c.Study, measuresOf(c.Fields)))
	return chart, src, err
}
