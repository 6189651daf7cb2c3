package store

import (
	"os"
	"path/filepath"
	"testing"
)

// TestBuiltInWALMode: a new library never has to change over to its kind of
// journal, where a kill would leave one that a reader can't take back.
func TestBuiltInWALMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "study.circa")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	steps, err := loadMigrations(embedded)
	if err != nil {
		t.Fatal(err)
	}
	if err := build(t.Context(), path, Options{}, steps); err != nil {
		t.Fatal(err)
	}
	header, err := os.ReadFile(path)
	if err != nil || header[18] != 2 || header[19] != 2 { // https://sqlite.org/fileformat.html
		t.Errorf("got versions %v, %v, want 2 and 2", header[18:20], err)
	}
	if beside, err := filepath.Glob(path + "-*"); err != nil || beside != nil {
		t.Errorf("got %v, %v beside it, want one file", beside, err)
	}
}
