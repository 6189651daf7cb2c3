package app

import (
	"strings"

	"circascope/actigraphy"
)

// Table lists what became of every file and recording of the import, one a row,
// and the sources of that table.
func (r ImportReport) Table() (Table, Sources) {
	t := Table{Name: "import-report", Header: []string{"path", "status", "participant", "recording", "reason", "warnings"}}
	for _, o := range r.Outcomes {
		t.Rows = append(t.Rows, []string{o.Path, string(o.Status), o.Subject, o.Recording, o.Error, strings.Join(o.Warnings, " | ")})
	}
	return t, Sources{What: "import report", Details: map[string]any{
		"import": r.Import, "imported": r.Count(actigraphy.Imported), "duplicate": r.Count(actigraphy.Duplicate),
		"refused": r.Count(actigraphy.Refused), "notes": r.Notes,
	}}
}
