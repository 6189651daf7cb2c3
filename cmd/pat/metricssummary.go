package main

import (
	"io"

	"github.com/spf13/cobra"

	"circascope/app"
)

// summarised is the summary of one recording, or why there is none.
type summarised struct {
	Path  string       `json:"path"`
	Error string       `json:"error"`
	Of    *app.Summary `json:"summary"` // null where the file was refused
}

func summaryFlag(cmd *cobra.Command, on *bool) {
	cmd.Flags().BoolVar(on, "summary", false, "sleep efficiency, strength of the circadian rhythm, fragmentation and rest-activity ratio, each with the measure behind it; with --json also every measure as a feature")
}

// showSummaries shows the summary of each recording: as a table of the four
// numbers, or in JSON with all features.
func (c *cli) showSummaries(list []measured) error {
	all := []summarised{}
	var known []app.Summary
	for _, m := range list {
		one := summarised{Path: m.Path, Error: m.Error}
		if m.Error == "" {
			s := app.Summarise(m.all)
			one.Of = &s
			known = append(known, s)
		}
		all = append(all, one)
	}
	return c.show(all, func(w io.Writer) error { return app.SummaryTable(known).WriteCSV(w) })
}
