package store_test

import (
	"errors"
	"reflect"
	"testing"

	"circascope/actigraphy"
	"circascope/inference"
	"circascope/models"
	"circascope/store"
)

func TestImportsKeepTheirOutcomes(t *testing.T) {
	db := newLibrary(t, options())
	imp, err := db.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []actigraphy.Outcome{
		{Path: "a/x.png", Status: actigraphy.Refused, Error: "not a recording"},
		{Path: "b.csv", Status: actigraphy.Duplicate, Recording: "r", Subject: "S", Warnings: []string{"twice", "a <b> & c"}},
	}
	if err := db.FinishImport(t.Context(), imp, want); err != nil {
		t.Fatal(err)
	}
	second := add(t, db, week("A", 1))
	imports, err := db.Imports(t.Context())
	if err != nil || len(imports) != 2 {
		t.Fatalf("got %+v, %v, want 2 imports", imports, err)
	}
	if imports[0].ID != second || imports[1].ID != imp {
		t.Errorf("got imports %d, %d, want the newest first", imports[0].ID, imports[1].ID)
	}
	if got := imports[1]; !reflect.DeepEqual(got.Outcomes, want) || got.FinishedAt != "2026-11-03T12:00:00Z" {
		t.Errorf("got %+v, want outcomes %+v", got, want)
	}
}

func TestImportThatDidNothingIsForgotten(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db)
	if imports, err := db.Imports(t.Context()); err != nil || len(imports) != 0 {
		t.Errorf("got %v, %v, want none", imports, err)
	}
}

func TestUndoImport(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	first := add(t, db, a)
	other := week("A", 3) // the same person from another file
	other.Source.SHA256 = "ff"
	second := add(t, db, a, b, other)
	if err := db.SaveResult(t.Context(), result(b, models.Small)); err != nil {
		t.Fatal(err)
	}
	n, err := db.UndoImport(t.Context(), second)
	if err != nil || n != 2 {
		t.Fatalf("got %d removed, %v, want 2: A was there before", n, err)
	}
	infos, err := db.Recordings(t.Context())
	if err != nil || len(infos) != 1 || infos[0].ID != a.ID() || infos[0].Import != first {
		t.Errorf("got %+v, %v, want A of the first import", infos, err)
	}
	if results, err := db.Results(t.Context(), inference.Query{}); err != nil || len(results) != 0 {
		t.Errorf("got %d results, %v, want none", len(results), err)
	}
	if err := db.RenameSubject(t.Context(), "A", "B"); err != nil {
		t.Errorf("B should be gone as a participant: %v", err)
	}
	if _, err := db.UndoImport(t.Context(), second); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a second time: got %v, want ErrNotFound", err)
	}
}

func TestClosedImportTakesNothingMore(t *testing.T) {
	db := newLibrary(t, options())
	imp := add(t, db, week("A", 1))
	if _, err := db.AddRecording(t.Context(), imp, week("B", 2)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("add: got %v, want ErrNotFound", err)
	}
	if err := db.FinishImport(t.Context(), imp, nil); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("finish: got %v, want ErrNotFound", err)
	}
}

func TestDeletingSomebodyLeavesARunningImportAlone(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1))
	imp, err := db.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.DeleteSubject(t.Context(), "A"); err != nil {
		t.Fatal(err)
	}
	if added, err := db.AddRecording(t.Context(), imp, week("B", 2)); err != nil || !added {
		t.Errorf("got %v, %v, want B stored", added, err)
	}
}
