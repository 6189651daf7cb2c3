package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/plots"
)

// definitionHelp explains the flag of one set of definitions.
const definitionHelp = "paper, pyactigraphy or vendor (default: that of the library's protocol, or else paper)"

// definitionOf returns the definition of a flag, "" where none was given.
func definitionOf(flag string) (metrics.Definition, error) {
	if flag == "" {
		return "", nil
	}
	return metrics.ParseDefinition(flag)
}

// cohortFlags are the choices of the table and the charts of a cohort.
type cohortFlags struct {
	definition, x, y, by string
	columns              []string
	long                 bool
}

func (f *cohortFlags) options() (app.CohortOptions, error) {
	d, err := definitionOf(f.definition)
	if err != nil {
		return app.CohortOptions{}, usageError{err}
	}
	for i, name := range f.columns {
		f.columns[i] = strings.TrimSpace(name)
	}
	return app.CohortOptions{Recordings: app.All(), Definition: d, Columns: f.columns}, nil
}

func (f *cohortFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.definition, "definition", "", definitionHelp)
}

// cohortExport is the table of recordings by measures.
func (c *cli) cohortExport() *cobra.Command {
	f := new(cohortFlags)
	return c.rowExport("cohort", "Recordings by measures and variables, a row a recording", nothing, func(e exporter) (app.RowSource, error) {
		o, err := f.options()
		if err != nil {
			return app.RowSource{}, err
		}
		if f.long {
			return e.wb.CohortLong(e.cmd.Context(), o, c.progress())
		}
		table, src, err := e.wb.CohortTable(e.cmd.Context(), o, c.progress())
		return app.SourceOf(table, src), err
	}, func(cmd *cobra.Command, _ *exportFlags) {
		f.register(cmd)
		cmd.Flags().StringSliceVar(&f.columns, "columns", nil, "measures and variables, separated by commas (default: those that the window shows)")
		cmd.Flags().BoolVar(&f.long, "long", false, "a row a measure of a recording, with its definition, parameters and the reason where it has no value")
	})
}

// cohortChartExport is a scatter of two measures, or the distribution of one.
func (c *cli) cohortChartExport() *cobra.Command {
	f := new(cohortFlags)
	return c.chartExport("cohort-chart", "Recordings by two measures as a scatter, or by one as a distribution", 0, func(e exporter) (plots.Chart, app.Sources, error) {
		o, err := f.options()
		if err != nil {
			return nil, app.Sources{}, err
		}
		if f.x == "" {
			return nil, app.Sources{}, usageError{errors.New("give --x with the id of a measure, and --y with another one for a scatter; 'pat metrics dictionary' lists them")}
		}
		return e.wb.CohortChart(e.cmd.Context(), app.CohortChartOptions{CohortOptions: o, X: f.x, Y: f.y, By: f.by}, c.progress())
	}, func(cmd *cobra.Command, _ *exportFlags) {
		f.register(cmd)
		cmd.Flags().StringVar(&f.x, "x", "", "measure or variable across")
		cmd.Flags().StringVar(&f.y, "y", "", "measure or variable up; without it the distribution of --x is drawn")
		cmd.Flags().StringVar(&f.by, "by", "", "column or variable of a table of participants to group by (default: one group)")
	})
}
