package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"circascope/actigraphy"
	"circascope/inference"
	"circascope/models"
	"circascope/store"
)

func TestRenameKeepsIDsAndResults(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r, week("B", 2))
	if err := db.SaveResult(t.Context(), result(r, models.Small)); err != nil {
		t.Fatal(err)
	}
	if err := db.RenameSubject(t.Context(), "A", "P 01"); err != nil {
		t.Fatal(err)
	}
	got, err := db.Recording(t.Context(), r.ID())
	if err != nil {
		t.Fatal(err)
	}
	if got.Subject != "P 01" || got.Source.Subject != "A" || got.ID() != r.ID() {
		t.Errorf("got subject %q, source %q, id %s", got.Subject, got.Source.Subject, got.ID())
	}
	results, err := db.Results(t.Context(), inference.Query{})
	if err != nil || len(results) != 1 || results[0].Subject != "P 01" {
		t.Errorf("got results %v, %v", results, err)
	}
	imports, err := db.Imports(t.Context())
	if err != nil || imports[0].Outcomes[0].Subject != "P 01" {
		t.Errorf("got imports %+v, %v", imports, err)
	}
}

func TestRenameRefuses(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1), week("B", 2))
	tests := []struct {
		from, to string
		want     error
	}{
		{"A", "B", store.ErrTaken},
		{"A", " ", store.ErrTaken},
		{"C", "D", store.ErrNotFound},
	}
	for _, tt := range tests {
		if err := db.RenameSubject(t.Context(), tt.from, tt.to); !errors.Is(err, tt.want) {
			t.Errorf("%s to %q: got %v, want %v", tt.from, tt.to, err, tt.want)
		}
	}
	if err := db.RenameSubject(t.Context(), "A", "A"); err != nil {
		t.Errorf("a name that stays: got %v", err)
	}
}

// marked returns a recording whose every text names the participant.
func marked(subject string, seed int) *actigraphy.Recording {
	r := week(subject, seed)
	r.Device = "serial of " + subject
	r.Source.Name = subject + ".csv"
	r.Source.Notes = []string{"a note on " + subject}
	return r
}

func TestDeleteLeavesNothingInTheFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "study.circa")
	db, err := store.Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var keep []*actigraphy.Recording
	for i := range 40 {
		r := marked(fmt.Sprintf("PERSON-%03d", i), i)
		add(t, db, r)
		if err := db.SaveResult(t.Context(), result(r, models.Small)); err != nil {
			t.Fatal(err)
		}
		keep = append(keep, r)
	}
	const gone = "PERSON-017"
	if n, err := db.DeleteSubject(t.Context(), gone); err != nil || n != 1 {
		t.Fatalf("got %d removed, %v, want 1", n, err)
	}
	for _, name := range []string{path, path + "-wal"} {
		if n := occurrences(t, name, gone); n != 0 {
			t.Errorf("%s appears %d times in %s after the deletion", gone, n, filepath.Base(name))
		}
	}
	if n := occurrences(t, path, "PERSON-016"); n == 0 {
		t.Error("the search finds nobody, so it proves nothing")
	}
	keep = append(keep[:17], keep[18:]...)
	for _, r := range keep {
		got, err := db.Recording(t.Context(), r.ID())
		if err != nil {
			t.Fatal(err)
		}
		sameRecording(t, got, r)
	}
	results, err := db.Results(t.Context(), inference.Query{})
	if err != nil || len(results) != 39 {
		t.Errorf("got %d results, %v, want 39", len(results), err)
	}
	if _, err := db.DeleteSubject(t.Context(), gone); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a second time: got %v, want ErrNotFound", err)
	}
}

func TestDeletionSaysWhenTheJournalCouldNotBeEmptied(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1))
	other, err := sql.Open("sqlite3", "file:"+db.Path()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	reading, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := reading.QueryRowContext(t.Context(), "SELECT count(*) FROM recordings").Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n, err := db.DeleteSubject(t.Context(), "A"); n != 1 || !errors.Is(err, store.ErrTraces) {
		t.Errorf("got %d, %v, want 1 and ErrTraces while another program reads", n, err)
	}
	if infos, err := db.Recordings(t.Context()); err != nil || len(infos) != 0 {
		t.Errorf("got %d recordings, %v, want none", len(infos), err)
	}
	if err := reading.Rollback(); err != nil {
		t.Error(err)
	}
}

// occurrences counts a text in a file's bytes. Another process reads them: this
// one must not open a library file that SQLite has open.
func occurrences(tb testing.TB, path, text string) int {
	tb.Helper()
	b, err := exec.Command("cat", path).Output()
	if err != nil {
		tb.Fatal(err)
	}
	return bytes.Count(b, []byte(text))
}

func TestCompactShrinksTheFile(t *testing.T) {
	db := newLibrary(t, options())
	for i := range 20 {
		add(t, db, week(fmt.Sprint(i), i))
	}
	for i := range 19 {
		if _, err := db.DeleteSubject(t.Context(), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	before := fileSize(t, db.Path())
	if err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := fileSize(t, db.Path()); after > before/2 {
		t.Errorf("got %d bytes after, %d before", after, before)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func fileSize(tb testing.TB, path string) int64 {
	tb.Helper()
	info, err := os.Stat(path)
	if err != nil {
		tb.Fatal(err)
	}
	return info.Size()
}
