package ui

import (
	"slices"

	"circascope/app"
	"circascope/ui/controls"
)

// recordingChoice chooses the recording of the study by name, on pages of one.
type recordingChoice struct {
	*controls.Select
	study    *study
	settling bool // it is being set, not used
}

func newRecordingChoice(s *study) *recordingChoice {
	c := &recordingChoice{study: s}
	c.Select = controls.NewSelect(nil, func(string) {
		if i := c.SelectedIndex(); !c.settling && i >= 0 && i < len(s.rows) {
			s.choose(s.rows[i].ID)
		}
	})
	return c
}

// settle shows whose recording is chosen.
func (c *recordingChoice) settle(row app.Row) {
	c.settling = true
	defer func() { c.settling = false }()
	if labels := recordingLabels(c.study.rows); !slices.Equal(c.Options, labels) {
		c.SetOptions(labels)
	}
	c.SetSelectedIndex(c.study.byID[row.ID])
}

func recordingLabels(rows []app.Row) []string {
	labels := make([]string, len(rows))
	for i, r := range rows {
		labels[i] = r.Subject
		if i > 0 && rows[i-1].Subject == r.Subject {
			labels[i] += "  " + startOf(r.Start)
		}
	}
	return labels
}
