package main_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
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

// TestMetricsJSONTellsParameters: numbers in JSON say what they were made with.
func TestMetricsJSONTellsParameters(t *testing.T) {
	d := newDesk(t)
	file := fifteenDays(d)
	for set, want := range map[string]string{"IS.bin=60": "[]", "IS.bin=30": `[{"measure":"IS","definition":"paper","parameter":"bin","value":"30 min","default":"60 min"}]`} {
		var got []struct {
			Parameters json.RawMessage `json:"parameters_not_default"`
		}
		d.json(0, &got, "metrics", "--set", set, file)
		var b bytes.Buffer
		if err := json.Compact(&b, got[0].Parameters); err != nil || b.String() != want {
			t.Errorf("--set %s: got %s, want %s", set, b.String(), want)
		}
	}
}

func TestMetricsUsage(t *testing.T) {
	d := newDesk(t)
	for set, want := range map[string]string{
		"bin=0": "want 1 to 720 min", "SSA_trend.bin=11": "does not divide a day", "colour=red": "no measure of this definition has a parameter", "XYZ.bin=3": "no measure \"XYZ\"", "bin": "write name=value",
	} {
		if got := d.pat("metrics", "--set", set, "x.awd"); got.status != 2 || !strings.Contains(got.errOut, want) {
			t.Errorf("--set %s: got status %d and %q, want 2 and %q", set, got.status, got.errOut, want)
		}
	}
	if got := d.pat("metrics", "--protocol", "none.toml", "x.awd"); got.status != 1 || !strings.Contains(got.errOut, "none.toml: there is no such file") {
		t.Errorf("a protocol that is not there: got %+v, want it refused", got)
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

// TestMetricsOut writes the long form by the file's ending.
func TestMetricsOut(t *testing.T) {
	d := newDesk(t)
	file := fifteenDays(d)
	long := d.pat("metrics", "--long", file)
	for _, name := range []string{"m.csv", "m.json", "m.parquet", "m.xlsx"} {
		if got := d.pat("metrics", "--out", name, file); got.status != 0 {
			t.Fatalf("%s: got %+v", name, got)
		}
		if side := d.read(name + ".provenance.json"); !strings.Contains(side, `"measures"`) {
			t.Errorf("%s: got the side file %s", name, side)
		}
	}
	if got := d.read("m.csv"); got != long.out {
		t.Error("the file is not what --long prints")
	}
	var list []struct {
		Measure, Definition, Parameters, Unit, Reason string
		Value                                         *float64
		FormulaVersion                                int `json:"formula_version"`
	}
	if err := json.Unmarshal([]byte(d.read("m.json")), &list); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(long.out, "\r\n") - 1; len(list) != n || list[0].Measure != "IS" || list[0].Value == nil || list[0].FormulaVersion < 1 {
		t.Errorf("got %d measures and first %+v, want %d", len(list), list[0], n)
	}
	d.pat("metrics", "--long", "--out", "again.csv", file)
	if got := d.read("again.csv"); got != long.out {
		t.Error("--long --out is not what --long prints")
	}
	summary := d.pat("metrics", "--summary", file)
	d.pat("metrics", "--summary", "--out", "summary.csv", file)
	if got := d.read("summary.csv"); got != summary.out {
		t.Error("--summary --out is not what --summary prints")
	}
	for want, args := range map[string][]string{
		"choose one":              {"--summary", "--long"},
		".csv, .parquet or .xlsx": {"--summary", "--out", "m.json"},
	} {
		if got := d.pat(append([]string{"metrics", file}, args...)...); got.status != 2 || !strings.Contains(got.errOut, want) {
			t.Errorf("%v: got %+v, want wrong usage with %q", args, got, want)
		}
	}
	if got := d.pat("metrics", "--out", "m.doc", file); got.status != 2 || !strings.Contains(got.errOut, ".json") {
		t.Errorf("another ending: got %+v", got)
	}
}

func TestMetricsOfALibraryAreKept(t *testing.T) {
	d := newDesk(t)
	d.pat("import", "--db", "s.circa", fifteenDays(d))
	first := d.pat("metrics", "--db", "s.circa", "--long")
	if first.status != 0 || first.out == "" {
		t.Fatalf("got %+v", first)
	}
	for _, args := range [][]string{{}, {"--again"}} {
		if got := d.pat(append([]string{"metrics", "--db", "s.circa", "--long"}, args...)...); got.out != first.out {
			t.Errorf("%q: got another table", args)
		}
	}
}

func TestProtocol(t *testing.T) {
	d := newDesk(t)
	file := fifteenDays(d)
	d.pat("import", "--db", "s.circa", file)
	d.write("bad.toml", "protocol = 1\nname = \"x\"\nmeasures = [\"XY\"]\n")
	if got := d.pat("protocol", "check", "bad.toml"); got.status != 1 || !strings.Contains(got.errOut, "line 3") {
		t.Errorf("a bad one: got %+v", got)
	}
	if got := d.pat("protocol", "write", "--db", "s.circa", "--out", "p.toml", "--name", "Night shift"); got.status != 0 {
		t.Fatalf("got %+v", got)
	}
	text := d.read("p.toml")
	if !strings.Contains(text, "Night shift") {
		t.Errorf("got %s", text)
	}
	d.write("p.toml", strings.Replace(text, "rest =", "measures = ['IS', 'RA']\nrest =", 1)+"\n[all]\nbin = 30\n")
	if got := d.pat("metrics", "--db", "s.circa", "--protocol", "p.toml"); got.status != 1 || !strings.Contains(got.errOut, "pat protocol apply") {
		t.Errorf("before it is applied: got %+v", got)
	}
	var plan struct {
		Applied bool
		Changes []struct{ What string }
	}
	d.json(0, &plan, "protocol", "apply", "p.toml", "--db", "s.circa", "--dry-run")
	if plan.Applied || len(plan.Changes) != 2 || d.pat("protocol", "show", "--db", "s.circa").status != 1 {
		t.Errorf("a dry run: got %+v", plan)
	}
	d.json(0, &plan, "protocol", "apply", "p.toml", "--db", "s.circa")
	if !plan.Applied || d.pat("protocol", "show", "--db", "s.circa").status != 0 {
		t.Errorf("got %+v", plan)
	}
	byFile := d.pat("metrics", "--db", "s.circa", "--protocol", "p.toml", "--long")
	byLibrary := d.pat("metrics", "--db", "s.circa", "--protocol", "library", "--long")
	if byFile.status != 0 || byFile.out != byLibrary.out || !strings.Contains(byFile.out, "bin=30 min") || strings.Count(byFile.out, "\r\n") != 3 {
		t.Errorf("got %+v and %+v", byFile, byLibrary)
	}
	plain := d.pat("metrics", "--db", "s.circa", "--long")
	if plain.out != byFile.out || !strings.Contains(plain.errOut, "protocol: Night shift") {
		t.Errorf("without flags: got %+v, want what the protocol gives, and its name", plain)
	}
	if got := d.pat("metrics", "--db", "s.circa", "--long", "--definition", "pyactigraphy"); !strings.Contains(got.errOut, "not the protocol: measures of the definition pyactigraphy") {
		t.Errorf("another definition: got %q on standard error", got.errOut)
	}
	if got := d.pat("export", "measures", "--db", "s.circa", "--out", "e.csv"); got.status != 0 || strings.Count(d.read("e.csv"), "bin=30 min") != 1 {
		t.Errorf("the export: got %+v", got)
	}
	if side := d.read("e.csv.provenance.json"); !strings.Contains(side, `"parameters_not_default"`) || !strings.Contains(side, `"deviations": []`) {
		t.Errorf("the export's side file: got %s", side)
	}
	if got := d.pat("metrics", "--out", "m.csv", "--protocol", "p.toml", file); got.status != 0 {
		t.Fatalf("got %+v", got)
	}
	var shown struct{ SHA256 string }
	d.json(0, &shown, "protocol", "check", "p.toml")
	if side := d.read("m.csv.provenance.json"); !strings.Contains(side, shown.SHA256) || !strings.Contains(side, "Night shift") {
		t.Errorf("the side file does not name the protocol: %s", side)
	}
	if got := d.pat("metrics", "--protocol", "p.toml", "--set", "bin=5", file); got.status != 2 {
		t.Errorf("with --set too: got %+v", got)
	}
	if got := d.pat("protocol", "follow", "--db", "s.circa"); got.status != 0 || !strings.Contains(got.out, "Every recording is under") {
		t.Errorf("nothing to bring under it: got %+v", got)
	}
	if got := d.pat("protocol", "remove", "--db", "s.circa"); got.status != 0 || !strings.Contains(got.out, "Night shift") {
		t.Errorf("removing it: got %+v", got)
	}
	for _, command := range []string{"show", "follow", "remove"} {
		if got := d.pat("protocol", command, "--db", "s.circa"); got.status != 1 || !strings.Contains(got.errOut, "no protocol was applied") {
			t.Errorf("%s without one: got %+v", command, got)
		}
	}
}
