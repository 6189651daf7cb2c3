package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/plots"
)

// peersJSON is a run of two rounds in which the whole second round was slow: the
// ratio of the medians would be 3.375/1.875, that of each round is 2 over
// "fast" and, at a round each, 4 and 1 over "slow".
const peersJSON = `{
	"schema": 1, "started": "2026-01-02T03:04:05+0000", "circascope": "pat version 1", "note": "made up",
	"machine": {"cpu": "a processor", "features": ["avx2"], "cores": 2, "memory_gb": 24, "system": "Linux", "load_before": 0.1},
	"plan": {"rounds": 2, "turn_seconds": 1.5},
	"sizes": {"S": {
		"circascope": {"float32": {"rounds": [100, 20], "single_rounds": [0.01, 0.05], "peak_mb": 300, "workers": 2}},
		"peers": [
			{"id": "slow", "name": "Slow", "precision": "float32", "versions": {"b": "2", "a": "1"}, "error": 1e-6,
				"best": {"variant": "published graph", "processes": 1, "threads": 2, "batch": 8}, "single_best": {"threads": 2},
				"rounds": [25, 20], "single_rounds": [0.03, 0.15], "peak_mb": 900},
			{"id": "fast", "name": "Fast", "precision": "float32", "versions": {"c": "3"}, "error": 2e-6,
				"best": {"variant": "own operator", "processes": 2, "threads": 1, "batch": 4}, "single_best": {"threads": 1},
				"rounds": [50, 10], "single_rounds": [0.011, 0.055], "peak_mb": 600},
			{"id": "onnxruntime-folded", "name": "Folded", "precision": "float32", "versions": {"d": "4"}, "error": 3e-6,
				"best": {"variant": "folded graph", "processes": 2, "threads": 1, "batch": 1}, "single_best": {"threads": 1},
				"rounds": [90, 18], "single_rounds": [0.010, 0.050], "peak_mb": 400},
			{"id": "half", "name": "Half", "precision": "bfloat16", "versions": {"c": "3"}, "error": 1e-2,
				"best": {"variant": "published graph", "processes": 1, "threads": 2, "batch": 1}, "single_best": {"threads": 2},
				"rounds": [150, 30], "single_rounds": [0.004, 0.02], "peak_mb": 500}
		]
	}},
	"refused": [{"size": "S", "peer": "broken", "reason": "wrong: an embedding differs"}]
}`

const productJSON = `{
	"schema": 1, "started": "2026-01-02T03:04:05+0000", "machine": {"cpu": "a processor", "cores": 2},
	"linearity": [{"weeks": 64, "seconds": [1.0], "wall": [1.5], "peak_mb": 300}, {"weeks": 640, "seconds": [6.76], "wall": [7], "peak_mb": 301}],
	"memory": {"S": [{"weeks": 1, "peak_mb": 290}], "M": [{"weeks": 1, "peak_mb": 451}], "L": [{"weeks": 1, "peak_mb": 400}]},
	"first": {"S": {"again": [0.7]}, "M": {"again": [0.9]}, "L": {"again": [0.8]}},
	"cancel": {"S": [0.1, 0.3, 0.2], "M": [0.1], "L": [0.1]},
	"service": {
		"S": {"single": {"p95": 0.004}, "weeks_per_minute": 20000, "peak_mb": 300},
		"M": {"single": {"p95": 0.02}, "weeks_per_minute": 119, "peak_mb": 400},
		"L": {"single": {"p95": 0.95}, "weeks_per_minute": 900, "peak_mb": 500}
	}
}`

func saved(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "figures.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func loaded(t *testing.T) measurements {
	t.Helper()
	m := measurements{new(peerResults), new(productResults)}
	if err := read(saved(t, peersJSON), m.peers); err != nil {
		t.Fatal(err)
	}
	if err := read(saved(t, productJSON), m.product); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTables(t *testing.T) {
	got := map[string]string{}
	for _, tb := range tables(loaded(t)) {
		got[tb.name] = tb.text
	}
	for _, c := range []struct{ table, line string }{
		{"peers-run", "2026-01-02: a processor, 2 cores (avx2), 24 GB, Linux; load before the run 0.1; pat version 1; 2 rounds, turns of 1.5 s. **made up**"},
		// By medians of rounds: Fast has (50+10)/2 = 30 a second, Slow 22.5; our own graph elsewhere is no rival.
		{"goals", "| PAT-S, throughput | Fast | 2 × 1, batch 4; own operator | 2.00 (2.00 to 2.00) | 1.4 | met |"},
		{"goals", "| PAT-S, one single week | Fast | 1 thread | 1.10 (1.10 to 1.10) | 1.2 | missed |"},
		{"throughput", "| PAT-S, Slow | 1 × 2, batch 8 | 22.5 | 2.50 (1.00 to 4.00) | 900 MB | 1.0e-06 |"},
		{"single", "| PAT-S, Slow | 2 | 90 ms | 3.00 (3.00 to 3.00) |"},
		{"bfloat16", "| PAT-S, Half | 1 × 2, batch 1 | 90 | 3.00 (3.00 to 3.00) | – | 1.0e-02 |"},
		{"versions", "| Slow | a 1, b 2 |"},
		{"left-out", "- PAT-S, `broken`: wrong: an embedding differs"},
		{"linearity", "| 640 | 7 s | 6.76 s | 10.56 ms | 10 ms | 301 MB |"},
		{"memory", "| PAT-M | 451 MB | 450 MB | missed |"},
		{"start", "| PAT-M | – | – | – | 0.90 s | 0.8 s | missed |"},
		{"start", "| PAT-L | – | – | – | 0.80 s | 0.8 s | met |"},
		{"cancel", "| PAT-S | 0.200 s | 0.300 s |"},
		{"service", "| PAT-S, peak memory | 300 MB | 256 MB | missed |"},
		{"service", "| PAT-M, embeddings a minute | 119 | 120 | missed |"},
		{"service", "| PAT-L, latency, p95 | 950 ms | 900 ms | missed |"},
	} {
		if !strings.Contains(got[c.table], c.line) {
			t.Errorf("%s: got\n%s\nwant the line\n%s", c.table, got[c.table], c.line)
		}
	}
}

func TestChartsShowMultiplesOfTheBestPeer(t *testing.T) {
	bars := map[string]plots.Bars{}
	for _, c := range charts(loaded(t)) {
		if b, ok := c.chart.(plots.Bars); ok {
			bars[c.name] = b
		}
	}
	for _, c := range []struct {
		chart, row string
		want       float64
	}{
		{"throughput", "Circascope", 2},
		{"throughput", "Fast", 1},
		{"throughput", "Slow", 1.25}, // 25/50 and 20/10
		{"single", "Circascope", 1.1},
		{"memory", "Slow", 900},
	} {
		got := math.NaN()
		for _, r := range bars[c.chart].Rows {
			if r.Name == c.row {
				got = r.Values[0]
			}
		}
		if math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s, %s: got %g, want %g", c.chart, c.row, got, c.want)
		}
	}
}

func TestRun(t *testing.T) {
	folder := t.TempDir()
	page := filepath.Join(folder, "page.md")
	var text strings.Builder
	text.WriteString("# Page\n")
	for _, tb := range tables(loaded(t)) {
		text.WriteString("<!-- generated " + tb.name + " -->\nstale\n<!-- /generated -->\nkept\n")
	}
	if err := os.WriteFile(page, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	o := options{peers: saved(t, peersJSON), product: saved(t, productJSON), page: page, images: filepath.Join(folder, "images")}
	if err := run(o, new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
	first, _ := os.ReadFile(page)
	if got, want := bytes.Count(first, []byte("kept")), len(tables(loaded(t))); got != want {
		t.Errorf("got %d paragraphs of the page left, want %d", got, want)
	}
	if bytes.Contains(first, []byte("stale")) {
		t.Error("old figures are still there")
	}
	if err := run(o, new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
	if second, _ := os.ReadFile(page); !bytes.Equal(first, second) {
		t.Error("a second run changes the page")
	}
	for _, name := range []string{"throughput", "single", "memory", "weeks"} {
		if _, err := os.Stat(filepath.Join(o.images, "performance-"+name+".svg")); err != nil {
			t.Error(err)
		}
	}
}

func TestRewriteRefuses(t *testing.T) {
	one := []table{{"a", "new"}}
	for _, c := range []struct{ name, page, want string }{
		{"no place", "text", "no <!-- generated a -->"},
		{"not closed", "<!-- generated a -->", "not closed"},
		{"a place left with old figures", "<!-- generated a --><!-- /generated --><!-- generated b --><!-- /generated -->", "2 places"},
	} {
		if _, err := rewrite([]byte(c.page), one); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", c.name, err, c.want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	edited := func(edit func(m map[string]any)) string {
		var m map[string]any
		if err := json.Unmarshal([]byte(peersJSON), &m); err != nil {
			t.Fatal(err)
		}
		edit(m)
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, c := range []struct{ name, text, want string }{
		{"not JSON", "{", "unexpected end"},
		{"another schema", edited(func(m map[string]any) { m["schema"] = 2 }), "schema 2, want 1"},
		{"nothing measured", edited(func(m map[string]any) { m["sizes"] = map[string]any{} }), "no size"},
		{"a round missing", strings.Replace(peersJSON, `"rounds": [50, 10]`, `"rounds": [50]`, 1), "Fast: 1 and 2 rounds"},
	} {
		if err := read(saved(t, c.text), new(peerResults)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", c.name, err, c.want)
		}
	}
}
