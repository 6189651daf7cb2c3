package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// latencies is what 'pat latency --json' tells.
type latencies struct {
	File      string
	MeanAbove float64 `json:"mean_above_seconds"`
	Problem   string
	Latencies []struct {
		Model  string
		Count  int
		Errors int
		P95    float64 `json:"p95_seconds"`
		Alerts []struct{ Rule, Text string }
	}
}

func (d desk) latencies() latencies {
	d.t.Helper()
	o := d.pat("latency", "--json")
	var l latencies
	if err := json.Unmarshal([]byte(o.out), &l); o.status != 0 || err != nil {
		d.t.Fatalf("pat latency: status %d, %v: %s", o.status, err, o.errOut)
	}
	return l
}

func TestLatencyIsKeptFromOneCommandToTheNext(t *testing.T) {
	d := newDesk(t)
	if o := d.pat("latency"); o.status != 0 || !strings.Contains(o.out, "no embedding") {
		t.Fatalf("an empty record: status %d, %q", o.status, o.out)
	}
	if o := d.pat("latency", "export", "--out", "l.csv"); o.status != 1 || !strings.Contains(o.errOut, "empty") {
		t.Errorf("exporting an empty record: status %d, %q", o.status, o.errOut)
	}
	counts := []int{0}
	for range 2 {
		if o := d.pat("health", "--model", "S", "--demo"); o.status != 0 || !strings.Contains(o.out, "p95") {
			t.Fatalf("pat health: status %d, %s%s", o.status, o.out, o.errOut)
		}
		l := d.latencies()
		if len(l.Latencies) != 1 || l.Latencies[0].Model != "S" || l.Latencies[0].P95 <= 0 || l.MeanAbove != 1 {
			t.Fatalf("got %+v, want some of PAT-S and the limit of a second", l)
		}
		counts = append(counts, l.Latencies[0].Count)
	}
	if counts[1] == 0 || counts[2] != 2*counts[1] {
		t.Errorf("counted %v, want as many more from each of two health checks", counts)
	}

	if o := d.pat("latency", "limit", "1us"); o.status != 0 {
		t.Fatalf("setting the limit: %s", o.errOut)
	}
	if l := d.latencies(); len(l.Latencies[0].Alerts) != 1 || l.Latencies[0].Alerts[0].Rule != "slow" {
		t.Errorf("no alert above a microsecond: %+v", l)
	}
	if o := d.pat("health", "--model", "S", "--demo"); o.status != 0 || !strings.Contains(o.out, "ALERT: PAT-S") {
		t.Errorf("pat health: status %d, %s", o.status, o.out)
	}

	for _, out := range []string{"l.csv", "l.svg"} {
		if o := d.pat("latency", "export", "--model", "s", "--out", out); o.status != 0 {
			t.Errorf("exporting %s: %s", out, o.errOut)
		}
		side, err := os.ReadFile(filepath.Join(d.dir, out+".provenance.json"))
		if err != nil || !strings.Contains(string(side), "mean_above_seconds") {
			t.Errorf("%s: the side file is %s, %v", out, side, err)
		}
	}

	if o := d.pat("latency", "reset"); o.status != 2 {
		t.Errorf("reset without --yes: status %d", o.status)
	}
	if o := d.pat("latency", "reset", "--yes"); o.status != 0 || len(d.latencies().Latencies) != 0 {
		t.Errorf("reset: status %d, left %+v", o.status, d.latencies())
	}
}

func TestLatencyUsage(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{
		{"latency", "limit"},
		{"latency", "limit", "fast"},
		{"latency", "limit", "-1s"},
		{"latency", "limit", "500"},
		{"latency", "export"},
		{"latency", "now"},
	} {
		if o := d.pat(args...); o.status != 2 || o.errOut == "" {
			t.Errorf("pat %s: status %d, %q; want wrong usage", strings.Join(args, " "), o.status, o.errOut)
		}
	}
}

func TestADamagedRecordIsTold(t *testing.T) {
	d := newDesk(t)
	file := d.latencies().File
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := d.pat("health", "--model", "S", "--demo")
	if o.status != 0 || !strings.Contains(o.errOut, "damaged") || !strings.Contains(o.errOut, file) {
		t.Errorf("status %d, %q", o.status, o.errOut)
	}
	if l := d.latencies(); len(l.Latencies) != 1 || l.Problem != "" {
		t.Errorf("after it: %+v", l)
	}
}

// TestARecordThatCannotBeKept: what can't be kept is told, and no more.
func TestARecordThatCannotBeKept(t *testing.T) {
	d := newDesk(t)
	file := d.latencies().File
	if err := os.MkdirAll(file, 0o755); err != nil { // a folder where the file should be
		t.Fatal(err)
	}
	o := d.pat("health", "--model", "S", "--demo")
	if o.status != 0 || !strings.Contains(o.errOut, "latencies") || !strings.Contains(o.out, "healthy") {
		t.Errorf("status %d, %q, %q", o.status, o.out, o.errOut)
	}
}
