package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// library imports a recording of fifteen days of anna.
func library(t *testing.T, d desk) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "study.circascope")
	if got := d.pat("import", "--db", db, fifteenDays(d)); got.status != 0 {
		t.Fatalf("importing: status %d: %s", got.status, got.errOut)
	}
	return db
}

func TestActogramOverlays(t *testing.T) {
	d := newDesk(t)
	db := library(t, d)
	out := filepath.Join(t.TempDir(), "a.svg")
	got := d.pat("export", "actogram", "anna", "--db", db, "--out", out, "--scoring", "oakley:vendor", "--rest", "crespo", "--windows", "--cosinor")
	if got.status != 0 {
		t.Fatalf("got status %d: %s", got.status, got.errOut)
	}
	side, err := os.ReadFile(out + ".provenance.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"algorithm": "oakley"`, `"definition": "vendor"`, `"source": "crespo"`, `"L5"`, `"acrophase_h"`} {
		if !strings.Contains(string(side), want) {
			t.Errorf("the side file lacks %s", want)
		}
	}
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"--scoring", "crespo"}, "choose one of cole-kripke:paper"},
		{[]string{"--rest", "dream"}, "choose one of diary"},
		{[]string{"--rest", "diary"}, "no rest on this actogram: no diary tells of this person"},
	} {
		got := d.pat(append([]string{"export", "actogram", "anna", "--db", db, "--out", out}, tt.args...)...)
		if got.status == 0 || !strings.Contains(got.errOut, tt.want) {
			t.Errorf("%v: status %d, %q; want an error with %q", tt.args, got.status, got.errOut, tt.want)
		}
	}
}

func TestExportMeasuresOfOne(t *testing.T) {
	d := newDesk(t)
	db := library(t, d)
	out := filepath.Join(t.TempDir(), "m.csv")
	if got := d.pat("export", "measures", "anna", "--db", db, "--out", out, "--definition", "paper,pyactigraphy"); got.status != 0 {
		t.Fatalf("got status %d: %s", got.status, got.errOut)
	}
	table, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{",IS,paper,", ",IS,pyactigraphy,"} {
		if n := strings.Count(string(table), want); n != 1 {
			t.Errorf("%q stands %d times in the table, want once", want, n)
		}
	}
	if got := d.pat("export", "measures", "nobody", "--db", db, "--out", out); got.status == 0 || !strings.Contains(got.errOut, "nobody") {
		t.Errorf("measures of nobody: status %d, %q; want an error with the name", got.status, got.errOut)
	}
}
