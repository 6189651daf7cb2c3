package main_test

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBadLibraries tries what is no library, or not one for this program. Nothing
// is changed in it.
func TestBadLibraries(t *testing.T) {
	d := newDesk(t)
	d.write("good.awd", awd("good", whole))
	d.write("text.circascope", table())
	d.write("picture.circascope", "\x89PNG\r\n\x1a\n")
	d.write("empty.circascope", "")
	d.write("agd.circascope", agd(t))
	d.library("newer.circascope", "PRAGMA user_version = 99")
	d.library("cut.circascope")
	if err := os.Truncate(filepath.Join(d.dir, "cut.circascope"), 3*4096); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(d.dir, "folder.circascope"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ db, list, imp string }{
		{"text.circascope", "not a library", "not a library"},
		{"picture.circascope", "not a library", "not a library"},
		{"empty.circascope", "the file is empty", "the file is empty"},
		{"agd.circascope", "another program", "another program"},
		{"newer.circascope", "made by a newer program", "made by a newer program"},
		{"cut.circascope", "damaged", "damaged"},
		{"folder.circascope", "a folder", "a folder"},
		{"missing.circascope", "there is no library", ""}, // import makes it
		{"nowhere/study.circascope", "there is no library", "there is no folder nowhere"},
	}
	for _, tt := range tests {
		t.Run(tt.db, func(t *testing.T) {
			before, _ := os.ReadFile(filepath.Join(d.dir, tt.db)) // nothing where it is no file
			refused(t, d.pat("list", "--db", tt.db), tt.list)
			got := d.pat("import", "--db", tt.db, "good.awd")
			if tt.imp == "" {
				if got.status != 0 {
					t.Errorf("import: got %+v", got)
				}
				return
			}
			refused(t, got, tt.imp)
			if after, _ := os.ReadFile(filepath.Join(d.dir, tt.db)); !bytes.Equal(after, before) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestOlderLibraries wants a command that only reads to name the one that brings a
// library of an older program up to date, and that one to do it.
func TestOlderLibraries(t *testing.T) {
	d := newDesk(t)
	f, err := os.Open(filepath.Join("..", "..", "store", "testdata", "schema1.circa.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	old, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	d.write("old.circa", string(old))
	for _, command := range []string{"list", "people", "zone"} {
		args := []string{command, "--db", "old.circa"}
		if command != "list" {
			args = []string{command, "list", "--db", "old.circa"}
		}
		refused(t, d.pat(args...), "pat upgrade --db")
	}
	if got := d.pat("upgrade", "--db", "old.circa"); got.status != 0 || !strings.Contains(got.out, "up to date") || !strings.Contains(got.errOut, "old-schema1-") {
		t.Fatalf("upgrade: got %+v, want the copy named", got)
	}
	if got := d.pat("list", "--db", "old.circa"); got.status != 0 || got.errOut != "" {
		t.Errorf("list: got %+v", got)
	}
	if copies, err := filepath.Glob(filepath.Join(d.dir, "old*")); err != nil || len(copies) < 2 {
		t.Errorf("got %q, %v; want a copy of the old library beside it", copies, err)
	}
}

// refused wants status 1 and a plain message with a text in it.
func refused(t *testing.T, got outcome, want string) {
	t.Helper()
	if got.status != 1 || !strings.Contains(got.errOut, want) {
		t.Errorf("got status %d and %q, want 1 and %q", got.status, got.errOut, want)
		return
	}
	t.Log(strings.TrimSpace(got.errOut))
	lines := strings.Split(strings.TrimSpace(got.errOut), "\n")
	plain(t, lines[len(lines)-1])
}

// library makes a library with one recording and runs statements on it.
func (d desk) library(db string, statements ...string) {
	d.t.Helper()
	d.write("seed.awd", awd("seed", whole))
	if got := d.pat("import", "--db", db, "seed.awd"); got.status != 0 {
		d.t.Fatal(got.errOut)
	}
	if len(statements) == 0 {
		return
	}
	file, err := sql.Open("sqlite3", filepath.Join(d.dir, db))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := file.Exec(s); err != nil {
			d.t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		d.t.Fatal(err)
	}
}
