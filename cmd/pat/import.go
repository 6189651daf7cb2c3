package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/actigraphy"
	"circascope/app"
)

func marshalFloat(v float64) ([]byte, error) { return json.Marshal(v) }

func (c *cli) importCommand() *cobra.Command {
	var opts readFlags
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Bring files and folders into the library",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			wb, err := c.openOrCreateLibrary(cmd)
			if err != nil {
				return err
			}
			defer wb.Close()
			report, err := wb.Import(cmd.Context(), args, opts.options(), c.progress())
			if report.Outcomes == nil {
				report.Outcomes = []actigraphy.Outcome{}
			}
			if showErr := c.show(report.Outcomes, func(w io.Writer) error { return printOutcomes(w, report) }); showErr != nil {
				return showErr
			}
			if err != nil {
				return err
			}
			return partly(report.Count(actigraphy.Refused) > 0)
		},
	}
	c.dbFlag(cmd)
	opts.register(cmd)
	return cmd
}

func printOutcomes(w io.Writer, report app.ImportReport) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, o := range report.Outcomes {
		what := o.Subject
		if o.Error != "" {
			what = o.Error
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", o.Status, o.Path, what, o.Recording)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, report.Summary())
	return err
}

// progress returns a callback that keeps one line of standard error up to date,
// or writes nothing where that is no terminal.
func (c *cli) progress() app.Progress {
	if !isTerminal(c.errOut) {
		return nil
	}
	return func(done, total int64, what string) {
		line := fmt.Sprintf("%d of %d  %s", done, total, what)
		if total == 0 {
			line = what
		}
		if total > 0 && done == total {
			line = ""
		}
		fmt.Fprintf(c.errOut, "\r\x1b[K%s", line)
	}
}
