package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"circascope/models"
	"circascope/store"
)

// execute runs SQL on a file as another program would.
func execute(tb testing.TB, path, query string, args ...any) {
	tb.Helper()
	if err := tryExecute(path, query, args...); err != nil {
		tb.Fatal(err)
	}
}

// tryExecute runs a statement on a library file as another program would.
func tryExecute(path, query string, args ...any) error {
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(context.Background(), query, args...)
	return err
}

// closedLibrary makes a library with one recording and returns its path.
func closedLibrary(tb testing.TB, o store.Options) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "study.circa")
	db, err := store.Create(context.Background(), path, o)
	if err != nil {
		tb.Fatal(err)
	}
	r := week("SUBJECT-A", 1)
	add(tb, db, r)
	if err := errors.Join(db.SaveResult(context.Background(), result(r, models.Small)), db.Close()); err != nil {
		tb.Fatal(err)
	}
	return path
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name  string
		make  func(t *testing.T, path string)
		want  error
		words []string
	}{
		{"nothing", func(*testing.T, string) {}, store.ErrNotFound, []string{"no such file"}},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, store.ErrNotLibrary, []string{"a folder"}},
		{"an empty file", func(t *testing.T, path string) { writeFile(t, path, nil) }, store.ErrNotLibrary, []string{"empty"}},
		{"a picture", func(t *testing.T, path string) {
			writeFile(t, path, append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{7}, 5000)...))
		}, store.ErrNotLibrary, []string{"format"}},
		{"another program's SQLite file", func(t *testing.T, path string) {
			execute(t, path, "PRAGMA journal_mode=WAL; CREATE TABLE notes (x); PRAGMA application_id=12")
		}, store.ErrNotLibrary, []string{"another program"}},
		{"a newer library", func(t *testing.T, path string) {
			execute(t, path, `PRAGMA application_id=0x43697263; PRAGMA user_version=99;
				CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at TEXT, program_version TEXT);
				INSERT INTO migrations VALUES (99, '', '7.8.9')`)
		}, store.ErrNewer, []string{"version 99", "7.8.9", "up to"}},
	}
	for _, tt := range tests {
		for _, readOnly := range []bool{false, true} {
			path := filepath.Join(t.TempDir(), "study.circa")
			tt.make(t, path)
			before, _ := os.ReadFile(path)
			o := options()
			o.ReadOnly = readOnly
			_, err := store.Open(t.Context(), path, o)
			if !errors.Is(err, tt.want) {
				t.Fatalf("%s: got %v, want %v", tt.name, err, tt.want)
			}
			for _, w := range append(tt.words, path) {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%s: %q does not say %q", tt.name, err, w)
				}
			}
			after, _ := os.ReadFile(path)
			if !bytes.Equal(before, after) {
				t.Errorf("%s: the file was changed", tt.name)
			}
			if _, err := os.Stat(path + ".lock"); err == nil {
				t.Errorf("%s: a lock file is left", tt.name)
			}
		}
	}
}

func writeFile(tb testing.TB, path string, b []byte) {
	tb.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func TestCreateNeverOverwrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "study.circa")
	writeFile(t, path, []byte("mine"))
	if _, err := store.Create(t.Context(), path, options()); !errors.Is(err, store.ErrExists) {
		t.Errorf("got %v, want ErrExists", err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
		t.Errorf("got %q, %v, want the file as it was", b, err)
	}
}

func TestClosedLibraryIsOneFile(t *testing.T) {
	path := closedLibrary(t, options())
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v, want the library alone", entries, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, %v, want it for its owner only", info.Mode(), err)
	}
}

func TestNamesThatLookLikeURIs(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a b?mode=ro&x=1#y%41.circa", "ä;ö'.circa"} {
		path := filepath.Join(dir, name)
		db, err := store.Create(t.Context(), path, options())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		add(t, db, week("A", 1))
		if err := errors.Join(db.Backup(t.Context(), path+" copy"), db.Close()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, p := range []string{path, path + " copy"} {
			if _, err := os.Stat(p); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestReadOnlyLibrary(t *testing.T) {
	path := closedLibrary(t, options())
	o := options()
	o.ReadOnly = true
	db, err := store.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if db.ReadOnly() == "" {
		t.Error("it does not say that it is read-only")
	}
	infos, err := db.Recordings(t.Context())
	if err != nil || len(infos) != 1 {
		t.Errorf("got %d recordings, %v, want 1", len(infos), err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := db.BeginImport(t.Context()); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
	if err := db.Compact(t.Context()); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
}
