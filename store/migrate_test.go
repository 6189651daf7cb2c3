package store_test

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"circascope/inference"
	"circascope/store"
)

// fixture is a library of schema version 1 as it was first released. It is
// never written again: later programs must open it.
const fixture = "testdata/schema1.circa.gz"

var writeFixture = flag.Bool("write-fixture", false, "write "+fixture+" where there is none")

func TestWriteFixture(t *testing.T) {
	if _, err := os.Stat(fixture); err == nil || !*writeFixture {
		t.Skip("the fixture is written once, with -write-fixture where there is none")
	}
	whole, err := os.ReadFile(closedLibrary(t, options()))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(whole); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, fixture, packed.Bytes())
}

func unpackFixture(t *testing.T) string {
	t.Helper()
	f, err := os.Open(fixture)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.circa")
	writeFile(t, path, whole)
	return path
}

// wholeFixture wants everything that the fixture was made with.
func wholeFixture(t *testing.T, db *store.DB) {
	t.Helper()
	want := week("SUBJECT-A", 1)
	got, err := db.Recording(t.Context(), want.ID())
	if err != nil {
		t.Fatal(err)
	}
	sameRecording(t, got, want)
	results, err := db.Results(t.Context(), inference.Query{Profiles: true})
	if err != nil || len(results) != 1 || len(results[0].Profile) != 4 {
		t.Errorf("got results %v, %v, want one", results, err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// nextSchema is the released schema and one step more.
func nextSchema(t *testing.T, step string) fs.FS {
	t.Helper()
	names, err := fs.Glob(store.Migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range names {
		b, err := fs.ReadFile(store.Migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	files[fmt.Sprintf("migrations/%04d_test.sql", len(names)+1)] = &fstest.MapFile{Data: []byte(step)}
	return files
}

func TestOldLibraryOpens(t *testing.T) {
	db, err := store.Open(t.Context(), unpackFixture(t), options())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	wholeFixture(t, db)
}

func TestMigrationKeepsTheDataAndABackup(t *testing.T) {
	path := unpackFixture(t)
	current := pragma(t, closedLibrary(t, options()), "user_version")
	schema := nextSchema(t, `ALTER TABLE participants ADD COLUMN born TEXT NOT NULL DEFAULT ''`)
	o := options()
	o.ReadOnly = true
	if _, err := store.OpenSchema(t.Context(), path, o, schema); !errors.Is(err, store.ErrOlder) {
		t.Errorf("reading only: got %v, want ErrOlder", err)
	}
	db, err := store.OpenSchema(t.Context(), path, options(), schema)
	if err != nil {
		t.Fatal(err)
	}
	wholeFixture(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if got := pragma(t, path, "user_version"); got != current+1 {
		t.Errorf("got schema version %d, want %d", got, current+1)
	}
	if _, err := store.Open(t.Context(), path, options()); !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), "1.2.3") {
		t.Errorf("got %v, want ErrNewer naming the program", err)
	}
	backup := strings.TrimSuffix(path, ".circa") + "-schema1-20261103T120000Z.circa"
	if got := filepath.Base(db.AsItWas()); got != filepath.Base(backup) {
		t.Errorf("got the copy %s, want %s", got, filepath.Base(backup))
	}
	old, err := store.Open(t.Context(), backup, options())
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	wholeFixture(t, old)
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	path := unpackFixture(t)
	_, err := store.OpenSchema(t.Context(), path, options(), nextSchema(t, `DELETE FROM results; SELECT nonsense FROM nowhere`))
	if err == nil || !strings.Contains(err.Error(), "_test.sql") {
		t.Fatalf("got %v, want an error naming the step", err)
	}
	db, err := store.Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	wholeFixture(t, db)
}

func pragma(t *testing.T, path, name string) (value int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// TestMigrationsAreNumbered wants the released steps numbered from 1 without a hole,
// and a schema refused in which two share a number or one is missing.
func TestMigrationsAreNumbered(t *testing.T) {
	names, err := fs.Glob(store.Migrations, "migrations/*")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d_", i+1); !strings.HasPrefix(name, want) || !strings.HasSuffix(name, ".sql") {
			t.Errorf("got %s, want %s*.sql", name, want)
		}
	}
	for _, name := range []string{fmt.Sprintf("%04d_again.sql", len(names)), fmt.Sprintf("%04d_hole.sql", len(names)+2)} {
		schema := fstest.MapFS{"migrations/" + name: &fstest.MapFile{Data: []byte("SELECT 1")}}
		for _, released := range names {
			text, err := fs.ReadFile(store.Migrations, released)
			if err != nil {
				t.Fatal(err)
			}
			schema[released] = &fstest.MapFile{Data: text}
		}
		_, err := store.OpenSchema(t.Context(), filepath.Join(t.TempDir(), "a.db"), options(), schema)
		if err == nil || !strings.Contains(err.Error(), "belongs") {
			t.Errorf("%s: got %v, want a refusal of the numbers", name, err)
		}
	}
}
