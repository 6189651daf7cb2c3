package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/app"
)

// measured is one recording's measures as 'pat metrics' tells them.
type measured struct {
	Path       string                `json:"path"`
	Subject    string                `json:"subject"`
	Recording  string                `json:"recording,omitempty"`
	Definition metrics.Definition    `json:"definition"`
	Metrics    map[string]jsonNumber `json:"metrics"`
	Reasons    map[string]string     `json:"reasons"`
	Error      string                `json:"error"`

	all app.Measured // of it, for the long form
}

func (c *cli) metricsCommand() *cobra.Command {
	var f metricsFlags
	var opts readFlags
	cmd := &cobra.Command{
		Use:   "metrics (FILE... | --db DB)",
		Short: "Rest-activity measures of files or of a library, by a named definition",
		RunE: func(cmd *cobra.Command, args []string) error {
			measures, err := f.measures()
			if err != nil {
				return usageError{err}
			}
			if err := opts.check(); err != nil {
				return usageError{err}
			}
			if (len(args) == 0) == (c.db == "") {
				return usageError{errors.New("name files, or a library with --db")}
			}
			var list []measured
			if c.db != "" {
				list, err = c.measureLibrary(cmd, measures)
			} else {
				list, err = c.measureFiles(cmd, args, opts, measures)
			}
			if err != nil {
				return err
			}
			if f.summary {
				err = c.showSummaries(list)
			} else {
				err = c.show(list, func(w io.Writer) error { return f.print(w, list, measures) })
			}
			if err != nil {
				return err
			}
			failed := false
			for _, m := range list {
				failed = failed || m.Error != ""
				if m.Error != "" && (f.long || f.summary) {
					fmt.Fprintf(cmd.ErrOrStderr(), "refused: %s\n", printable(m.Error)) // the CSV has no place for it
				}
			}
			return partly(failed)
		},
	}
	f.register(cmd)
	c.dbFlag(cmd)
	opts.register(cmd)
	cmd.AddCommand(c.dictionaryCommand())
	return cmd
}

func (c *cli) dictionaryCommand() *cobra.Command {
	return &cobra.Command{
		Use: "dictionary", Short: "The data dictionary as CSV: every measure with its formula, parameters and reference", Args: nothing,
		RunE: func(*cobra.Command, []string) error {
			var all []metrics.Metric
			for _, d := range metrics.Definitions() {
				all = append(all, metrics.All(d)...)
			}
			return c.show(all, app.DictionaryTable().WriteCSV)
		},
	}
}

// metricsFlags choose the measures and how they are written.
type metricsFlags struct {
	definition string
	set        []string
	long       bool
	summary    bool
}

func (f *metricsFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.definition, "definition", string(metrics.Paper), "paper, pyactigraphy or vendor")
	cmd.Flags().StringArrayVar(&f.set, "set", nil, "a parameter, name=value for all measures that have it, or MEASURE.name=value; may be given again; 'pat metrics dictionary' lists them")
	cmd.Flags().BoolVar(&f.long, "long", false, "CSV with one measure a row: its definition, parameters, value, unit, and the reason where it has none")
	summaryFlag(cmd, &f.summary)
	cmd.MarkFlagsMutuallyExclusive("long", "summary")
}

func (f *metricsFlags) measures() ([]metrics.Metric, error) {
	d, err := metrics.ParseDefinition(f.definition)
	if err != nil {
		return nil, err
	}
	return metrics.Set(metrics.All(d), f.set)
}

func (f *metricsFlags) print(w io.Writer, list []measured, measures []metrics.Metric) error {
	if !f.long {
		return printMeasured(w, list, measures)
	}
	rows := make([]app.Measured, len(list))
	for i, m := range list {
		rows[i] = m.all
	}
	return app.MeasuresTable(rows).WriteCSV(w)
}

func (c *cli) measureLibrary(cmd *cobra.Command, measures []metrics.Metric) ([]measured, error) {
	wb, err := c.openLibrary(cmd, true)
	if err != nil {
		return nil, err
	}
	defer wb.Close()
	all, err := wb.MeasuresOf(cmd.Context(), nil, measures, c.progress())
	if err != nil {
		return nil, err
	}
	list := make([]measured, len(all))
	for i, m := range all {
		list[i] = newMeasured(c.db, m, measures)
		list[i].Recording = m.ID
	}
	return list, nil
}

func (c *cli) measureFiles(cmd *cobra.Command, paths []string, opts readFlags, measures []metrics.Metric) ([]measured, error) {
	wb, err := c.workbench()
	if err != nil {
		return nil, err
	}
	list := []measured{}
	err = wb.Inspect(cmd.Context(), paths, opts.options(), func(path string, r *actigraphy.Recording, err error) error {
		if err != nil {
			m := newMeasured(path, app.Measured{}, measures)
			m.Error = err.Error()
			list = append(list, m)
			return nil
		}
		list = append(list, newMeasured(path, app.Measured{Info: actigraphy.Describe(r), Values: metrics.ComputeAll(metrics.Input{Recording: r}, measures)}, measures))
		return nil
	})
	return list, err
}

// printWhyNot says why measures have no value, each reason once.
func printWhyNot(w io.Writer, m measured, ids []string) {
	if m.Error != "" {
		fmt.Fprintf(w, "refused: %s\n", printable(m.Error))
	}
	var reasons []string
	without := map[string][]string{}
	for _, id := range ids {
		reason := m.Reasons[id]
		if reason == "" {
			continue
		}
		if without[reason] == nil {
			reasons = append(reasons, reason)
		}
		without[reason] = append(without[reason], id)
	}
	for _, reason := range reasons {
		fmt.Fprintln(w, printable(fmt.Sprintf("%s: no %s: %s", m.Subject, strings.Join(without[reason], ", "), reason)))
	}
}

// flat lists values with those of their parts.
func flat(values []metrics.Value) []metrics.Value {
	var list []metrics.Value
	for _, v := range values {
		list = append(list, v.Flat()...)
	}
	return list
}

func newMeasured(path string, all app.Measured, measures []metrics.Metric) measured {
	m := measured{
		Path: path, Subject: all.Subject, Definition: measures[0].Definition,
		Metrics: map[string]jsonNumber{}, Reasons: map[string]string{}, all: all,
	}
	for _, v := range flat(all.Values) {
		m.Metrics[v.ID] = jsonNumber(v.Value)
		if v.Reason != "" {
			m.Reasons[v.ID] = v.Reason
		}
	}
	return m
}

// printMeasured prints the rest-activity rhythm, the measures that fit on a line.
func printMeasured(w io.Writer, list []measured, measures []metrics.Metric) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	ids := []string{}
	for _, m := range measures {
		if m.Group == metrics.GroupRhythm {
			ids = append(ids, m.ID)
		}
	}
	fmt.Fprintf(t, "PARTICIPANT\t%s\n", strings.Join(ids, "\t"))
	for _, m := range list {
		if m.Error != "" {
			continue
		}
		fmt.Fprint(t, printable(m.Subject))
		for _, id := range ids {
			if m.Reasons[id] != "" {
				fmt.Fprint(t, "\t-")
				continue
			}
			fmt.Fprintf(t, "\t%.6g", float64(m.Metrics[id]))
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, m := range list {
		printWhyNot(w, m, ids)
	}
	_, err := fmt.Fprintf(w, "Definition: %s; %d more measures with --long or --json\n", measures[0].Definition, len(measures)-len(ids))
	return err
}
