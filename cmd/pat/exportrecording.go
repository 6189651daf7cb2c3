package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"circascope/actigraphy"
	"circascope/app"
)

// recordingExport writes recordings as CSV that is read again as the same: one into
// a file, several into a folder.
func (c *cli) recordingExport() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "recording [RECORDING...] --out FILE.csv|FOLDER", Short: "Recordings as CSV that can be imported again",
		Long: "Writes recordings, named by id or participant, as CSV with a header: 'pat import' reads the same recording again.\n" +
			"--out ending in .csv takes one recording; else it is a folder, and without names every recording goes there.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usageError{fmt.Errorf("give --out with a file ending in .csv, or a folder for several recordings")}
			}
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			list, err := recordingsNamed(cmd.Context(), wb, args)
			if err != nil {
				return err
			}
			files, err := writeRecordings(cmd.Context(), wb, list, out, c.progress())
			if err != nil {
				return err
			}
			return c.show(files, func(w io.Writer) error { return printFiles(w, files) })
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", "file ending in .csv for one recording, else a folder")
	return cmd
}

func writeRecordings(ctx context.Context, wb *app.Workbench, list []actigraphy.Info, out string, progress app.Progress) ([]string, error) {
	if !strings.EqualFold(filepath.Ext(out), ".csv") {
		return wb.ExportRecordings(ctx, out, list, progress)
	}
	if len(list) != 1 {
		return nil, usageError{fmt.Errorf("--out %s: a file holds one recording, and these are %d; name one by its id, or a folder", out, len(list))}
	}
	return wb.ExportRecording(ctx, out, list[0].ID)
}

// recordingsNamed finds recordings by id or participant, every one of the library
// without names.
func recordingsNamed(ctx context.Context, wb *app.Workbench, names []string) ([]actigraphy.Info, error) {
	rows, err := wb.Rows(ctx)
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(names))
	var list []actigraphy.Info
	for _, row := range rows {
		wanted := len(names) == 0
		for _, name := range names {
			if row.ID == name || row.Subject == name {
				known[name], wanted = true, true
			}
		}
		if wanted {
			list = append(list, row.Info)
		}
	}
	for _, name := range names {
		if !known[name] {
			return nil, fmt.Errorf("the library holds no recording or participant %s; 'pat list' shows them", name)
		}
	}
	return list, nil
}
