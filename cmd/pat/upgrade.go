package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func (c *cli) upgradeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "upgrade",
		Short: "Bring a library that an older program made up to date; a copy of it as it was is kept beside it",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			done := struct {
				Path string `json:"path"`
			}{c.libraryPath()}
			return c.show(done, func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s is up to date\n", printable(done.Path))
				return err
			})
		},
	}
	c.dbFlag(cmd)
	return cmd
}
