package ui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"circascope/app"
	"circascope/plots"
)

// fieldText writes what a field says of a recording, to four digits; a time of day as
// one, and a dash where it says nothing.
func fieldText(f app.Field, v app.FieldValue) string {
	switch {
	case v.Missing() && v.Reason == app.NotMeasured:
		return "…"
	case v.Missing():
		return "–"
	case v.Text != "":
		return v.Text
	}
	return fieldNumber(f, v.Number)
}

func fieldNumber(f app.Field, v float64) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case f.TimeOfDay():
		return plots.TimeOfDay(v)
	}
	return digits(v)
}

// fieldTitle is the name of a field over a column.
func fieldTitle(f app.Field) string { return strings.ReplaceAll(f.Name, "_", " ") }

// fieldUnit is the unit of a field; a time of day has none.
func fieldUnit(f app.Field) string {
	if f.Measure == nil || f.TimeOfDay() {
		return ""
	}
	return f.Measure.Unit
}

// fieldWords says what a column shows.
func fieldWords(f app.Field) string {
	if f.Measure == nil {
		return dotted(f.Name, f.Words)
	}
	return dotted(fieldTitle(f)+": "+f.Words, unitOfField(f), string(f.Measure.Definition), f.Measure.Formula)
}

func unitOfField(f app.Field) string {
	if f.TimeOfDay() {
		return "o'clock"
	}
	return f.Measure.Unit
}

// explain tells who is chosen, and why values are missing of this recording.
func (p *cohortPage) explain() {
	row, ok := p.w.study.row(p.w.study.chosen)
	if !ok {
		p.foot.SetText("")
		return
	}
	p.foot.SetText(dotted(p.who(row, p.inView()...), p.missingWords(row), p.w.study.markedWords()))
}

// who names a recording, its group, and what some fields say of it.
func (p *cohortPage) who(row app.Row, fields ...app.Field) string {
	words := []string{row.Subject}
	if p.w.study.recordingsOf(row.Subject) > 1 {
		words[0] += " from " + startOf(row.Start)
	}
	if by := p.groups(); by != nil {
		fields = append([]app.Field{*by}, fields...)
	}
	for i, f := range fields {
		if slices.ContainsFunc(fields[:i], func(other app.Field) bool { return other.Name == f.Name }) {
			continue
		}
		v := p.values.Of(row, f)
		text := fmt.Sprintf("%s %s", fieldTitle(f), fieldText(f, v))
		if v.Missing() {
			text += " (" + v.Reason + ")"
		} else if unit := fieldUnit(f); unit != "" {
			text += " " + unit
		}
		words = append(words, text)
	}
	return dotted(words...)
}

// inView are the fields that the chart shows.
func (p *cohortPage) inView() []app.Field {
	switch p.views.Chosen() {
	case scatterView:
		return []app.Field{p.scatter.x(), p.scatter.y()}
	case distributionView:
		return []app.Field{p.distribution.field()}
	}
	return nil
}

// missingWords say why columns of the table have no value for a recording.
func (p *cohortPage) missingWords(row app.Row) string {
	if p.views.Chosen() != tableView {
		return ""
	}
	var names []string
	of := map[string][]string{} // by reason
	for _, f := range p.columns {
		if v := p.values.Of(row, f); v.Missing() {
			if of[v.Reason] == nil {
				names = append(names, v.Reason)
			}
			of[v.Reason] = append(of[v.Reason], fieldTitle(f))
		}
	}
	for i, reason := range names {
		names[i] = fmt.Sprintf("no %s: %s", strings.Join(of[reason], ", "), reason)
	}
	return strings.Join(names, "; ")
}
