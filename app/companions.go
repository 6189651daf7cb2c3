package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// lateCompanions tells of files that recordings did not take up, because those were
// in the library before: what belongs together is read together.
func (in *importer) lateCompanions(ctx context.Context) ([]actigraphy.Outcome, error) {
	if !slices.ContainsFunc(in.files, func(f importedFile) bool { return f.goesWith != "" }) {
		return nil, nil
	}
	infos, err := in.lib.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	var late []actigraphy.Outcome
	for _, f := range in.files {
		if f.goesWith == "" {
			continue
		}
		if reason := in.notTakenUp(f, infos); reason != "" {
			late = append(late, actigraphy.Outcome{Path: f.path, Status: actigraphy.Refused, Error: f.path + ": " + reason})
		}
	}
	return late, nil
}

// notTakenUp says why the recordings that a companion goes with do not have it, "" if
// they do, or if they were refused in this import.
func (in *importer) notTakenUp(companion importedFile, infos []actigraphy.Info) string {
	series := filepath.Base(companion.goesWith)
	ids := map[string]bool{}
	if i := slices.IndexFunc(in.files, func(f importedFile) bool { return filepath.Clean(f.path) == companion.goesWith }); i >= 0 {
		for _, o := range in.files[i].outcomes {
			ids[o.Recording] = true
		}
		infos = slices.DeleteFunc(slices.Clone(infos), func(i actigraphy.Info) bool { return !ids[i.ID] })
		if len(infos) == 0 {
			return ""
		}
	}
	held := 0
	for _, i := range infos {
		if i.Source.Name != series {
			continue
		}
		held++
		if slices.ContainsFunc(i.Source.Notes, func(note string) bool { return strings.Contains(note, filepath.Base(companion.path)) }) {
			return ""
		}
	}
	if held == 0 {
		return fmt.Sprintf("it goes with %s, which is not in the library; import both together", series)
	}
	return fmt.Sprintf("it goes with %s, which was imported without it (recordings in the library: %d); "+
		"delete those recordings and import both files together, and it is read with them", series, held)
}

// companionOf returns the file whose recordings take up the one that gave the error,
// "" where it goes with none.
func companionOf(err error) string {
	var c *format.Companion
	if errors.As(err, &c) {
		return c.Of
	}
	return ""
}
