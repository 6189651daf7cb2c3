package app

import (
	"strings"

	"circascope/actigraphy/metrics"
)

// DictionaryTable is the data dictionary: every measure of every definition, one a
// row, with what its number means.
func DictionaryTable() Table {
	t := Table{Name: "dictionary", Header: []string{
		"measure", "definition", "name", "group", "unit", "formula", "parameters", "needs", "missing_epochs", "parts", "reference",
	}}
	for _, d := range metrics.Definitions() {
		for _, m := range metrics.All(d) {
			t.Rows = append(t.Rows, []string{
				m.ID, string(d), m.Name, string(m.Group), m.Unit, m.Formula, choices(m), m.Needs, m.Missing, m.PartName, m.Reference,
			})
		}
	}
	return t
}

// choices lists the parameters of a measure with default, range and meaning.
func choices(m metrics.Metric) string {
	var list []string
	for _, p := range m.Parameters {
		list = append(list, p.Name+"="+p.Default+" ("+p.Range+"): "+p.Meaning)
	}
	return strings.Join(list, " | ")
}
