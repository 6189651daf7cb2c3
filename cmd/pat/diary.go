package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/format"
	"circascope/app"
)

func (c *cli) diaryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diary",
		Short: "Sleep diaries: when people went to bed, rose, napped",
		Args:  noSuchCommand,
		RunE:  wantsCommand("name a command"),
	}
	cmd.AddCommand(c.diaryImportCommand(), c.diaryListCommand(), c.diaryShowCommand(), c.diaryExportCommand(), c.diaryRemoveCommand())
	return cmd
}

func (c *cli) diaryImportCommand() *cobra.Command {
	var order string
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Bring sleep diaries (CSV, ODS, XLSX) into the library, and tell whom they are of",
		Args:  oneOrMore("file"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			dates := format.DateOrder(order)
			if !dates.Valid() {
				return usageError{fmt.Errorf("--date-order %s: want ymd, dmy or mdy", order)}
			}
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			var reports []app.DiaryReport
			var failed error
			for _, path := range paths {
				r, err := wb.ImportDiary(cmd.Context(), path, dates)
				if err != nil {
					failed = errors.Join(failed, err)
					continue
				}
				reports = append(reports, r)
			}
			if err := c.show(reports, func(w io.Writer) error { return printDiaryReports(w, reports) }); err != nil {
				return err
			}
			return failed
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&order, "date-order", "", "ymd, dmy or mdy, for dates that can be read two ways")
	return cmd
}

func printDiaryReports(w io.Writer, reports []app.DiaryReport) error {
	for _, r := range reports {
		what := "was there already"
		if r.Added {
			what = "imported"
		}
		fmt.Fprintf(w, "%s %s:", printable(r.Path), what)
		for _, k := range diary.Kinds() {
			if n := r.Entries[k]; n > 0 {
				fmt.Fprintf(w, " %d %s", n, k)
			}
		}
		fmt.Fprintf(w, ", of %d participants\n", len(r.People))
		for _, note := range r.Notes {
			fmt.Fprintf(w, "  %s\n", note)
		}
		for what, list := range map[string][]string{"not in the library": r.Unknown, "in the library without a diary": r.Without} {
			if len(list) > 0 {
				fmt.Fprintf(w, "  %s: %s\n", what, printable(strings.Join(list, ", ")))
			}
		}
	}
	return nil
}

func (c *cli) diaryListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "The diaries of the library", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			files, err := wb.Diaries(cmd.Context())
			if err != nil {
				return err
			}
			if files == nil {
				files = []diary.File{}
			}
			return c.show(files, func(w io.Writer) error {
				t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				for _, f := range files {
					fmt.Fprintf(t, "%d\t%s\t%d entries\t%d people\t%s\n", f.ID, printable(f.Name), f.Entries, f.People, f.ImportedAt)
				}
				return t.Flush()
			})
		},
	}
	c.dbFlag(cmd)
	return cmd
}

// diaryEntries reads the entries of the named participants, or of all.
func (c *cli) diaryEntries(cmd *cobra.Command, subjects []string) ([]diary.Entry, *app.Workbench, error) {
	wb, err := c.openLibrary(cmd, true)
	if err != nil {
		return nil, nil, err
	}
	if len(subjects) == 0 {
		subjects = []string{""}
	}
	list := []diary.Entry{}
	for _, s := range subjects {
		entries, err := wb.DiaryEntries(cmd.Context(), s)
		if err == nil && len(entries) == 0 && s != "" {
			err = fmt.Errorf("no diary of the library tells of %s; 'pat diary show' shows them all", s)
		}
		if err != nil {
			return nil, nil, errors.Join(err, wb.Close())
		}
		list = append(list, entries...)
	}
	return list, wb, nil
}

func (c *cli) diaryShowCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "show [PARTICIPANT...]", Short: "What the diaries tell, entry by entry",
		RunE: func(cmd *cobra.Command, subjects []string) error {
			list, wb, err := c.diaryEntries(cmd, subjects)
			if err != nil {
				return err
			}
			defer wb.Close()
			return c.show(list, func(w io.Writer) error {
				t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				fmt.Fprintln(t, strings.Join(diary.Header(), "\t"))
				for _, e := range list {
					cells := e.Row()
					for i := range cells {
						cells[i] = printable(cells[i])
					}
					fmt.Fprintln(t, strings.Join(cells, "\t"))
				}
				return t.Flush()
			})
		},
	}
	c.dbFlag(cmd)
	return cmd
}

func (c *cli) diaryExportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "export --out FILE.csv [PARTICIPANT...]", Short: "Write the entries as a table that can be imported again",
		RunE: func(cmd *cobra.Command, subjects []string) error {
			if out == "" {
				return usageError{errors.New("name the file to write with --out")}
			}
			list, wb, err := c.diaryEntries(cmd, subjects)
			if err != nil {
				return err
			}
			defer wb.Close()
			table, src := app.DiaryTable(list)
			files, err := wb.ExportTable(cmd.Context(), out, table, src)
			if err != nil {
				return err
			}
			return c.show(files, func(w io.Writer) error {
				_, err := fmt.Fprintln(w, strings.Join(files, "\n"))
				return err
			})
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", "the file to write")
	return cmd
}

func (c *cli) diaryRemoveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove ID...", Short: "Delete diaries, by their number in 'pat diary list'",
		Args: oneOrMore("number of a diary"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			numbers := make([]int64, len(ids))
			for i, id := range ids {
				n, err := strconv.ParseInt(id, 10, 64)
				if err != nil {
					return usageError{fmt.Errorf("%q is no number of a diary; 'pat diary list' shows them", id)}
				}
				numbers[i] = n
			}
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			for _, n := range numbers {
				if err := wb.RemoveDiary(cmd.Context(), n); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.dbFlag(cmd)
	return cmd
}
