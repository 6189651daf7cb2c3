package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/models"
)

func (c *cli) modelsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "models",
		Short: "The weights files on this machine and how far they are trusted",
		Args:  noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.listModels(cmd)
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "list",
		Short: "List the weights files and their states",
		Args:  nothing,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.listModels(cmd) },
	}, &cobra.Command{
		Use:   "check FILE...",
		Short: "Say what a weights file is, and whether it is trusted; change nothing",
		Args:  oneOrMore("weights file"),
		RunE:  c.checkModels,
	}, c.approveCommand(), c.removeCommand())
	return cmd
}

func (c *cli) listModels(cmd *cobra.Command) error {
	wb, err := c.workbench()
	if err != nil {
		return err
	}
	files, err := wb.Models(cmd.Context())
	if err != nil {
		return err
	}
	return c.show(files, func(w io.Writer) error {
		if err := printModels(w, files); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w, "Weights are kept in %s\n", wb.ModelsDir())
		return err
	})
}

func (c *cli) checkModels(cmd *cobra.Command, paths []string) error {
	wb, err := c.workbench()
	if err != nil {
		return err
	}
	files := make([]models.File, len(paths))
	failed := false
	for i, path := range paths {
		if files[i], err = wb.CheckModel(cmd.Context(), path); err != nil {
			return err
		}
		switch files[i].State {
		case models.Refused, models.Changed, models.Missing:
			failed = true
		}
	}
	if err := c.show(files, func(w io.Writer) error { return printModels(w, files) }); err != nil {
		return err
	}
	return partly(failed)
}

func (c *cli) approveCommand() *cobra.Command {
	var sha string
	cmd := &cobra.Command{
		Use:   "approve FILE",
		Short: "Trust a weights file: only its present content will be used",
		Args:  one("weights file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			wb, err := c.workbench()
			if err != nil {
				return err
			}
			if sha == "" {
				file, err := wb.CheckModel(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				sha = file.SHA256
			}
			defer wb.Close()
			file, err := wb.ApproveModel(cmd.Context(), args[0], sha)
			if err != nil {
				return err
			}
			return c.show([]models.File{file}, func(w io.Writer) error { return printModels(w, []models.File{file}) })
		},
	}
	cmd.Flags().StringVar(&sha, "sha256", "", "approve only if the file has this SHA-256")
	return cmd
}

func (c *cli) removeCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "remove SIZE",
		Short: "Forget the approval of a size's weights; the file and the results made with it stay",
		Args:  one("size, S, M or L"),
		RunE: func(cmd *cobra.Command, args []string) error {
			sizes, err := parseSizes(args[0])
			if err != nil || len(sizes) != 1 {
				return usageError{errors.Join(err, errors.New("name one size"))}
			}
			if !yes {
				return usageError{fmt.Errorf("this forgets that PAT-%s was approved, with the copy and the fingerprints that were kept; give --yes to do it", sizes[0])}
			}
			wb, err := c.workbench()
			if err != nil {
				return err
			}
			defer wb.Close()
			file, err := wb.RemoveModel(cmd.Context(), sizes[0])
			if err != nil {
				return err
			}
			return c.show(file, func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "PAT-%s is not approved any more. The file itself was left where it is: %s (SHA-256 %s)\n", sizes[0], printable(file.Path), file.SHA256)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do it without asking again")
	return cmd
}

func printModels(w io.Writer, files []models.File) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "MODEL\tSTATE\tCHECK\tLAYOUT\tPARAMETERS\tBYTES\tSHA-256\tFILE")
	for _, f := range files {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", modelName(f), f.State, orDash(checked(f)), orDash(f.Layout), orDash(count(f.Parameters)), orDash(count(f.Bytes)), orDash(f.SHA256), orDash(printable(f.Path)))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, f := range files {
		remarks := []string{f.Warning, f.Error}
		if f.Score != "" {
			remarks = append(remarks, fmt.Sprintf("it gives the score %s: a probability of its author's task, not a diagnosis", f.Score))
		}
		for _, c := range f.Checks {
			remarks = append(remarks, c.Problem)
		}
		for _, remark := range remarks {
			if remark != "" {
				fmt.Fprintln(w, printable(aboutFile(f)+strings.TrimPrefix(remark, f.Path+" ")))
			}
		}
	}
	return nil
}

// checked says how the comparisons of weights with their fingerprints went last.
func checked(f models.File) string {
	word := ""
	for _, c := range f.Checks {
		if c.Problem != "" {
			return "failed"
		}
		word = "passed"
	}
	return word
}

// aboutFile begins a remark on a file, or on a size that has none.
func aboutFile(f models.File) string {
	if f.Path == "" {
		return modelName(f) + ": "
	}
	return f.Path + ": "
}

func modelName(f models.File) string {
	if f.Model == "" {
		return "-"
	}
	return "PAT-" + string(f.Model)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// count writes a number, or nothing where it is not known.
func count[T int | int64](n T) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
