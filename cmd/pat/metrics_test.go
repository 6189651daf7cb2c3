package main_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
)

// fifteenDays is a file of 15 days of minutes from noon, active from 8 to 22 h.
func fifteenDays(d desk) string {
	var rows strings.Builder
	for minute := 12 * 60; minute < (12+15*24)*60; minute++ {
		activity := minute % 7
		if h := minute / 60 % 24; h >= 8 && h < 22 {
			activity += 200
		}
		fmt.Fprintln(&rows, activity)
	}
	return d.write("a.awd", "anna\n05-Jan-2015\n12:00\n 4 \n30\nV1\nM\n"+rows.String())
}

func TestMetricsLong(t *testing.T) {
	d := newDesk(t)
	got := d.pat("metrics", "--long", "--definition", "pyactigraphy", "--set", "IS.bin=30", "--set", "period=5", fifteenDays(d))
	if got.status != 0 {
		t.Fatalf("got status %d: %s", got.status, got.errOut)
	}
	rows, err := csv.NewReader(strings.NewReader(got.out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	parameters, periods := map[string]string{}, 0
	for _, row := range rows[1:] {
		id := row[column["measure"]]
		parameters[id] = row[column["parameters"]]
		if strings.HasPrefix(id, "ISp_") && !strings.Contains(id, "raw") {
			periods++
		}
		if (row[column["value"]] == "") == (row[column["reason"]] == "") || row[column["definition"]] != "pyactigraphy" {
			t.Errorf("got row %q: want a value or a reason, and the definition", row)
		}
	}
	if !strings.HasPrefix(parameters["IS"], "bin=30 min |") || !strings.HasPrefix(parameters["IV"], "bin=60 min |") {
		t.Errorf("got IS with %q and IV with %q, want bins of 30 and of 60 min", parameters["IS"], parameters["IV"])
	}
	if periods != 2 { // the end of the third period is not in the recording
		t.Errorf("got %d periods of 5 days, want 2", periods)
	}
}

func TestMetricsUsage(t *testing.T) {
	d := newDesk(t)
	for set, want := range map[string]string{
		"bin=0": "want 1 to 720 min", "colour=red": "no measure of this definition has a parameter", "XYZ.bin=3": "no measure \"XYZ\"", "bin": "write name=value",
	} {
		if got := d.pat("metrics", "--set", set, "x.awd"); got.status != 2 || !strings.Contains(got.errOut, want) {
			t.Errorf("--set %s: got status %d and %q, want 2 and %q", set, got.status, got.errOut, want)
		}
	}
}

func TestMetricsDictionary(t *testing.T) {
	d := newDesk(t)
	var list []struct{ ID, Definition, Formula, Reference, Missing string }
	d.json(0, &list, "metrics", "dictionary")
	for _, m := range list {
		if m.ID == "" || m.Definition == "" || m.Formula == "" || m.Reference == "" || m.Missing == "" {
			t.Errorf("got an entry with a gap: %+v", m)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(d.pat("metrics", "dictionary").out)).ReadAll()
	if err != nil || len(rows) != len(list)+1 {
		t.Errorf("got %d rows and error %v, want a head and %d", len(rows), err, len(list))
	}
}
