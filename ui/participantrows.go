package ui

import (
	"strconv"

	"circascope/app"
)

// embeddedWith writes the models that embedded a recording.
func embeddedWith(r app.Row) string {
	text := sizes(r.Embedded)
	if r.Demo {
		text += "  demo"
	}
	return text
}

func missingShare(r app.Row) float64 {
	if r.Epochs == 0 {
		return 0
	}
	return float64(r.Missing) / float64(r.Epochs)
}

func seconds64(r app.Row) float64 { return float64(r.Epochs) * r.Epoch.Seconds() }

func number(n int) string { return strconv.Itoa(n) }

func idsOf(rows []app.Row) []string {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}
