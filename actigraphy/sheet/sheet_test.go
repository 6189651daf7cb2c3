package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
)

// ods packs rows of XML as a spreadsheet.
func ods(tb testing.TB, rows string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, content string, method uint16) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	put("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zip.Store)
	put("content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="A">`+
		rows+`</table:table><table:table><table:table-row><table:table-cell><text:p>second sheet</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`, zip.Deflate)
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func read(tb testing.TB, content []byte) (sheet.Sheet, error) {
	tb.Helper()
	in, err := format.NewInput("table", content)
	if err != nil {
		tb.Fatal(err)
	}
	return sheet.Reader{}.Read(tb.Context(), in)
}

func TestTables(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		want    []sheet.Row
	}{
		"commas":     {[]byte("a,b\n1,\"x, y\"\n\n2,\n"), []sheet.Row{{1, []string{"a", "b"}}, {2, []string{"1", "x, y"}}, {4, []string{"2"}}}},
		"semicolons": {[]byte("\xef\xbb\xbfa;b\r\n1,5; z \r\n"), []sheet.Row{{1, []string{"a", "b"}}, {2, []string{"1,5", "z"}}}},
		"tabs":       {[]byte("a\tb\n1\t2\n"), []sheet.Row{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		"Latin-1":    {[]byte("n\xe4me,b\n"), []sheet.Row{{1, []string{"näme", "b"}}}},
		"ODS": {
			ods(t, `<table:table-row><table:table-cell><text:p>id</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>two</text:p><text:p>lines</text:p></table:table-cell></table:table-row>`+
				`<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"/></table:table-row>`+
				`<table:table-row table:number-rows-repeated="2"><table:table-cell o:value-type="float" o:value="1.5" xmlns:o="o"><text:p>1,5 kg</text:p></table:table-cell><table:table-cell o:value-type="date" o:date-value="2026-03-02T22:30:00" xmlns:o="o"><text:p>02/03/26</text:p></table:table-cell><table:table-cell o:value-type="time" o:time-value="PT07H05M00S" xmlns:o="o"><text:p>7:05</text:p></table:table-cell></table:table-row>`),
			[]sheet.Row{{1, []string{"id", "", "", "two lines"}}, {1000002, []string{"1.5", "2026-03-02 22:30:00", "07:05:00"}}, {1000003, []string{"1.5", "2026-03-02 22:30:00", "07:05:00"}}},
		},
	} {
		got, err := read(t, c.content)
		if err != nil || !reflect.DeepEqual(got.Rows, c.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got.Rows, err, c.want)
		}
	}
}

// manyParts is an archive whose list of members is long, and which is small.
func manyParts(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 10_001 {
		name := fmt.Sprint(i)
		if i == 0 {
			name = "mimetype"
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil && i == 0 {
			_, err = w.Write([]byte("application/vnd.oasis.opendocument.spreadsheet"))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestTablesThatAreRefused(t *testing.T) {
	for name, content := range map[string][]byte{
		"binary":           {1, 2, 0, 3, 4, 0, 0, 0},
		"rows repeated":    ods(t, `<table:table-row table:number-rows-repeated="900000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>`),
		"cells repeated":   ods(t, `<table:table-row><table:table-cell table:number-columns-repeated="900000"><text:p>x</text:p></table:table-cell></table:table-row>`),
		"no end":           ods(t, `<table:table-row><table:table-cell>`),
		"cut-off archive":  ods(t, "")[:120],
		"too many parts":   manyParts(t),
		"too many rows":    []byte(strings.Repeat("a\n", 200_001)),
		"too many cells":   []byte(strings.Repeat(strings.Repeat(",", 1000)+"\n", 4001)),
		"a quote too many": []byte("a,b\n\"x\n"),
	} {
		s, err := read(t, content)
		if name == "a quote too many" { // lazy quotes take the rest of the text as one cell
			if err == nil && len(s.Rows) != 2 {
				t.Errorf("%s: got %v", name, s.Rows)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), "table") {
			t.Errorf("%s: got %d rows, %v, want a refusal that names the file", name, len(s.Rows), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add(ods(f, `<table:table-row><table:table-cell><text:p>id</text:p></table:table-cell></table:table-row>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) == 0 {
			return
		}
		in, err := format.NewInput("table", content)
		if err != nil {
			return
		}
		s, err := sheet.Reader{}.Read(t.Context(), in)
		if err != nil {
			return
		}
		last := 0
		for _, r := range s.Rows {
			if r.Line < last || len(r.Cells) == 0 {
				t.Fatalf("row %+v after line %d", r, last)
			}
			last = r.Line
		}
	})
}
