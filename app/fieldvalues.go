package app

import (
	"cmp"
	"math"
	"slices"

	"circascope/actigraphy"
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
	of map[string]rowValues // by id of the recording
}

// rowValues are the measures of a recording under a mask in a zone. A cell of a table is
// looked up so often that no key is put together for it.
type rowValues struct {
	start  actigraphy.LocalTime
	mask   string
	values map[fieldKey]FieldValue
}

type fieldKey struct {
	definition metrics.Definition
	id         string
}

func fieldKeyOf(m *metrics.Metric) fieldKey { return fieldKey{m.Definition, m.ID} }

// NewFieldValues returns a holder of nothing.
func NewFieldValues() *FieldValues { return &FieldValues{of: map[string]rowValues{}} }

// known returns what is known of a recording as it is now: what MeasureKey names has not
// changed.
func (s *FieldValues) known(r *Row) map[fieldKey]FieldValue {
	of := s.of[r.ID]
	if of.mask != r.Mask || of.start != r.Start && of.start.String() != r.Start.String() {
		return nil
	}
	return of.values
}

// Take keeps the measures of a recording, in place of those that were made from
// something else.
func (s *FieldValues) Take(r Row, values []metrics.Value) {
	known := s.known(&r)
	if known == nil {
		known = make(map[fieldKey]FieldValue, len(values))
		s.of[r.ID] = rowValues{r.Start, r.Mask, known}
	}
	for i := range values {
		v := &values[i]
		known[fieldKeyOf(&v.Metric)] = FieldValue{Number: v.Value, Reason: v.Reason}
	}
}

// Unknown returns the rows that lack a measure among fields, and the measures that
// any of them lacks.
func (s *FieldValues) Unknown(rows []Row, fields []Field) (list []Row, measures []metrics.Metric) {
	var keys []fieldKey // of measures
	for _, f := range fields {
		if f.Measure == nil {
			continue
		}
		key := fieldKeyOf(f.Measure)
		for i := range rows {
			if _, known := s.known(&rows[i])[key]; !known {
				measures, keys = append(measures, *f.Measure), append(keys, key)
				break
			}
		}
	}
	for i := range rows {
		known := s.known(&rows[i])
		if slices.ContainsFunc(keys, func(key fieldKey) bool { _, ok := known[key]; return !ok }) {
			list = append(list, rows[i])
		}
	}
	return list, measures
}

// Of returns what a field says of a recording.
func (s *FieldValues) Of(r Row, f Field) FieldValue {
	return s.at(&r, &f)
}

func (s *FieldValues) at(r *Row, f *Field) FieldValue {
	if f.Measure != nil {
		if v, known := s.known(r)[fieldKeyOf(f.Measure)]; known {
			return v
		}
		return FieldValue{Number: math.NaN(), Reason: NotMeasured}
	}
	v := f.told(*r)
	if v.Text == "" {
		return FieldValue{Number: math.NaN(), Reason: "no table tells it"}
	}
	return FieldValue{Number: v.Float(), Text: v.Text}
}

// Column returns what a field says of each row.
func (s *FieldValues) Column(rows []Row, f Field) []FieldValue {
	column := make([]FieldValue, len(rows))
	for i := range rows {
		column[i] = s.at(&rows[i], &f)
	}
	return column
}

// Missing counts the rows of which a field says nothing, beside those that have yet
// to be measured.
func (s *FieldValues) Missing(rows []Row, f Field) int {
	n := 0
	for i := range rows {
		if v := s.at(&rows[i], &f); v.Missing() && v.Reason != NotMeasured {
			n++
		}
	}
	return n
}

// Sort returns rows by a field; those of which it says nothing are last in either
// direction. Rows that are alike keep their order.
func (s *FieldValues) Sort(rows []Row, f Field, descending bool) []Row {
	column, order := s.Column(rows, f), make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	compare := compareKnown
	if f.Name == ColorSubject {
		compare = func(a, b FieldValue) int { return people.CompareLabels(a.Text, b.Text) }
	}
	slices.SortStableFunc(order, func(i, k int) int {
		a, b := column[i], column[k]
		switch {
		case a.Missing() || b.Missing():
			return cmp.Compare(rank(a.Missing()), rank(b.Missing()))
		case descending:
			return compare(b, a)
		}
		return compare(a, b)
	})
	sorted := make([]Row, len(rows))
	for i, k := range order {
		sorted[i] = rows[k]
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
