package app

import (
	"cmp"
	"math"
	"slices"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
)

// FieldValue is what a field says of one recording.
type FieldValue struct {
	Number float64 // NaN for words, and where there is none
	Text   string  // of a column or a variable; empty for a measure
	Reason string  // why there is none; a clause
}

// Missing reports whether the field says nothing.
func (f FieldValue) Missing() bool { return f.Text == "" && math.IsNaN(f.Number) }

// NotMeasured is the reason of a value that has yet to be computed.
const NotMeasured = "not measured yet"

// FieldValues holds the measures of recordings that are known, by what they depend on.
// Only numbers and reasons are kept: a study may have thousands of recordings.
type FieldValues struct {
	of map[string]map[fieldKey]FieldValue
}

type fieldKey struct {
	definition metrics.Definition
	id         string
}

func fieldKeyOf(m metrics.Metric) fieldKey { return fieldKey{m.Definition, m.ID} }

// NewFieldValues returns a holder of nothing.
func NewFieldValues() *FieldValues { return &FieldValues{of: map[string]map[fieldKey]FieldValue{}} }

// Take keeps the measures of a recording.
func (s *FieldValues) Take(r Row, values []metrics.Value) {
	key := MeasureKey(r)
	if s.of[key] == nil {
		s.of[key] = make(map[fieldKey]FieldValue, len(values))
	}
	for _, v := range values {
		s.of[key][fieldKeyOf(v.Metric)] = FieldValue{Number: v.Value, Reason: v.Reason}
	}
}

// Unknown returns the rows that lack a measure among fields, and the measures that
// any of them lacks.
func (s *FieldValues) Unknown(rows []Row, fields []Field) (list []Row, measures []metrics.Metric) {
	for _, f := range fields {
		if f.Measure == nil {
			continue
		}
		lacks := func(r Row) bool { _, known := s.of[MeasureKey(r)][fieldKeyOf(*f.Measure)]; return !known }
		if slices.ContainsFunc(rows, lacks) {
			measures = append(measures, *f.Measure)
		}
	}
	for _, r := range rows {
		known := s.of[MeasureKey(r)]
		if slices.ContainsFunc(measures, func(m metrics.Metric) bool { _, ok := known[fieldKeyOf(m)]; return !ok }) {
			list = append(list, r)
		}
	}
	return list, measures
}

// Of returns what a field says of a recording.
func (s *FieldValues) Of(r Row, f Field) FieldValue {
	if f.Measure != nil {
		if v, known := s.of[MeasureKey(r)][fieldKeyOf(*f.Measure)]; known {
			return v
		}
		return FieldValue{Number: math.NaN(), Reason: NotMeasured}
	}
	v := f.told(r)
	if v.Text == "" {
		return FieldValue{Number: math.NaN(), Reason: "no table tells it"}
	}
	return FieldValue{Number: v.Float(), Text: v.Text}
}

// Column returns what a field says of each row.
func (s *FieldValues) Column(rows []Row, f Field) []FieldValue {
	column := make([]FieldValue, len(rows))
	for i, r := range rows {
		column[i] = s.Of(r, f)
	}
	return column
}

// Missing counts the rows of which a field says nothing, beside those that have yet
// to be measured.
func (s *FieldValues) Missing(rows []Row, f Field) int {
	n := 0
	for _, r := range rows {
		if v := s.Of(r, f); v.Missing() && v.Reason != NotMeasured {
			n++
		}
	}
	return n
}

// Sort returns rows by a field; those of which it says nothing are last in either
// direction. Rows that are alike keep their order.
func (s *FieldValues) Sort(rows []Row, f Field, descending bool) []Row {
	type placed struct {
		row Row
		at  FieldValue
	}
	list := make([]placed, len(rows))
	for i, v := range s.Column(rows, f) {
		list[i] = placed{rows[i], v}
	}
	compare := compareKnown
	if f.Name == ColorSubject {
		compare = func(a, b FieldValue) int { return people.CompareLabels(a.Text, b.Text) }
	}
	slices.SortStableFunc(list, func(a, b placed) int {
		switch {
		case a.at.Missing() || b.at.Missing():
			return cmp.Compare(rank(a.at.Missing()), rank(b.at.Missing()))
		case descending:
			return compare(b.at, a.at)
		}
		return compare(a.at, b.at)
	})
	sorted := make([]Row, len(rows))
	for i, p := range list {
		sorted[i] = p.row
	}
	return sorted
}

func rank(missing bool) int {
	if missing {
		return 1
	}
	return 0
}

// compareKnown orders values that are there: measures by size, others as variables
// are.
func compareKnown(a, b FieldValue) int {
	if a.Text == "" {
		return cmp.Compare(a.Number, b.Number)
	}
	return people.CompareValues(people.Value{Text: a.Text}, people.Value{Text: b.Text})
}
