package app

import (
	"context"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
	"circascope/inference"
	"circascope/plots"
)

// Columns that embeddings can be coloured by, beside the measures.
const (
	ColorNone     = ""
	ColorSubject  = "participant"
	ColorDevice   = "device"
	ColorUnit     = "unit"
	ColorWeekday  = "weekday of the start"
	ColorActivity = "mean activity a minute"
	ColorZeros    = "share of zero epochs"
	ColorFilled   = "share of minutes filled in"
	ColorScore    = "score of a fine-tuned file"
)

// ColorColumns lists what embeddings can be coloured by in a library without a protocol;
// see Study.ColorColumns.
func ColorColumns() []string { return Study{}.ColorColumns() }

// ColorColumns lists what embeddings can be coloured by: columns, then measures of the
// usual definition, without their forms. Variables of tables of participants come
// beside them.
func (s Study) ColorColumns() []string {
	var list []string
	for _, f := range s.ColorFields(nil) {
		list = append(list, f.Name)
	}
	return list
}

// fieldsOfWeeks is the group of columns that weeks have, and recordings have not.
const fieldsOfWeeks = "week"

// ColorFields lists the same, each with its group, and with what tables tell of
// participants.
func (s Study) ColorFields(told []people.Value) []Field {
	list := []Field{
		{Name: ColorActivity, Words: "of the week", Group: fieldsOfWeeks, Numbers: true},
		{Name: ColorZeros, Words: "epochs of the week without any activity", Group: fieldsOfWeeks, Numbers: true},
		{Name: ColorFilled, Words: "of the week, where nothing was recorded", Group: fieldsOfWeeks, Numbers: true},
		{Name: ColorScore, Words: "what a weights file with a head of its own gave", Group: fieldsOfWeeks, Numbers: true},
	}
	for _, name := range []string{ColorWeekday, ColorDevice, ColorUnit, ColorSubject} {
		list = append(list, columnField(name))
	}
	list = append(list, toldFields(told)...)
	for _, m := range s.Metrics("") {
		if m.Of == "" { // raw forms are the same numbers here, and deviations and weekends would be a long list
			list = append(list, measureField(m))
		}
	}
	return list
}

// Coloring works out a column for the results of a set. Measures are read from
// the recordings, which takes a while for a large library.
func (wb *Workbench) Coloring(ctx context.Context, column string, results []inference.Result) (plots.Coloring, error) {
	if column == ColorNone {
		return plots.Coloring{}, nil
	}
	lib, err := wb.Library()
	if err != nil {
		return plots.Coloring{}, err
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return plots.Coloring{}, err
	}
	byID := make(map[string]actigraphy.Info, len(infos))
	for _, info := range infos {
		byID[info.ID] = info
	}
	if text, ok := textColumn(column); ok {
		c := plots.Coloring{Name: column, Categories: make([]string, len(results))}
		for i, r := range results {
			c.Categories[i] = text(byID[r.Recording])
		}
		return c, nil
	}
	study, err := studyOf(ctx, lib)
	if err != nil {
		return plots.Coloring{}, err
	}
	if !slices.Contains(study.ColorColumns(), column) {
		if c, ok, err := variableColoring(ctx, lib, column, infos, results); ok || err != nil {
			return c, err
		}
	}
	numbers, err := wb.numbers(ctx, study, column, results, byID)
	name := column
	if m, measured := study.Find("", column); column == ColorScore {
		name = scoreTitle(results)
	} else if measured && study.ByProtocol() {
		name = fmt.Sprintf("%s (%s, by the protocol)", column, m.Definition)
	}
	return plots.Coloring{Name: name, Numbers: numbers}, err
}

// scoreTitle names the score of results, which one weights file made.
func scoreTitle(results []inference.Result) string {
	for _, r := range results {
		if r.Score != nil {
			return "score " + r.Score.Name
		}
	}
	return "score (these weights give none)"
}

// variableColoring colours by a variable of a table of participants: numbers and dates,
// as years, on a scale, the others as categories.
func variableColoring(ctx context.Context, lib Library, column string, infos []actigraphy.Info, results []inference.Result) (plots.Coloring, bool, error) {
	variables, err := readVariables(ctx, lib, infos)
	at := slices.IndexFunc(variables.list, func(v people.Variable) bool { return people.Fold(v.Name) == people.Fold(column) })
	if err != nil || at < 0 {
		return plots.Coloring{}, false, err
	}
	c := plots.Coloring{Name: variables.list[at].Name}
	for _, r := range results {
		value := people.Value{Type: variables.list[at].Type} // of a participant who was just renamed
		if values := variables.of[r.Subject]; len(values) > 0 {
			value = values[at]
		}
		switch value.Type {
		case people.Number, people.Date:
			c.Numbers = append(c.Numbers, value.Float())
		default:
			c.Categories = append(c.Categories, value.Text)
		}
	}
	return c, true, nil
}

func textColumn(column string) (func(actigraphy.Info) string, bool) {
	switch column {
	case ColorSubject:
		return func(i actigraphy.Info) string { return i.Subject }, true
	case ColorDevice:
		return func(i actigraphy.Info) string { return i.Device }, true
	case ColorUnit:
		return func(i actigraphy.Info) string { return i.Unit.String() }, true
	case ColorWeekday:
		return func(i actigraphy.Info) string {
			if i.Start.IsZero() {
				return ""
			}
			return i.Start.Weekday().String()
		}, true
	}
	return nil, false
}

func (wb *Workbench) numbers(ctx context.Context, study Study, column string, results []inference.Result, byID map[string]actigraphy.Info) ([]float64, error) {
	values := make([]float64, len(results))
	measure, measured := study.Find("", column)
	if !measured && !slices.Contains([]string{ColorActivity, ColorZeros, ColorFilled, ColorScore}, column) {
		return nil, fmt.Errorf("there is no column, measure or variable %q to colour by", column)
	}
	of := map[string]float64{}
	if measured {
		var err error
		if of, err = wb.measureOf(ctx, measure, results); err != nil {
			return nil, err
		}
	}
	for i, r := range results {
		info := byID[r.Recording]
		switch column {
		case ColorFilled:
			values[i] = r.Filled
		case ColorScore:
			values[i] = math.NaN() // the weights have no head
			if r.Score != nil {
				values[i] = float64(r.Score.Value)
			}
		case ColorActivity:
			values[i] = info.Sum / float64(info.Epochs-info.Missing) / info.Epoch.Minutes()
		case ColorZeros:
			values[i] = float64(info.Zeros) / float64(info.Epochs-info.Missing)
		default:
			values[i] = of[r.Recording]
		}
	}
	for i, v := range values {
		if math.IsInf(v, 0) {
			values[i] = math.NaN() // no recorded epochs
		}
	}
	return values, nil
}

// measureOf returns a measure of the recordings that results are of, as every other
// page has it. Unlike Measure it is no job of its own: it is part of a drawing.
func (wb *Workbench) measureOf(ctx context.Context, measure metrics.Metric, results []inference.Result) (map[string]float64, error) {
	of := make(map[string]float64, len(results))
	if len(results) == 0 {
		return of, nil
	}
	ids := make([]string, len(results))
	for i, r := range results {
		ids[i] = r.Recording
	}
	x, err := wb.newMeasuring(ctx, MeasureOptions{Recordings: Only(ids...), Measures: []metrics.Metric{measure}})
	if err != nil {
		return nil, err
	}
	err = x.all(ctx, both(), func(m Measured) error {
		of[m.ID] = m.Values[0].Value
		return m.Err
	})
	return of, err
}
