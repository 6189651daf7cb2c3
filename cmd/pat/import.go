package main

import (
	"context"
	"encoding/json"
	"errors"
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
	var saved string
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Bring files and folders into the library",
		Long: `Bring files and folders into the library.

As many files are read at a time as there are cores. Every file is kept with what
became of it: begin an import again that was cut off, and it goes on where it
stopped; files that are in the library, by their SHA-256 and the way in which they
are read, are passed over.`,
		Args: oneOrMore("file or folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.check(); err != nil {
				return usageError{err}
			}
			if saved != "" {
				if _, err := app.TableFormatOf(saved); err != nil {
					return usageError{err}
				}
			}
			wb, err := c.openOrCreateLibrary(cmd)
			if err != nil {
				return err
			}
			defer wb.Close()
			report, err := wb.Import(cmd.Context(), args, opts.options(), c.progress())
			for _, note := range report.Notes {
				c.note("%s", note)
			}
			if report.Outcomes == nil {
				report.Outcomes = []actigraphy.Outcome{}
			}
			if showErr := c.show(report.Outcomes, func(w io.Writer) error { return printOutcomes(w, report) }); showErr != nil {
				return showErr
			}
			if saved != "" { // of an import that was cut off too
				table, src := report.Table()
				_, saveErr := wb.ExportTable(context.WithoutCancel(cmd.Context()), saved, table, src)
				err = errors.Join(err, saveErr)
			}
			if err != nil {
				return err
			}
			return partly(report.Count(actigraphy.Refused) > 0)
		},
	}
	c.dbFlag(cmd)
	opts.register(cmd)
	cmd.Flags().StringVar(&saved, "report", "", "write what became of every file into this table (.csv, .parquet, .xlsx)")
	return cmd
}

// printOutcomes lists what came in, and then what did not with its reason, which
// may be long.
func printOutcomes(w io.Writer, report app.ImportReport) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, o := range report.Outcomes {
		if o.Status != actigraphy.Refused {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", o.Status, printable(o.Path), printable(o.Subject), o.Recording)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, o := range report.Outcomes {
		if o.Status == actigraphy.Refused {
			fmt.Fprintf(w, "refused: %s\n", printable(o.Error))
		}
	}
	_, err := fmt.Fprintln(w, report.Summary())
	return err
}
