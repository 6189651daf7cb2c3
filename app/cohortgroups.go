package app

import (
	"math"
	"slices"

	"circascope/actigraphy/people"
	"circascope/plots"
)

// GroupValues is how a field of numbers is spread over a group of recordings.
type GroupValues struct {
	Name       string // of the group; "all" where there is one
	N          int    // recordings with a value
	Missing    int    // those without
	Q1, Median float64
	Q3         float64 // NaN without values; times of day are within a day
}

// Groups returns the spread of a field over groups of rows, in the order of the
// groups' names. by nil makes one group. More groups than a chart can hold are an
// error.
func (s *FieldValues) Groups(rows []Row, of Field, by *Field) ([]GroupValues, error) {
	values := s.line(rows, of)
	groups, err := s.grouped(rows, values, by)
	if err != nil {
		return nil, err
	}
	list := make([]GroupValues, len(groups))
	for i, g := range groups {
		known := slices.DeleteFunc(slices.Clone(g.Values), math.IsNaN)
		slices.Sort(known)
		list[i] = GroupValues{Name: g.Name, N: len(known), Missing: len(g.Values) - len(known), Q1: math.NaN(), Median: math.NaN(), Q3: math.NaN()}
		if len(known) == 0 {
			continue
		}
		quartile := func(q float64) float64 {
			v := quantileOf(known, q)
			if of.TimeOfDay() {
				v = math.Mod(v+24, 24)
			}
			return v
		}
		list[i].Q1, list[i].Median, list[i].Q3 = quartile(.25), quartile(.5), quartile(.75)
	}
	return list, nil
}

// grouped puts the values of rows into groups.
func (s *FieldValues) grouped(rows []Row, values []float64, by *Field) ([]plots.Group, error) {
	of, name := make([]people.Value, len(rows)), ""
	for i, r := range rows {
		of[i] = people.Value{Text: "all"}
		if by != nil {
			of[i], name = people.Value{Text: s.Of(r, *by).Text}, by.Name
		}
	}
	return groupsOf(values, of, name)
}

// line returns the numbers of a field, NaN where there is none. Times of day lie on
// one line.
func (s *FieldValues) line(rows []Row, f Field) []float64 {
	values := make([]float64, len(rows))
	for i, v := range s.Column(rows, f) {
		values[i] = v.Number
	}
	if f.TimeOfDay() {
		return onOneLine(values)
	}
	return values
}
