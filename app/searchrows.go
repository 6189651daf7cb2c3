package app

import (
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy/people"
)

// SearchRows returns the rows that hold every word of a search and meet its conditions
// on variables and measures, such as sex=F, age>40 and IS<0.5. Of a measure without
// a value only IS= is met, and IS!= of one with a value.
func (s *FieldValues) SearchRows(rows []Row, search string, fields []Field) []Row {
	var names []string
	if len(rows) > 0 {
		for _, v := range rows[0].Values {
			names = append(names, v.Name)
		}
	}
	measures := slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return f.Measure == nil })
	for _, f := range measures {
		names = append(names, f.Name)
	}
	conditions, words := people.ParseSearch(search, names)
	measures = slices.DeleteFunc(measures, func(f Field) bool {
		return !slices.ContainsFunc(conditions, func(c people.Condition) bool { return c.Name == f.Name })
	})
	var list []Row
	for _, r := range rows {
		values := slices.Clone(r.Values)
		for _, f := range measures {
			values = append(values, s.valueOf(r, f))
		}
		if !slices.ContainsFunc(conditions, func(c people.Condition) bool { return !c.Meets(values) }) &&
			people.HoldsAll(strings.Join([]string{r.Subject, r.Device, r.Site, r.Source.Name, r.Source.Format, r.Unit.String()}, "\x00"), words) {
			list = append(list, r)
		}
	}
	return list
}

// valueOf is a measure as a condition takes it.
func (s *FieldValues) valueOf(r Row, f Field) people.Value {
	v := people.Value{Name: f.Name, Type: people.Number}
	if at := s.Of(r, f); !at.Missing() {
		v.Text = strconv.FormatFloat(at.Number, 'g', -1, 64)
	}
	return v
}

// SearchRows returns the rows that hold every word of a search and meet its conditions
// on variables, such as sex=F and age>40.
func SearchRows(rows []Row, search string) []Row {
	return NewFieldValues().SearchRows(rows, search, nil)
}
