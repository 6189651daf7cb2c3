package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// ImportReport says what became of every file of an import.
type ImportReport struct {
	Import   int64 // id, for undo; 0 where nothing was kept
	Outcomes []actigraphy.Outcome
	Notes    []string // on the import as a whole, for the user to look into
}

// Count returns how many outcomes have a status.
func (r ImportReport) Count(s actigraphy.Status) int {
	n := 0
	for _, o := range r.Outcomes {
		if o.Status == s {
			n++
		}
	}
	return n
}

// Summary returns the counts in words.
func (r ImportReport) Summary() string {
	return fmt.Sprintf("%d imported, %d already there, %d refused",
		r.Count(actigraphy.Imported), r.Count(actigraphy.Duplicate), r.Count(actigraphy.Refused))
}

// Import reads files and folders into the open library. A file that can't be
// read is an outcome, not an error: it never stops the rest. A cancelled import
// keeps the recordings that were whole by then, and its report. Errors are those
// of the library itself, for example a full disk.
func (wb *Workbench) Import(ctx context.Context, paths []string, opts format.Options, progress Progress) (ImportReport, error) {
	lib, err := wb.Library()
	if err != nil {
		return ImportReport{}, err
	}
	var report ImportReport
	err = wb.jobs.Do(ctx, importName(paths), func(ctx context.Context, job Progress) (string, error) {
		progress := both(job, progress)
		if report, err = wb.importAll(ctx, lib, paths, opts, progress); err == nil {
			err = wb.importedUnderProtocol(ctx, lib, &report, progress)
		}
		return report.Summary(), err
	})
	wb.notify(ProtocolChanged, MasksChanged, RecordingsChanged)
	return report, err
}

// UndoImport deletes the recordings that an import brought, with their results. An
// import that kept nothing, id 0, leaves nothing to undo.
func (wb *Workbench) UndoImport(ctx context.Context, id int64) (removed int, err error) {
	lib, err := wb.Library()
	if err != nil {
		return 0, err
	}
	if id == 0 {
		return 0, nil
	}
	// Views read again whatever happened: an error may be of the traces alone.
	defer wb.notify(RecordingsChanged, ResultsChanged)
	return lib.UndoImport(ctx, id)
}

// Imports lists the imports of the library, newest first.
func (wb *Workbench) Imports(ctx context.Context) ([]actigraphy.Import, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return lib.Imports(ctx)
}

// Inspect reads recordings and stores nothing. It calls emit for every recording,
// and with the error for every file that can't be read; emit's own error stops it.
func (wb *Workbench) Inspect(ctx context.Context, paths []string, opts format.Options, emit func(path string, r *actigraphy.Recording, err error) error) error {
	files, missing := findFiles(paths)
	for _, o := range missing {
		if err := emit(o.Path, nil, errors.New(o.Error)); err != nil {
			return err
		}
	}
	for _, file := range files {
		var stopped error
		err := format.Read(ctx, wb.cfg.Readers, file, opts, nil, func(r *actigraphy.Recording) error {
			warnOfFuture(r, wb.cfg.Now())
			stopped = emit(file, r, nil)
			return stopped
		})
		if stopped != nil {
			return stopped
		}
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, format.ErrCompanion) && len(files) > 1 {
			continue // the recordings beside it say that they took it up
		}
		if err := emit(file, nil, err); err != nil {
			return err
		}
	}
	return nil
}

func importName(paths []string) string {
	if len(paths) == 1 {
		return "Import " + filepath.Base(paths[0])
	}
	return fmt.Sprintf("Import %d files and folders", len(paths))
}

// both reports to each callback that is there.
func both(callbacks ...Progress) Progress {
	callbacks = slices.DeleteFunc(callbacks, func(p Progress) bool { return p == nil })
	return func(done, total int64, what string) {
		for _, p := range callbacks {
			p(done, total, what)
		}
	}
}
