package app_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"circascope/actigraphy/metrics"
	"circascope/app"
)

// The long table of measures has the rows of MeasuresTable, in a file, gathered, and the
// first of them.
func TestMeasuresExportIsTheTableOfMeasures(t *testing.T) {
	b := newBench(t).withSample(t)
	b.measures(t, someMeasures(t))
	sets := []metrics.Definition{metrics.Paper}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	of := app.Only(idsOf(rows[:3])...)
	list, err := b.Measures(t.Context(), of, metrics.Paper, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := app.MeasuresTable(list)
	source, err := b.MeasuresExport(t.Context(), of, sets, nil)
	if err != nil {
		t.Fatal(err)
	}
	gathered, err := source.Table(t.Context())
	if err != nil || gathered.TSV() != want.TSV() {
		t.Errorf("gathered it is another table of %d rows, %v; want %d", len(gathered.Rows), err, len(want.Rows))
	}
	path := filepath.Join(t.TempDir(), "m.csv")
	if _, err := b.ExportRows(t.Context(), path, source); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	if err := want.WriteCSV(&whole); err != nil || !bytes.Equal(whole.Bytes(), content) {
		t.Errorf("the file is not the table: %v", err)
	}
	if got, err := csv.NewReader(bytes.NewReader(content)).ReadAll(); err != nil || len(got) != len(want.Rows)+1 {
		t.Errorf("the file has %d rows, %v; want %d and the names", len(got), err, len(want.Rows))
	}
	jobs := len(b.Jobs().List())
	for _, n := range []int{1, 7, len(want.Rows) - 1, len(want.Rows), len(want.Rows) + 1} {
		first, all, err := source.First(t.Context(), n)
		wanted := want.Rows[:min(n, len(want.Rows))]
		if err != nil || all != (n >= len(want.Rows)) || !slices.EqualFunc(first.Rows, wanted, slices.Equal) {
			t.Errorf("the first %d: got %d rows, all %t, %v", n, len(first.Rows), all, err)
		}
	}
	if now := len(b.Jobs().List()); now != jobs {
		t.Errorf("looking at the first rows made %d jobs", now-jobs)
	}
}

func TestRowsThatFailLeaveNoFile(t *testing.T) {
	b := newBench(t).withLibrary(t)
	broken := errors.New("no more rows")
	path := filepath.Join(t.TempDir(), "m.csv")
	source := app.SourceOf(app.Table{Name: "t", Header: []string{"a"}}, app.Sources{})
	source.Each = func(_ context.Context, emit func([]string) error) error {
		return errors.Join(emit([]string{"1"}), broken)
	}
	if _, err := b.ExportRows(t.Context(), path, source); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a table without all of its rows was kept")
	}
}
