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

// summaryMetrics shows the summary of each recording: as a table of the four
// numbers, or in JSON with all features.
type summaryMetrics struct {
	job   *metricsJob
	all   []summarised
	known []app.Summary
}

func (o *summaryMetrics) add(path string, m app.Measured) error {
	one := summarised{Path: path}
	if m.Err != nil {
		one.Error = m.Err.Error()
		o.job.complain(m)
	} else {
		s := app.Summarise(m)
		one.Of = &s
		o.known = append(o.known, s)
	}
	o.all = append(o.all, one)
	return nil
}

// exportSummary writes the four numbers of each recording into a file.
func (j *metricsJob) exportSummary(wb *app.Workbench) error {
	o := &summaryMetrics{job: j}
	if err := j.each(wb, o.add); err != nil {
		return err
	}
	src := app.Sources{What: "summary of measures"}.Of(j.study, j.measures)
	files, err := wb.ExportTable(j.cmd.Context(), j.out, app.SummaryTable(o.known), src)
	if err != nil {
		return err
	}
	return j.cli.show(files, func(w io.Writer) error { return printFiles(w, files) })
}

func (o *summaryMetrics) end() error {
	return o.job.cli.show(o.all, func(w io.Writer) error { return app.SummaryTable(o.known).WriteCSV(w) })
}
