package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"circascope/actigraphy"
	"circascope/inference"
	"circascope/models"
)

func TestReadersSeeWholeRecordingsWhileOthersWrite(t *testing.T) {
	db := newLibrary(t, options())
	done := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 4 {
		readers.Go(func() { readUntil(t, db, done) })
	}
	for w := range 2 {
		writers.Go(func() { importAndUndo(t, db, w) })
	}
	writers.Go(func() {
		for i := range 3 {
			if err := db.Backup(t.Context(), filepath.Join(t.TempDir(), fmt.Sprint(i))); err != nil {
				t.Error(err)
			}
		}
	})
	writers.Wait()
	close(done)
	readers.Wait()
	infos, err := db.Recordings(t.Context())
	if err != nil || len(infos) != 2*8 {
		t.Errorf("got %d recordings, %v, want 16", len(infos), err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// library is what the readers and writers of this test need of it.
type library interface {
	BeginImport(context.Context) (int64, error)
	AddRecording(context.Context, int64, *actigraphy.Recording) (bool, error)
	FinishImport(context.Context, int64, []actigraphy.Outcome) error
	UndoImport(context.Context, int64) (int, error)
	Recordings(context.Context) ([]actigraphy.Info, error)
	Recording(context.Context, string) (*actigraphy.Recording, error)
	SaveResult(context.Context, inference.Result) error
	Results(context.Context, inference.Query) ([]inference.Result, error)
}

func readUntil(t *testing.T, db library, done <-chan struct{}) {
	for {
		infos, err := db.Recordings(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		for _, i := range infos {
			if i.Subject[0] == 'u' {
				continue // may be undone before it is read
			}
			r, err := db.Recording(t.Context(), i.ID)
			if err != nil || len(r.Activity) != i.Epochs {
				t.Errorf("%s: %v", i.Subject, err)
				return
			}
		}
		if _, err := db.Results(t.Context(), inference.Query{}); err != nil {
			t.Error(err)
			return
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

func importAndUndo(t *testing.T, db library, writer int) {
	for i := range 8 {
		kept := week(fmt.Sprintf("kept %d-%d", writer, i), i)
		gone := week(fmt.Sprintf("undone %d-%d", writer, i), i)
		if _, err := importOne(t.Context(), db, kept); err != nil {
			t.Error(err)
		}
		if err := db.SaveResult(t.Context(), result(kept, models.Small)); err != nil {
			t.Error(err)
		}
		imp, err := importOne(t.Context(), db, gone)
		if err != nil {
			t.Error(err)
		}

		if n, err := db.UndoImport(t.Context(), imp); err != nil || n != 1 {
			t.Errorf("undo removed %d, %v, want 1", n, err)
		}
	}
}

func importOne(ctx context.Context, db library, r *actigraphy.Recording) (imp int64, err error) {
	if imp, err = db.BeginImport(ctx); err != nil {
		return 0, err
	}
	if _, err := db.AddRecording(ctx, imp, r); err != nil {
		return 0, err
	}
	return imp, db.FinishImport(ctx, imp, nil)
}
