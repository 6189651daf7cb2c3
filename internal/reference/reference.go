// Package reference finds the reference data that tests compare with. It is
// for tests only.
package reference

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir returns the folder of reference data: reference in $CIRCASCOPE_SHARED,
// or in the folder shared beside the repository. Where there is none the test
// is skipped by name.
func Dir(t testing.TB) string {
	t.Helper()
	shared := os.Getenv("CIRCASCOPE_SHARED")
	if shared == "" {
		shared = filepath.Join(root(t), "..", "shared")
	}
	dir := filepath.Join(shared, "reference")
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		t.Skipf("%s: no reference data in %s; set CIRCASCOPE_SHARED to the folder that holds reference/", t.Name(), dir)
	}
	return dir
}

// root walks up from the working directory to the folder with go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the working directory")
		}
		dir = parent
	}
}
