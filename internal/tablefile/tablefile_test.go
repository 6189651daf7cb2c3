package tablefile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	pq "github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"circascope/actigraphy"
	"circascope/app"
	"circascope/internal/tablefile"
)

// people is a table with every type of column, and with names that look like
// numbers, formulas and the escapes of XML.
func people() app.Table {
	rows := []app.Row{{}, {}, {}}
	for i, subject := range []string{"007", `=1+"<&>"`, " _x0041_\n2"} {
		rows[i].Info = actigraphy.Info{
			ID: fmt.Sprintf("%032d", i), Subject: subject, Start: actigraphy.Naive(time.Date(2020, 3, 5, 0, 0, 0, 0, time.UTC)),
			Epoch: time.Minute, Epochs: 1440, Missing: 3, Days: i, Sum: 2.0 / 3, Zeros: 12, Unit: actigraphy.Unit{Quantity: "counts"},
		}
	}
	rows[1].Info.Sum, rows[1].Demo = math.Nextafter(0.3, 1), true
	rows[2].Info.Sum = 1e300
	return app.ParticipantsTable(rows)
}

// write writes a whole table.
func write(out io.Writer, begin app.TableWriter, table app.Table) error {
	w, err := begin(out, table)
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		if err := w.Write(row); err != nil {
			w.Abandon()
			return err
		}
	}
	return w.Close()
}

func written(t *testing.T, begin app.TableWriter, table app.Table) []byte {
	t.Helper()
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := write(b, begin, table); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same table gave other bytes")
	}
	return first.Bytes()
}

func TestParquet(t *testing.T) {
	table := people()
	content := written(t, tablefile.Parquet, table)
	f, err := pq.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]pq.Kind{"epochs": pq.Int64, "sum": pq.Double, "demo_weights": pq.Boolean, "subject": pq.ByteArray, "start": pq.ByteArray}
	for i, field := range f.Schema().Fields() {
		if field.Name() != table.Header[i] {
			t.Errorf("column %d is %s, want %s", i+1, field.Name(), table.Header[i])
		}
		if want, ok := types[field.Name()]; ok && field.Type().Kind() != want {
			t.Errorf("%s is of kind %v, want %v", field.Name(), field.Type().Kind(), want)
		}
	}
	rows := make([]pq.Row, len(table.Rows)+1)
	n, err := pq.NewReader(bytes.NewReader(content)).ReadRows(rows)
	if n != len(table.Rows) || err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(n, err)
	}
	for i := range n {
		for k, v := range rows[i] {
			want, err := table.Value(i, k)
			if err != nil {
				t.Fatal(err)
			}
			if got := parquetGo(v); got != want {
				t.Errorf("row %d, %s: got %v, want %v", i+1, table.Header[k], got, want)
			}
		}
	}
}

func parquetGo(v pq.Value) any {
	switch {
	case v.IsNull():
		return nil
	case v.Kind() == pq.Int64:
		return v.Int64()
	case v.Kind() == pq.Double:
		return v.Double()
	case v.Kind() == pq.Boolean:
		return v.Boolean()
	default:
		return string(v.ByteArray())
	}
}

func TestXLSX(t *testing.T) {
	table := people()
	content := written(t, tablefile.XLSX, table)
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if got := book.GetSheetList(); len(got) != 1 || got[0] != "participants" {
		t.Errorf("got the sheets %q", got)
	}
	for i := range table.Rows {
		for k := range table.Header {
			cell, err := excelize.CoordinatesToCellName(k+1, i+2)
			if err != nil {
				t.Fatal(err)
			}
			got, err := book.GetCellValue("participants", cell, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			checkCell(t, table, i, k, got)
		}
	}
	kind, err := book.GetCellType("participants", "A2")
	if err != nil || kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
		t.Errorf("the name 007 is a cell of type %v, %v", kind, err)
	}
	if end, err := book.GetSheetDimension("participants"); err != nil || end != "" {
		t.Errorf("the sheet says that it is %q, %v; want that it does not say", end, err)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range archive.File {
		if part.Modified.Year() > 2000 {
			t.Errorf("%s has the time %v", part.Name, part.Modified)
		}
	}
	if props, err := book.GetDocProps(); err != nil || !strings.HasPrefix(props.Created, "2000") {
		t.Errorf("got the properties %+v, %v", props, err)
	}
}

func checkCell(t *testing.T, table app.Table, row, column int, got string) {
	t.Helper()
	want, err := table.Value(row, column)
	if err != nil {
		t.Fatal(err)
	}
	switch w := want.(type) {
	case nil:
		want = ""
	case bool:
		want = map[bool]string{true: "1", false: "0"}[w]
	case float64:
		var v float64
		if _, err := fmt.Sscan(got, &v); err != nil || math.Abs(v-w) > 5e-16*w { // Excel's 15 digits
			t.Errorf("row %d, %s: got %s, want %v", row+1, table.Header[column], got, w)
		}
		return
	}
	if fmt.Sprint(want) != got {
		t.Errorf("row %d, %s: got %q, want %q", row+1, table.Header[column], got, want)
	}
}

func TestXLSXRefuses(t *testing.T) {
	tests := map[string]app.Table{
		"32768 characters in the column note":   {Name: "long", Header: []string{"note"}, Rows: [][]string{{strings.Repeat("x", 32768)}}},
		"a sheet of Excel at most 16384":        {Name: "wide", Header: make([]string, 16385)},
		"a control character in the column who": {Name: "odd", Header: []string{"who"}, Rows: [][]string{{"a\x00b"}}},
	}
	for want, table := range tests {
		if err := write(io.Discard, tablefile.XLSX, table); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// Rows of many groups come back in order.
func TestParquetInGroups(t *testing.T) {
	table := app.Table{Name: "many", Header: []string{"n"}}
	for i := range 1<<16 + 7 {
		table.Rows = append(table.Rows, []string{fmt.Sprint(i)})
	}
	content := written(t, tablefile.Parquet, table)
	f, err := pq.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n != 2 || f.NumRows() != int64(len(table.Rows)) {
		t.Errorf("got %d rows in %d groups, want %d in 2", f.NumRows(), n, len(table.Rows))
	}
	rows, at := pq.NewReader(bytes.NewReader(content)), 0
	buffer := make([]pq.Row, 1000)
	for {
		n, err := rows.ReadRows(buffer)
		for _, row := range buffer[:n] {
			if got := parquetGo(row[0]); got != fmt.Sprint(at) {
				t.Fatalf("row %d: got %v", at, got)
			}
			at++
		}
		if err != nil {
			break
		}
	}
	if at != len(table.Rows) {
		t.Errorf("read %d rows, want %d", at, len(table.Rows))
	}
}

// A workbook that is not finished leaves nothing behind.
func TestXLSXAbandonedLeavesNoFile(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	w, err := tablefile.XLSX(io.Discard, app.Table{Name: "t", Header: []string{"a"}})
	if err != nil {
		t.Fatal(err)
	}
	cell := strings.Repeat("x", 30000)
	for range 1000 { // more than the library keeps in memory
		if err := w.Write([]string{cell}); err != nil {
			t.Fatal(err)
		}
	}
	before, _ := os.ReadDir(folder)
	w.Abandon()
	after, err := os.ReadDir(folder)
	if err != nil || len(before) == 0 || len(after) != 0 {
		t.Errorf("got %d files, then %d, %v; want some, then none", len(before), len(after), err)
	}
}
