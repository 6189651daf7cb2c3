package xlsx_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/xlsx"
)

// TestDateFormats shows one number in many ways: the format alone tells a date.
func TestDateFormats(t *testing.T) {
	const dated, number = "2022-05-01 06:00:00", "44682.25"
	tests := []struct {
		builtIn int
		custom  string
		want    string
	}{
		{builtIn: 14, want: dated}, // m/d/yy
		{builtIn: 17, want: dated}, // mmm-yy
		{builtIn: 20, want: dated}, // h:mm
		{builtIn: 22, want: dated}, // m/d/yy h:mm
		{builtIn: 47, want: dated}, // mm:ss.0
		{builtIn: 2, want: number}, // 0.00
		{builtIn: 9, want: number}, // 0%
		{custom: "yyyy-mm-dd hh:mm:ss", want: dated},
		{custom: `[$-407]d. mmmm yyyy;@`, want: dated},
		{custom: "[h]:mm", want: dated},
		{custom: "00:00", want: number},
		{custom: "0000-00-00", want: number},
		{custom: `0.0 "days"`, want: number},
		{custom: `[Red]0.0\d`, want: number},
	}
	book := excelize.NewFile()
	for i, tt := range tests {
		style := &excelize.Style{NumFmt: tt.builtIn}
		if tt.custom != "" {
			style.CustomNumFmt = &tt.custom
		}
		id, err := book.NewStyle(style)
		if err != nil {
			t.Fatal(err)
		}
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetCellFloat("Sheet1", cell, 44682.25, -1, 64); err != nil {
			t.Fatal(err)
		}
		if err := book.SetCellStyle("Sheet1", cell, cell, id); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	in, err := format.NewInput("made.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	s, err := xlsx.Sheet(t.Context(), in)
	if err != nil || len(s.Rows) != len(tests) {
		t.Fatalf("got %d rows and %v, want %d", len(s.Rows), err, len(tests))
	}
	for i, tt := range tests {
		if got := s.Rows[i].Cell(0); got != tt.want {
			t.Errorf("format %d %q: got %q, want %q", tt.builtIn, tt.custom, got, tt.want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	content := workbook(b, table(30_000))
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := readBytes(content); err != nil {
			b.Fatal(err)
		}
	}
}
