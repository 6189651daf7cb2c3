package app_test

import (
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/app"
)

// typed wants every cell of a table to be of its column's type, and these columns
// to be the texts of it.
func typed(t *testing.T, table app.Table, texts ...string) {
	t.Helper()
	var got []string
	for k, column := range table.Header {
		if table.Type(k) == app.Text {
			got = append(got, column)
		}
		for i := range table.Rows {
			if _, err := table.Value(i, k); err != nil {
				t.Error(err)
			}
		}
	}
	if !slices.Equal(got, texts) {
		t.Errorf("%s has the texts %q, want %q", table.Name, got, texts)
	}
}

func TestColumnTypes(t *testing.T) {
	row := app.Row{Info: actigraphy.Info{Subject: "007", Epoch: 1500 * time.Millisecond, Epochs: 3, Sum: 1e9 + 0.5}}
	table := app.ParticipantsTable([]app.Row{row})
	typed(t, table, "subject", "recording", "device", "site", "unit", "start", "channels", "embedded_with",
		"source_name", "source_format", "source_sha256", "source_channel", "reader_options", "reader_notes", "mask")
	for column, want := range map[string]any{"subject": "007", "epoch_seconds": 1.5, "epochs": int64(3), "sum": 1e9 + 0.5, "demo_weights": false, "worn_minutes": nil} {
		if got, err := table.Value(0, slices.Index(table.Header, column)); got != want || err != nil {
			t.Errorf("%s: got %v, %v, want %v", column, got, err, want)
		}
	}
	table.Rows[0][slices.Index(table.Header, "epochs")] = "many"
	if _, err := table.Value(0, slices.Index(table.Header, "epochs")); err == nil {
		t.Error("a word passed for a number")
	}
}

func TestTableFormatOf(t *testing.T) {
	for path, want := range map[string]app.TableFormat{"a.csv": app.CSVTable, "b.XLSX": app.XLSXTable, "c.d.parquet": app.ParquetTable, "e.xls": "", "f": ""} {
		got, err := app.TableFormatOf(path)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %q, %v, want %q", path, got, err, want)
		}
	}
}
