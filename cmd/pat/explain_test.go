package main_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// embeddedWeek is a desk with a library of one person with one week, embedded by
// the demo weights of PAT-S.
func embeddedWeek(t *testing.T) desk {
	t.Helper()
	d := newDesk(t)
	var b strings.Builder
	b.WriteString("anna\n05-Jan-2015\n00:00\n 4 \n30\nV1\nM\n")
	for minute := range 7 * 1440 {
		fmt.Fprintln(&b, max(0, (minute%1440-420)*(1320-minute%1440)/1000)*(1+minute%7)/4)
	}
	for _, args := range [][]string{
		{"import", "--db", "s.circascope", d.write("a.awd", b.String())},
		{"run", "--db", "s.circascope", "--model", "S", "--all", "--demo", "--week-start", "first-sample"},
	} {
		if got := d.pat(args...); got.status != 0 {
			t.Fatal(got.errOut)
		}
	}
	return d
}

func TestExplainWritesAttentionAndOcclusion(t *testing.T) {
	d := embeddedWeek(t)
	var report struct {
		Subject   string
		WeekStart string `json:"week_start"`
		Model     string
		State     string `json:"weights_state"`
		ResultID  string `json:"result_id"`
		Method    string
		Layer     int
		Head      int
		Tokens    int
		Occlusion struct {
			Hours     int
			Cosine    *float64 `json:"spearman_cosine"`
			Euclidean *float64 `json:"spearman_euclidean"`
		}
		Files []string
	}
	d.json(0, &report, "explain", "--db", "s.circascope", "--model", "s", "--recording", "anna", "--week", "2015-01-05",
		"--head", "3", "--occlusion", "--map-table", "--demo", "--out", "out/why", "--dpi", "72")
	if report.Subject != "anna" || report.WeekStart != "2015-01-05T00:00:00" || report.Model != "S" || report.State != "demo" ||
		report.Method != "attention" || report.Layer != 1 || report.Head != 3 || report.Tokens != 560 {
		t.Errorf("got %+v", report)
	}
	if o := report.Occlusion; o.Hours != 168 || o.Cosine == nil || o.Euclidean == nil || *o.Cosine < -1 || *o.Cosine > 1 {
		t.Errorf("got occlusion %+v, want 168 hours and two correlations", o)
	}
	if len(report.Files) != 2*9 {
		t.Errorf("got %d files %v, want 5 charts and 4 tables with their side files", len(report.Files), report.Files)
	}
	for _, f := range report.Files {
		if side, found := strings.CutSuffix(f, ".provenance.json"); found {
			checkExplained(t, filepath.Join(d.dir, side), report.ResultID)
		}
	}
	for name, rows := range map[string]int{
		"attention-layer1-head3-profile": 560, "attention-layer1-head3-average-day": 1440, "attention-layer1-head3-map": 560, "occlusion-beside-attention-layer1-head3": 168,
	} {
		table, err := csv.NewReader(strings.NewReader(string(readFile(t, filepath.Join(d.dir, "out", "why", name+".csv"))))).ReadAll()
		if err != nil || len(table) != rows+1 {
			t.Errorf("%s: got %d rows, %v; want %d and a head", name, len(table)-1, err, rows)
		}
	}
}

// checkExplained wants a file and beside it what made it.
func checkExplained(t *testing.T, path, resultID string) {
	t.Helper()
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("%s: %v", path, err)
	}
	var side struct {
		Sources struct {
			Demo    bool `json:"demo_weights"`
			Details struct {
				Explanation struct {
					Method, Head string
					Layer        int
					Result       struct {
						ID string
					}
				}
			}
		}
	}
	if err := json.Unmarshal(readFile(t, path+".provenance.json"), &side); err != nil {
		t.Fatal(err)
	}
	by := side.Sources.Details.Explanation
	if !side.Sources.Demo || by.Method != "attention" || by.Head != "3" || by.Layer != 1 || by.Result.ID != resultID {
		t.Errorf("%s: got %+v", path, side.Sources)
	}
}

func TestExplainRefuses(t *testing.T) {
	d := embeddedWeek(t)
	explain := func(args ...string) outcome {
		return d.pat(append([]string{"explain", "--db", "s.circascope", "--out", "out"}, args...)...)
	}
	for _, tc := range []struct {
		args   string
		status int
		want   string
	}{
		{"--model S --recording anna", 1, "--demo"},
		{"--model M --recording anna --demo", 1, "'pat run'"},
		{"--model S --recording bert --demo", 1, "bert"},
		{"--model S --recording anna --demo --week 2015-02-05", 1, "there are 2015-01-05T00:00:00"},
		{"--model S --recording anna --demo --layer 2", 2, "no layer 2"},
		{"--model S --recording anna --demo --head 7", 2, "no head 7"},
		{"--model S --recording anna --demo --rollout --head 1", 2, "--rollout"},
		{"--model S --recording anna --demo --format gif", 2, "gif"},
		{"--model S,M --recording anna --demo", 2, "--model"},
		{"--model S", 2, "--recording"},
	} {
		if got := explain(strings.Fields(tc.args)...); got.status != tc.status || !strings.Contains(got.errOut, tc.want) {
			t.Errorf("pat explain %s: got status %d and %q, want %d and %q", tc.args, got.status, got.errOut, tc.status, tc.want)
		}
	}
	if _, err := os.Stat(filepath.Join(d.dir, "out")); err == nil {
		t.Error("a refused command made the folder")
	}
}

func TestExplainByRollout(t *testing.T) {
	var report struct {
		Method string
		Layer  int
		Files  []string
	}
	embeddedWeek(t).json(0, &report, "explain", "--db", "s.circascope", "--model", "S", "--recording", "anna", "--rollout", "--demo", "--out", ".", "--format", "svg")
	if report.Method != "rollout" || report.Layer != 0 || len(report.Files) != 12 || report.Files[4] != "rollout-week.svg" {
		t.Errorf("got %+v", report)
	}
}
