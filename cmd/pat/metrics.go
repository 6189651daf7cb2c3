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
}

func (c *cli) metricsCommand() *cobra.Command {
	var definition string
	var opts readFlags
	cmd := &cobra.Command{
		Use:   "metrics (FILE... | --db DB)",
		Short: "Rest-activity measures of files or of a library, by a named definition",
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := metrics.ParseDefinition(definition)
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
				list, err = c.measureLibrary(cmd, d)
			} else {
				list, err = c.measureFiles(cmd, args, opts, d)
			}
			if err != nil {
				return err
			}
			if err := c.show(list, func(w io.Writer) error { return printMeasured(w, list, d) }); err != nil {
				return err
			}
			failed := false
			for _, m := range list {
				failed = failed || m.Error != ""
			}
			return partly(failed)
		},
	}
	cmd.Flags().StringVar(&definition, "definition", string(metrics.Paper), "paper or pyactigraphy")
	c.dbFlag(cmd)
	opts.register(cmd)
	return cmd
}

func (c *cli) measureLibrary(cmd *cobra.Command, d metrics.Definition) ([]measured, error) {
	wb, err := c.openLibrary(cmd, true)
	if err != nil {
		return nil, err
	}
	defer wb.Close()
	all, err := wb.Measures(cmd.Context(), nil, d, c.progress())
	if err != nil {
		return nil, err
	}
	list := make([]measured, len(all))
	for i, m := range all {
		list[i] = newMeasured(c.db, m.Subject, d, m.Values)
		list[i].Recording = m.ID
	}
	return list, nil
}

func (c *cli) measureFiles(cmd *cobra.Command, paths []string, opts readFlags, d metrics.Definition) ([]measured, error) {
	wb, err := c.workbench()
	if err != nil {
		return nil, err
	}
	list := []measured{}
	err = wb.Inspect(cmd.Context(), paths, opts.options(), func(path string, r *actigraphy.Recording, err error) error {
		if err != nil {
			m := newMeasured(path, "", d, nil)
			m.Error = err.Error()
			list = append(list, m)
			return nil
		}
		list = append(list, newMeasured(path, r.Subject, d, metrics.Compute(r, d)))
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

func newMeasured(path, subject string, d metrics.Definition, values []metrics.Value) measured {
	m := measured{Path: path, Subject: subject, Definition: d, Metrics: map[string]jsonNumber{}, Reasons: map[string]string{}}
	for _, v := range values {
		m.Metrics[v.ID] = jsonNumber(v.Value)
		if v.Reason != "" {
			m.Reasons[v.ID] = v.Reason
		}
	}
	return m
}

func printMeasured(w io.Writer, list []measured, d metrics.Definition) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	ids := []string{}
	for _, m := range metrics.All(d) {
		ids = append(ids, m.ID)
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
	_, err := fmt.Fprintf(w, "Definition: %s\n", d)
	return err
}
