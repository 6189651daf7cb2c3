package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// OpenSample opens the sample library at path: 47 people of NHANES 2003-2006. The
// first time it makes the file and imports the recordings that ship with the
// program; an import that was cut off is completed.
func (wb *Workbench) OpenSample(ctx context.Context, path string, progress Progress) error {
	if err := wb.openOrCreate(ctx, path); err != nil {
		return err
	}
	return wb.jobs.Do(ctx, "Open the sample library", func(ctx context.Context, job Progress) (string, error) {
		return wb.importSample(ctx, both(job, progress))
	})
}

func (wb *Workbench) openOrCreate(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return wb.OpenLibrary(ctx, path, false)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("making the folder of the sample library: %w", err)
	}
	return wb.CreateLibrary(ctx, path)
}

func (wb *Workbench) importSample(ctx context.Context, progress Progress) (string, error) {
	lib, err := wb.Library()
	if err != nil {
		return "", err
	}
	id, err := lib.BeginImport(ctx)
	if err != nil {
		return "", err
	}
	var got importedFile
	err = wb.readSample(ctx, func(r *actigraphy.Recording) error {
		progress(int64(len(got.outcomes)), sampleSize, r.Subject)
		added, err := lib.AddRecording(ctx, id, r)
		if err == nil {
			got.take(r.Source.Name, r, added)
		}
		return err
	})
	report := ImportReport{Import: id, Outcomes: got.outcomes}
	if report.Count(actigraphy.Imported) == 0 {
		got.outcomes = nil // nothing new: no import to remember
	}
	if keep := lib.FinishImport(context.WithoutCancel(ctx), id, got.outcomes); err == nil {
		err = keep
	}
	if err == nil {
		err = wb.importedUnderProtocol(ctx, lib, &report, progress)
	}
	wb.notify(ProtocolChanged, MasksChanged, RecordingsChanged)
	return report.Summary(), err
}

// sampleSize is the number of people in the sample.
const sampleSize = 47

func (wb *Workbench) readSample(ctx context.Context, emit func(*actigraphy.Recording) error) error {
	act, err := wb.cfg.Sample.Activity()
	if err != nil {
		return fmt.Errorf("opening the shipped sample: %w", err)
	}
	defer act.Close() //nolint:errcheck // it was only read
	wear, err := wb.cfg.Sample.Wear()
	if err != nil {
		return fmt.Errorf("opening the shipped wear table: %w", err)
	}
	defer wear.Close() //nolint:errcheck // it was only read
	if err := format.ReadNHANES(ctx, act, wear, "nhanes47", emit); err != nil {
		return fmt.Errorf("reading the shipped sample: %w", err)
	}
	return nil
}
