package main_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cohort is a library of people who get up and go to bed at other hours, five days of
// each, and one of a day.
func cohort(d desk, people int) string {
	var files []string
	for p := range people + 1 {
		var rows strings.Builder
		days := 5
		if p == people {
			days = 1
		}
		for minute := range days * 1440 {
			activity := 0
			if h := minute / 60 % 24; h >= 6+p%3 && h < 20+p%4 {
				activity = 200 + 20*p
			}
			fmt.Fprintln(&rows, activity)
		}
		files = append(files, d.write(fmt.Sprintf("p%d.awd", p), fmt.Sprintf("p%d\n05-Jan-2015\n00:00\n 4 \n30\nV1\nM\n", p)+rows.String()))
	}
	if got := d.pat(append([]string{"import", "--db", "cohort.circascope"}, files...)...); got.status != 0 {
		d.t.Fatalf("importing: status %d: %s", got.status, got.errOut)
	}
	return "cohort.circascope"
}

func TestExportComponents(t *testing.T) {
	d := newDesk(t)
	db := cohort(d, 6)
	folder := t.TempDir()
	for name, args := range map[string][]string{
		"c.svg": {"components", "--log", "--days", "weekdays", "--min-days", "5"},
		"c.csv": {"components", "--components", "2"},
		"s.pdf": {"component-scores", "--components", "2", "--by", "device"},
		"s.csv": {"component-scores", "--components", "2"},
	} {
		out := filepath.Join(folder, name)
		if got := d.pat(append([]string{"export", "--db", db, "--out", out}, args...)...); got.status != 0 {
			t.Fatalf("%s: got status %d: %s", name, got.status, got.errOut)
		}
		for _, file := range []string{out, out + ".provenance.json"} {
			if _, err := os.Stat(file); err != nil {
				t.Error(err)
			}
		}
	}
	for name, want := range map[string]int{"c.csv": 144, "s.csv": 7} {
		f, err := os.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil || len(rows) != want+1 {
			t.Errorf("%s has %d rows, %v; want %d and the names", name, len(rows), err, want)
		}
	}
	for name, tt := range map[string]struct {
		args []string
		want string
	}{
		"days":       {[]string{"components", "--days", "mondays"}, "choose all, weekdays or weekends"},
		"components": {[]string{"components", "--components", "10"}, "want 1 to 9"},
		"nobody":     {[]string{"component-scores", "nobody"}, "no recording or participant nobody"},
		"both":       {[]string{"components", "--components", "2", "--share", "0.5"}, "share"},
	} {
		out := filepath.Join(folder, "x.svg")
		if got := d.pat(append([]string{"export", "--db", db, "--out", out}, tt.args...)...); got.status == 0 || !strings.Contains(got.errOut, tt.want) {
			t.Errorf("%s: status %d, %q; want an error with %q", name, got.status, got.errOut, tt.want)
		}
	}
}
