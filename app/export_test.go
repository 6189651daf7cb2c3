package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/models"
	"circascope/plots"
)

func TestTableIsRFC4180(t *testing.T) {
	table := app.Table{Name: "t", Header: []string{"a", "b"}, Rows: [][]string{{"x, y", "say \"é\""}, {"two\nlines", ""}}}
	var b bytes.Buffer
	if err := table.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	want := "a,b\r\n\"x, y\",\"say \"\"é\"\"\"\r\n\"two\r\nlines\",\r\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	if got, want := table.TSV(), "a\tb\nx, y\tsay \"é\"\ntwo lines\t\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEmbeddingsReadBackExactly(t *testing.T) {
	b := newBench(t).withSample(t)
	if _, err := b.Run(t.Context(), demoRun(models.Small), nil); err != nil {
		t.Fatal(err)
	}
	sets, err := b.EmbeddingSets(t.Context(), models.Small)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(b.dir, "e.csv")
	files, err := b.ExportTable(t.Context(), path, app.EmbeddingsTable(sets, nil), app.SetSources("embeddings", sets...))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{path, path + ".provenance.json"}; !slices.Equal(files, want) {
		t.Errorf("got files %v, want %v", files, want)
	}
	content := read(t, path)
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) != 48 {
		t.Fatalf("got %d rows, %v; want 48", len(rows), err)
	}
	first := slices.Index(rows[0], "e0")
	for i, r := range sets[0].Results {
		for j, want := range r.Vector {
			got, err := strconv.ParseFloat(rows[i+1][first+j], 32)
			if err != nil || float32(got) != want {
				t.Fatalf("row %d, e%d: got %v, %v; want %v", i+1, j, got, err, want)
			}
		}
	}
	state := slices.Index(rows[0], "weights_state")
	if rows[1][state] != string(models.Demo) {
		t.Errorf("the table says weights_state %q, want demo", rows[1][state])
	}
	checkSideFile(t, path, content)
}

func checkSideFile(t *testing.T, path string, content []byte) {
	t.Helper()
	var side struct {
		File, SHA256, Version string
		Sources               struct {
			Demo bool `json:"demo_weights"`
		}
	}
	if err := json.Unmarshal(read(t, path+".provenance.json"), &side); err != nil {
		t.Fatal(err)
	}
	if side.File != filepath.Base(path) || side.SHA256 != sha(content) || side.Version != "test" || !side.Sources.Demo {
		t.Errorf("got side file %+v, want %s with its SHA-256, version test, demo", side, path)
	}
}

func TestTheSameExportTwiceIsTheSameBytes(t *testing.T) {
	b := newBench(t).withLibrary(t)
	if _, err := b.Import(t.Context(), []string{b.write(t, "a.AWD", awd("a", 3))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Recording(t.Context(), rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	chart, src, err := app.ActogramChart(rows[0].Info, r, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, ending := range app.ChartFormats() {
		var got [2][]byte
		for i := range got {
			path := filepath.Join(b.dir, strconv.Itoa(i)+"."+string(ending))
			if _, err := b.ExportChart(t.Context(), path, chart, plots.PaperColumn(), src); err != nil {
				t.Fatal(err)
			}
			got[i] = read(t, path)
		}
		if !bytes.Equal(got[0], got[1]) || len(got[0]) == 0 {
			t.Errorf("%s: two exports differ or are empty (%d and %d bytes)", ending, len(got[0]), len(got[1]))
		}
	}
}

func TestAFailedExportLeavesTheOldFile(t *testing.T) {
	b := newBench(t)
	path := b.write(t, "old.csv", []byte("old"))
	boom := errors.New("boom")
	err := app.WriteWhole(path, func(w io.Writer) error {
		_, _ = w.Write([]byte("new"))
		return boom
	})
	if !errors.Is(err, boom) || string(read(t, path)) != "old" {
		t.Errorf("got %v and content %q; want boom and old", err, read(t, path))
	}
	entries, err := os.ReadDir(b.dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left %v, %v; want the old file alone", entries, err)
	}
}

func TestAnUnknownEndingIsRefused(t *testing.T) {
	if _, err := app.FormatOf("figure.bmp"); err == nil || !strings.Contains(err.Error(), ".png") {
		t.Errorf("got %v, want an error that names the endings", err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
