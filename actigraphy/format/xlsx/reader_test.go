package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/formattest"
	"circascope/actigraphy/format/xlsx"
	"circascope/internal/reference"
)

// workbook makes a workbook of sheets; the first is "Sheet1". Times become cells
// that are shown as m/d/yy h:mm.
func workbook(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, rows := range sheets {
		name := []string{"Sheet1", "Sheet2", "Sheet3"}[i]
		if i > 0 {
			_, err := book.NewSheet(name)
			check(err)
		}
		for r, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, r+1)
			check(err)
			check(book.SetSheetRow(name, cell, &row))
		}
	}
	var b bytes.Buffer
	check(book.Write(&b))
	check(book.Close())
	return b.Bytes()
}

func table(n int) [][]any {
	rows := [][]any{{"time", "activity", "note"}}
	for i := range n {
		at := time.Date(2022, 4, 5, 23, 58+i, 0, 0, time.UTC)
		rows = append(rows, []any{at, i * 10})
	}
	return rows
}

// apart has dates and times of day in two columns.
func apart() [][]any {
	rows := [][]any{{"date", "time", "activity"}}
	for i := range 5 {
		at := time.Date(2022, 4, 5, 23, 58+i, 0, 0, time.UTC)
		rows = append(rows, []any{at.Truncate(24 * time.Hour), at.Format("15:04:05"), i * 10})
	}
	return rows
}

func healthBand() [][]any {
	return [][]any{
		{"Study Name:    Made up"},
		{"subjectID:    MADE-UP"},
		{"deviceSN:     0001"},
		{},
		{"timeStamp", "activityCounts", "heartRate", "offWrist"},
		{"11-04-2022 23:59:00", "NaN", "NaN", "1"},
		{"11-05-2022 00:00:00", "73", "51", "0"},
		{"11-05-2022 00:01:00", 5, 52, 0},
	}
}

func readBytes(content []byte) ([]*actigraphy.Recording, error) {
	return formattest.Read(xlsx.Reader{}, "made.xlsx", content, format.Options{})
}

func TestRead(t *testing.T) {
	letter := [][]any{{"Dear reader,"}, {"this is a letter."}}
	tests := []struct {
		name           string
		content        []byte
		subject, start string
		activity       []float64
		note           string
	}{
		{"a table with dates", workbook(t, table(5)), "made", "2022-04-05T23:58:00", []float64{0, 10, 20, 30, 40}, `the sheet "Sheet1"`},
		{"the second sheet", workbook(t, letter, table(5), letter), "made", "2022-04-05T23:58:00", []float64{0, 10, 20, 30, 40}, `Other sheets were not read: "Sheet1", "Sheet3"`},
		{"dates and times apart", workbook(t, apart()), "made", "2022-04-05T23:58:00", []float64{0, 10, 20, 30, 40}, "dates are column 1 and times of day column 2"},
		{"Health Band", workbook(t, healthBand()), "MADE-UP", "2022-11-04T23:59:00", []float64{math.NaN(), 73, 5}, "Philips Health Band (DataList)"},
	}
	for _, tt := range tests {
		out, err := readBytes(tt.content)
		if err != nil || len(out) != 1 {
			t.Errorf("%s: got %d recordings and %v, want 1", tt.name, len(out), err)
			continue
		}
		r := out[0]
		if r.Subject != tt.subject || r.Start.String() != tt.start || r.Epoch != time.Minute || r.Source.Format != "xlsx" || len(r.Activity) != len(tt.activity) {
			t.Errorf("%s: got %s from %s, %d of %v", tt.name, r.Subject, r.Start, len(r.Activity), r.Epoch)
			continue
		}
		for i, want := range tt.activity {
			if got := r.Activity[i]; got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s: epoch %d: got %v, want %v", tt.name, i, got, want)
			}
		}
		if notes := strings.Join(r.Source.Notes, "\n"); !strings.Contains(notes, tt.note) {
			t.Errorf("%s: got notes %q, want %q in them", tt.name, notes, tt.note)
		}
	}
}

// replaced is a workbook with another first sheet.
func replaced(t testing.TB, sheet []byte) []byte {
	t.Helper()
	content := workbook(t, table(5))
	from, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	for _, f := range from.File {
		if f.Name != "xl/worksheets/sheet1.xml" {
			if err := to.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w, err := to.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(sheet); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// farRight makes rows of one cell in the last column, before which a row has
// 16383 empty ones.
func farRight(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i, i)
	}
	return b.String()
}

func TestBad(t *testing.T) {
	whole := workbook(t, table(5))
	bad := table(30)
	bad[3][1] = "many"
	sleep := healthBand()
	sleep[4] = []any{"timeStamp", "sleepWake", "sleepEventMarker"}
	const open = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`
	tests := []struct {
		name    string
		content []byte
		line    int
		want    string
	}{
		{"cut", whole[:len(whole)-50], 0, "a workbook that is damaged"},
		{"empty", workbook(t, nil), 0, "sheets are empty"},
		{"cut sheet", replaced(t, []byte(open)), 0, "a workbook that is damaged"},
		{"deep", replaced(t, []byte(open+strings.Repeat("<a>", 100))), 0, "nested at most 64 deep"},
		{"bomb", replaced(t, bytes.Repeat([]byte(" "), 257<<20)), 0, "expands to more than 256 MiB"},
		{"wide", replaced(t, wide(20_000)), 0, "a sheet of 16384 columns"},
		{"rows", replaced(t, []byte(open+strings.Repeat("<row/>", 1<<20)+"</sheetData></worksheet>")), 0, "a sheet of more than 1048576 rows"},
		{"cells far right", replaced(t, []byte(open+farRight(2, 600)+"</sheetData></worksheet>")), 0, "a sheet of more than 1048576 rows, 8 million cells"},
		{"a word", workbook(t, bad), 4, "a number in column 2"},
		{"sleep", workbook(t, sleep), 0, "sleep and wake, which holds no activity"},
		{"letter", workbook(t, [][]any{{"Dear reader,"}}), 0, "rows of a time and a number"},
	}
	for _, tt := range tests {
		out, err := readBytes(tt.content)
		var file *actigraphy.FileError
		if !errors.As(err, &file) || len(out) > 0 || file.Line != tt.line || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
			t.Errorf("%s: got %v, want %q on line %d, with advice", tt.name, err, tt.want, tt.line)
		}
	}
}

// wide is a sheet of many rows of which one has a cell at the far right.
func wide(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>`)
	for i := range rows {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%[1]d"><v>1</v></c></row>`, i+2)
	}
	b.WriteString("</sheetData></worksheet>")
	return b.Bytes()
}

// TestReference reads the Health Band's real workbooks.
func TestReference(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy", "files", "GGIRread")
	var out []*actigraphy.Recording
	read := func(name string) error {
		return format.Read(context.Background(), []format.Reader{xlsx.Reader{}}, filepath.Join(dir, name), format.Options{}, nil, func(r *actigraphy.Recording) error {
			out = append(out, r)
			return nil
		})
	}
	if err := read("DataList_AH1234567890_PhilipsHealthBand.xlsx"); err != nil || len(out) != 1 {
		t.Fatalf("got %d recordings and %v, want 1", len(out), err)
	}
	r := out[0]
	got := actigraphy.Describe(r)
	// 500 rows of the sheet, of which nine are the title; the rest by hand from its XML.
	if r.Subject != "AH1234567890" || r.Device != "Philips Health Band 000100621938" || got.Epochs != 491 || r.Start.String() != "2022-11-04T23:58:00" || r.Epoch != time.Minute {
		t.Errorf("got %s, %s, %d epochs of %v from %s", r.Subject, r.Device, got.Epochs, r.Epoch, r.Start)
	}
	if !math.IsNaN(r.Activity[4]) || r.Activity[5] != 82 || r.Activity[6] != 144 || r.Activity[490] != 622 || r.Channels["heart rate"][490] != 42 {
		t.Errorf("got %v to %v", r.Activity[:7], r.Activity[490])
	}
	t.Logf("%d epochs, %d missing, sum %v", got.Epochs, got.Missing, got.Sum)
	if err := read("Sleep_Wake_AH1234567890_PhilipsHealthBand.xlsx"); err == nil || !strings.Contains(err.Error(), "sleep and wake") {
		t.Errorf("got %v, want a refusal of sleep and wake", err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(workbook(f, table(5)))
	f.Add(workbook(f, healthBand()))
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<20 || !(xlsx.Reader{}).Sniff(content) {
			t.Skip()
		}
		_, err := readBytes(content)
		var file *actigraphy.FileError
		if err != nil && !errors.As(err, &file) {
			t.Errorf("got %T %v, want a *FileError", err, err)
		}
	})
}
