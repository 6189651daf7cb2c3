package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExportCohort(t *testing.T) {
	d := newDesk(t)
	db := library(t, d)
	table := filepath.Join(t.TempDir(), "c.csv")
	if got := d.pat("export", "cohort", "--db", db, "--out", table, "--columns", "IS, light_L5"); got.status != 0 {
		t.Fatalf("got status %d: %s", got.status, got.errOut)
	}
	written, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{",IS,light_L5,reasons", "light_L5: the recording has no channel of light"} {
		if !strings.Contains(string(written), want) {
			t.Errorf("the table lacks %q", want)
		}
	}
	chart := filepath.Join(t.TempDir(), "c.svg")
	if got := d.pat("export", "cohort-chart", "--db", db, "--out", chart, "--x", "IS", "--y", "L5_onset", "--by", "device"); got.status != 0 {
		t.Errorf("a scatter: status %d: %s", got.status, got.errOut)
	}
	for name, tt := range map[string]struct {
		args []string
		want string
	}{
		"no column":  {[]string{"cohort", "--columns", "ISS", "--out", table}, `no column "ISS"`},
		"no measure": {[]string{"cohort-chart", "--out", chart}, "give --x"},
		"words":      {[]string{"cohort-chart", "--x", "device", "--out", chart}, "holds no numbers"},
		"no groups":  {[]string{"cohort-chart", "--x", "IS", "--by", "IV", "--out", chart}, "makes no groups"},
	} {
		if got := d.pat(append([]string{"export", "--db", db}, tt.args...)...); got.status == 0 || !strings.Contains(got.errOut, tt.want) {
			t.Errorf("%s: status %d, %q; want an error with %q", name, got.status, got.errOut, tt.want)
		}
	}
}
