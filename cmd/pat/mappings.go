package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"circascope/app"
)

func (c *cli) mappingsCommand() *cobra.Command {
	var forget string
	cmd := &cobra.Command{
		Use:   "mappings",
		Short: "Show which columns of CSV files the library remembers; --forget drops one",
		Long: `Show the mappings of columns that were chosen by hand for generic CSV files. Files
with the same line of column names are imported with them into this library.

--forget takes the line of column names as it is shown. Recordings that were read
with the mapping stay.`,
		Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, forget == "")
			if err != nil {
				return err
			}
			defer wb.Close()
			if forget != "" {
				found, err := wb.ForgetMapping(cmd.Context(), forget)
				if err != nil {
					return err
				}
				if !found {
					return fmt.Errorf("no mapping is remembered for the line %q; 'pat mappings' shows them", forget)
				}
			}
			list, err := wb.Mappings(cmd.Context())
			if err != nil {
				return err
			}
			if list == nil {
				list = []app.RememberedMapping{}
			}
			return c.show(list, func(w io.Writer) error { return printMappings(w, list) })
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&forget, "forget", "", "the line of column names whose mapping is to be forgotten")
	return cmd
}

func printMappings(w io.Writer, list []app.RememberedMapping) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "No mapping of columns is remembered.")
		return err
	}
	for _, m := range list {
		_, err := fmt.Fprintf(w, "%s\n  activity is column %d (%s), chosen %s\n", printable(m.Header), m.Mapping.Activity, printable(m.Mapping.Channel), m.At)
		if err != nil {
			return err
		}
	}
	return nil
}
