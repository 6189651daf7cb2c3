package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func (c *cli) demoCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "demo --out DIR",
		Short: "The main job without a screen: sample recordings, demo weights, charts and CSVs into a folder",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usageError{errors.New("give --out with the folder to write into")}
			}
			wb, err := c.workbench()
			if err != nil {
				return err
			}
			defer wb.Close()
			files, err := wb.Demo(cmd.Context(), out, c.progress())
			if err != nil {
				return err
			}
			return c.show(files, func(w io.Writer) error { return printFiles(w, files) })
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "folder to write into; it is made where there is none")
	return cmd
}

func printFiles(w io.Writer, files []string) error {
	for _, f := range files {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
	}
	return nil
}
