package app_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"circascope/actigraphy/format/xlsx"
	"circascope/actigraphy/sheet"
	"circascope/actigraphy/wear"
	"circascope/app"
)

// maskWorkbook is a mask file as Excel keeps it: times are numbers with a style.
func maskWorkbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	at := func(h, m int) time.Time { return time.Date(2026, 11, 24, h, m, 0, 0, time.UTC) }
	var b bytes.Buffer
	for i, row := range [][]any{
		{"Mask", "Start_time", "Stop_time", "Remarks"},
		{"m", at(1, 0), at(1, 59), "bath"},
		{"n", at(24, 0), at(24, 9), ""},
	} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// maskODS is a mask file as LibreOffice keeps it: a midnight is a date alone.
func maskODS(t *testing.T) []byte {
	t.Helper()
	text := func(s string) string { return `<table:table-cell><text:p>` + s + `</text:p></table:table-cell>` }
	date := func(s string) string {
		return `<table:table-cell o:value-type="date" o:date-value="` + s + `" xmlns:o="o"><text:p>24.11.26</text:p></table:table-cell>`
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
		{"content.xml", `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table>` +
			`<table:table-row>` + text("Mask") + text("Start_time") + text("Stop_time") + `</table:table-row>` +
			`<table:table-row>` + text("m") + date("2026-11-24T01:00:00") + date("2026-11-24T01:59:00") + `</table:table-row>` +
			`<table:table-row>` + text("n") + date("2026-11-25") + date("2026-11-25T00:09:00") + `</table:table-row>` +
			`</table:table></office:document-content>`},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMaskFilesOfSpreadsheets(t *testing.T) {
	b := newBench(t, func(c *app.Config) {
		c.Sheets = sheet.Reader{Kinds: []sheet.Kind{{Sniff: xlsx.Sniff, Open: xlsx.Sheet}}}
	}).withLibrary(t)
	want := []wear.Interval{{From: 60, To: 120}, {From: 1440, To: 1450}}
	by := app.By{Author: "A. N.", Reason: "mask file"}
	for name, content := range map[string][]byte{"masks.xlsx": maskWorkbook(t), "masks.ods": maskODS(t)} {
		id := b.imported(t, name+".csv", stamped("2026-11-24 00:00", 2*1440))
		if err := b.ImportMask(t.Context(), b.write(t, name, content), id, by); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := b.wear(t, id); !slices.Equal(got.Mask.NotWorn, want) {
			t.Errorf("%s: got %v, want %v", name, got.Mask.NotWorn, want)
		}
	}
	id := b.imported(t, "old.csv", stamped("2026-11-24 00:00", 1440))
	old := b.write(t, "masks.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"))
	if err := b.ImportMask(t.Context(), old, id, by); err == nil || !strings.Contains(err.Error(), "save it as XLSX or as CSV") {
		t.Errorf("an old workbook: got %v, want what to do", err)
	}
}
