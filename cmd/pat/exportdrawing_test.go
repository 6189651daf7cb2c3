package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestExportDrawings writes each drawing of a recording as chart and as table.
func TestExportDrawings(t *testing.T) {
	d := newDesk(t)
	db := filepath.Join(d.dir, "study.circascope")
	var text strings.Builder
	text.WriteString("time,activity\n")
	start := time.Date(2026, 11, 16, 12, 0, 0, 0, time.UTC)
	for i := range 4 * 1440 {
		v := 300 + i%7
		if minute := (i + 720) % 1440; minute < 420 || minute >= 1380 {
			v = 0
		}
		fmt.Fprintf(&text, "%s,%d\n", start.Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05"), v)
	}
	if got := d.pat("import", "--db", db, d.write("P1.csv", text.String())); got.status != 0 {
		t.Fatal(got.errOut)
	}
	for name, args := range map[string][]string{
		"average-day":      {"P1", "--band", "quartiles"},
		"cosinor":          {"P1", "--extended"},
		"periodogram":      {"P1"},
		"nights":           {"P1", "--set", "scoring=sadeh"},
		"scored-actogram":  {"P1"},
		"distribution":     {"--measure", "IS"},
		"distribution-raw": {"--measure", "M10_onset"},
	} {
		command, _, _ := strings.Cut(name, "-raw")
		for _, ending := range []string{".svg", ".csv"} {
			out := filepath.Join(d.dir, name+ending)
			got := d.pat(append([]string{"export", command, "--db", db, "--out", out}, args...)...)
			if got.status != 0 {
				t.Errorf("%s as %s: %s", name, ending, got.errOut)
				continue
			}
			if _, err := os.Stat(out + ".provenance.json"); err != nil {
				t.Error(err)
			}
		}
	}
	for want, args := range map[string][]string{
		"as .csv, .parquet":   {"nights", "P1", "--out", "x.txt"},
		"choose sd":           {"average-day", "P1", "--band", "range", "--out", "x.png"},
		"give --measure":      {"distribution", "--out", "x.png"},
		"between 0 and 1":     {"periodogram", "P1", "--alpha", "5", "--out", "x.png"},
		"no set of definitio": {"cosinor", "P1", "--definition", "mine", "--out", "x.png"},
	} {
		if got := d.pat(append(append([]string{"export"}, args...), "--db", db)...); got.status != 2 || !strings.Contains(got.errOut, want) {
			t.Errorf("%v: got status %d, %q; want wrong usage with %q", args, got.status, got.errOut, want)
		}
	}
}
