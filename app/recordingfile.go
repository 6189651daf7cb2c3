package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// ExportRecording writes a recording of the library as CSV, which the program reads
// again as the same recording, and NAME.provenance.json beside it. Its zone is the
// one that was named for it; masks are not in it.
func (wb *Workbench) ExportRecording(ctx context.Context, path, id string) ([]string, error) {
	if f, err := TableFormatOf(path); err != nil || f != CSVTable {
		return nil, fmt.Errorf("%s: recordings are written as .csv", path)
	}
	r, err := wb.Recording(ctx, id)
	if err != nil {
		return nil, err
	}
	return wb.export(ctx, path, nil, recordingSources(id, r), func(w io.Writer) error { return format.WriteRecording(w, r) })
}

// ExportRecordings writes recordings into a folder, one CSV each, named after the
// participant and the recording.
func (wb *Workbench) ExportRecordings(ctx context.Context, folder string, list []actigraphy.Info, progress Progress) ([]string, error) {
	if len(list) == 0 {
		return nil, errors.New("there is no recording to export")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, WriteProblem(folder, err)
	}
	progress = both(progress)
	var files []string
	for i, info := range list {
		progress(int64(i), int64(len(list)), info.Subject)
		more, err := wb.ExportRecording(ctx, filepath.Join(folder, recordingFile(info)), info.ID)
		files = append(files, more...)
		if err != nil {
			return files, err
		}
	}
	progress(int64(len(list)), int64(len(list)), "")
	return files, nil
}

// recordingFile is the name of a recording's file among those of others.
func recordingFile(info actigraphy.Info) string {
	const digits = 8 // of the id
	return FileName(info.Subject) + "-" + info.ID[:min(digits, len(info.ID))] + ".csv"
}

// FileName makes a name that any system takes.
func FileName(base string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, base)
}

func recordingSources(id string, r *actigraphy.Recording) Sources {
	return Sources{What: "recording", Details: map[string]any{
		"recording": id, "subject": r.Subject, "start": r.Start.String(), "epochs": len(r.Activity), "source": r.Source,
	}}
}
