package store_test

import (
	"errors"
	"testing"

	"circascope/actigraphy"
	"circascope/store"
)

func TestHeldFile(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	b.Source.SHA256, b.Source.Name = a.Source.SHA256, a.Source.Name // a cohort file
	imp, err := db.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var outcomes []actigraphy.Outcome
	for _, r := range []*actigraphy.Recording{b, a} {
		if _, err := db.AddRecording(t.Context(), imp, r); err != nil {
			t.Fatal(err)
		}
		outcomes = append(outcomes, actigraphy.Outcome{Path: "in/x.csv", Status: actigraphy.Imported, Recording: r.ID(), Subject: r.Subject})
	}
	file := keptFile(a, outcomes...)
	if held, err := db.HeldFile(t.Context(), file); err != nil || held != nil {
		t.Fatalf("a file that was not read to its end is held: %v, %v", held, err)
	}
	if err := db.KeepFile(t.Context(), imp, file); err != nil {
		t.Fatal(err)
	}
	held, err := db.HeldFile(t.Context(), file)
	if err != nil || len(held) != 2 || held[0].Recording != b.ID() || held[1].Subject != "A" || held[0].Status != actigraphy.Duplicate {
		t.Errorf("got %+v, %v, want B and A as duplicates, in the order of the file", held, err)
	}
	for what, other := range map[string]actigraphy.ImportedFile{
		"another name":    {Name: "y.csv", SHA256: file.SHA256, Options: file.Options},
		"another content": {Name: file.Name, SHA256: week("C", 3).Source.SHA256[:63] + "0", Options: file.Options},
		"other options":   {Name: file.Name, SHA256: file.SHA256, Options: `{"channel":"axis 2"}`},
	} {
		if held, err := db.HeldFile(t.Context(), other); err != nil || held != nil {
			t.Errorf("%s: got %+v, %v, want nothing", what, held, err)
		}
	}
	if imports, err := db.Imports(t.Context()); err != nil || len(imports) != 1 || len(imports[0].Outcomes) != 2 || imports[0].FinishedAt != "" {
		t.Errorf("the import that is not finished shows %+v, %v", imports, err)
	}
	if err := db.FinishImport(t.Context(), imp, nil); err != nil {
		t.Fatal(err)
	}
	if err := db.KeepFile(t.Context(), imp, file); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a finished import took a file: %v", err)
	}
	if _, err := db.DeleteSubject(t.Context(), "A"); err != nil {
		t.Fatal(err)
	}
	if held, err := db.HeldFile(t.Context(), file); err != nil || held != nil {
		t.Errorf("after one of its people was deleted the file is held: %+v, %v", held, err)
	}
}

// TestDeletingForgetsTheFile looks for the name of a file after its person's
// deletion: it may be the person's.
func TestDeletingForgetsTheFile(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	r.Source.Name = "JANE-DOE.AWD"
	add(t, db, r, week("B", 2))
	if occurrences(t, db.Path(), "JANE-DOE")+occurrences(t, db.Path()+"-wal", "JANE-DOE") == 0 {
		t.Fatal("the search finds nothing, so it proves nothing")
	}
	if _, err := db.DeleteSubject(t.Context(), "A"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{db.Path(), db.Path() + "-wal"} {
		if n := occurrences(t, path, "JANE-DOE"); n != 0 {
			t.Errorf("%d times in %s after the deletion", n, path)
		}
	}
}
