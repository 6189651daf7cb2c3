package main

import (
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
	}, c.approveCommand())
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

func printModels(w io.Writer, files []models.File) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "MODEL\tSTATE\tLAYOUT\tPARAMETERS\tBYTES\tSHA-256\tFILE")
	for _, f := range files {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", modelName(f), f.State, orDash(f.Layout), orDash(count(f.Parameters)), orDash(count(f.Bytes)), orDash(f.SHA256), orDash(printable(f.Path)))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, f := range files {
		for _, remark := range []string{f.Warning, f.Error} {
			if remark != "" {
				fmt.Fprintln(w, printable(aboutFile(f)+strings.TrimPrefix(remark, f.Path+" ")))
			}
		}
	}
	return nil
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
