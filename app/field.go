package app

import (
	"slices"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
)

// Field is one thing to know of recordings: a measure, a variable of a table of
// participants, or a column of the program.
type Field struct {
	Name    string          // "IS", "age", "device": as tables and searches write it
	Words   string          // what it is
	Group   string          // under which a choice lists it
	Numbers bool            // its values are numbers
	Measure *metrics.Metric // nil where it is none

	variable int                          // its place in the values of a row, where it has no text
	text     func(actigraphy.Info) string // of a column of the program
}

// Groups of fields beside those of measures.
const (
	fieldsOfRecording = "recording"
	fieldsOfTables    = "tables of participants"
)

// Fields lists what can be known of recordings: the participant, what tables tell of
// participants, columns of the program, and the measures of a definition as the study
// has them. A raw form of a measure is not among them where the definition makes nothing
// binary.
func (s Study) Fields(d metrics.Definition, told []people.Value) []Field {
	list := append([]Field{columnField(ColorSubject)}, toldFields(told)...)
	for _, name := range []string{ColorDevice, ColorUnit, ColorWeekday} {
		list = append(list, columnField(name))
	}
	for _, m := range s.Metrics(d) {
		if m.Definition == metrics.Paper && strings.HasSuffix(m.ID, "_raw") {
			continue // the same number again
		}
		list = append(list, measureField(m))
	}
	return list
}

func toldFields(told []people.Value) []Field {
	list := make([]Field, len(told))
	for i, v := range told {
		list[i] = Field{Name: v.Name, Words: "as a table of participants tells it", Group: fieldsOfTables, Numbers: v.Type == people.Number, variable: i}
	}
	return list
}

func columnField(name string) Field {
	text, _ := textColumn(name)
	return Field{Name: name, Words: "of the recording", Group: fieldsOfRecording, text: text}
}

func measureField(m metrics.Metric) Field {
	return Field{Name: m.ID, Words: m.Name, Group: string(m.Group), Numbers: true, Measure: &m}
}

// TimeOfDay reports whether the field is a time on the wall clock, in hours.
func (f Field) TimeOfDay() bool { return f.Measure != nil && f.Measure.TimeOfDay() }

// Axis names the field with its unit.
func (f Field) Axis() string {
	if f.Measure == nil {
		return f.Name
	}
	return axisOf(*f.Measure)
}

// usualFields are the measures that a table has where nobody chose, as far as the
// definition has them.
var usualFields = []string{"IS", "IV", "RA", "L5", "L5_onset", "M10", "M10_onset", "TST", "SE", "midsleep"}

// usualVariables is how many variables a table has where nobody chose.
const usualVariables = 3

// UsualFields returns the names of the fields that a table of rows has where nobody
// chose: variables that tell participants apart, then the measures most in use. A
// definition with none of these gives its first ones.
func UsualFields(fields []Field, rows []Row) []string {
	var names, measures []string
	for _, f := range fields {
		switch {
		case f.Measure != nil:
			measures = append(measures, f.Name)
		case f.Group == fieldsOfTables && len(names) < usualVariables && differs(f, rows):
			names = append(names, f.Name)
		}
	}
	usual := slices.DeleteFunc(slices.Clone(usualFields), func(name string) bool { return !slices.Contains(measures, name) })
	if len(usual) == 0 {
		usual = measures[:min(len(usualFields), len(measures))]
	}
	return append(names, usual...)
}

func differs(f Field, rows []Row) bool {
	return slices.ContainsFunc(rows, func(r Row) bool { return f.told(r).Text != f.told(rows[0]).Text })
}

// told is what is known of a recording without measuring it.
func (f Field) told(r Row) people.Value {
	switch {
	case f.text != nil:
		return people.Value{Name: f.Name, Type: people.Text, Text: f.text(r.Info)}
	case f.Measure == nil && f.variable < len(r.Values):
		return r.Values[f.variable]
	}
	return people.Value{Name: f.Name}
}

// FindFields returns the fields whose name, words or group hold all words of a
// search.
func FindFields(fields []Field, search string) []Field {
	words := strings.Fields(strings.ToLower(search))
	var list []Field
	for _, f := range fields {
		if people.HoldsAll(strings.Join([]string{f.Name, strings.ReplaceAll(f.Name, "_", " "), f.Words, f.Group}, "\x00"), words) {
			list = append(list, f)
		}
	}
	return list
}

// ByGroup returns fields with those of a group together, groups in the order in which
// they first come.
func ByGroup(fields []Field) []Field {
	first := map[string]int{}
	for i, f := range fields {
		if _, known := first[f.Group]; !known {
			first[f.Group] = i
		}
	}
	return slices.SortedStableFunc(slices.Values(fields), func(a, b Field) int { return first[a.Group] - first[b.Group] })
}

// NamedFields returns the fields of those names, in the order of the fields; names
// that there are none of are left out.
func NamedFields(fields []Field, names []string) []Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return !slices.Contains(names, f.Name) })
}
