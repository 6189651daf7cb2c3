package peoplefile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/people"
	"circascope/actigraphy/peoplefile"
	"circascope/internal/reference"
)

// TestReference reads real tables: the CSV has 55 lines behind its head, and NHANES
// tells of 10,122 people in the demographics of 2003-2004.
func TestReference(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy", "files")
	types := func(table people.Table) string {
		var list []string
		for _, v := range table.Variables {
			list = append(list, v.Name+":"+string(v.Type))
		}
		return strings.Join(list, " ")
	}
	tests := []struct {
		file, id string
		rows     int
		types    string
	}{
		{
			"depresjon/scores.csv", "number", 55,
			"days:number gender:category age:category afftype:category melanch:category inpatient:category edu:category marriage:category work:category madrs1:number madrs2:number",
		},
		{"rnhanesdata/DEMO_C.XPT", "SEQN", 10122, "RIAGENDR:category RIDAGEYR:number RIDAGEMN:number RIDRETH1:category"},
	}
	for _, tt := range tests {
		in, err := format.Open(filepath.Join(dir, tt.file))
		if err != nil {
			t.Fatal(err)
		}
		s, err := sheets.Read(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		got, err := peoplefile.Read(in, s, peoplefile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d people, by %s: %s", tt.file, len(got.People), got.ID, types(got))
		t.Log(strings.Join(got.Notes, "\n"))
		if got.ID != tt.id || len(got.People) != tt.rows || got.Repeated() != 0 {
			t.Errorf("%s: got %d people by %q, %d of them repeated", tt.file, len(got.People), got.ID, got.Repeated())
		}
		for _, want := range strings.Fields(tt.types) {
			if !strings.Contains(" "+types(got)+" ", " "+want+" ") {
				t.Errorf("%s: got types %s, want %s", tt.file, types(got), want)
			}
		}
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestWorkbook(t *testing.T) {
	content := workbook(t, [][]any{
		{"Subject", "Age", "Born", "Group"},
		{1, 31.5, time.Date(1990, 4, 5, 0, 0, 0, 0, time.UTC), "case"},
		{2, "NA", time.Date(1991, 5, 6, 0, 0, 0, 0, time.UTC), "control"},
		{3, 40, time.Date(1992, 6, 7, 0, 0, 0, 0, time.UTC), "case"},
	})
	checkFour(t, content)
}

func TestODS(t *testing.T) {
	cell := func(text string) string {
		return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
	}
	number := func(value string) string {
		return `<table:table-cell office:value-type="float" office:value="` + value + `"><text:p>shown</text:p></table:table-cell>`
	}
	date := func(value string) string {
		return `<table:table-cell office:value-type="date" office:date-value="` + value + `"><text:p>5.4.90</text:p></table:table-cell>`
	}
	var b strings.Builder
	b.WriteString(`<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table>`)
	for _, row := range [][]string{
		{cell("Subject"), cell("Age"), cell("Born"), cell("Group")},
		{number("1"), number("31.5"), date("1990-04-05"), cell("case")},
		{number("2"), cell("NA"), date("1991-05-06"), cell("control")},
		{number("3"), number("40"), date("1992-06-07"), cell("case")},
	} {
		b.WriteString("<table:table-row>" + strings.Join(row, "") + "</table:table-row>")
	}
	b.WriteString(`</table:table></office:spreadsheet></office:body></office:document-content>`)
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, f := range []struct{ name, content string }{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", b.String()}} {
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	checkFour(t, archive.Bytes())
}

// checkFour checks the table of both kinds of workbook.
func checkFour(t *testing.T, content []byte) {
	t.Helper()
	got, err := read(t, content, peoplefile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, v := range got.Variables {
		all = append(all, v.Name+" "+string(v.Type))
	}
	for _, p := range got.People {
		all = append(all, p.ID+" "+strings.Join(p.Values, " "))
	}
	const want = "Age number|Born date|Group category|1 31.5 1990-04-05 case|2  1991-05-06 control|3 40 1992-06-07 case"
	if g := strings.Join(all, "|"); g != want {
		t.Errorf("got  %s\nwant %s", g, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("id,visit,age,at\na,1,30,2005-03-06\na,2,31,2005-03-07\n"))
	f.Add([]byte("id;x\na;\"1,5\"\nb;.\n"))
	f.Add(workbook(f, [][]any{{"id", "x"}, {1, 2}}))
	f.Fuzz(func(t *testing.T, content []byte) {
		in, err := format.NewInput("fuzz", content)
		if err != nil {
			return
		}
		s, err := sheets.Read(t.Context(), in)
		if err != nil {
			return
		}
		table, err := peoplefile.Read(in, s, peoplefile.Options{})
		if err != nil {
			return
		}
		for _, v := range []people.Visits{people.First, people.Last, people.Each} {
			one, err := people.Arrange(table, v)
			if err != nil {
				continue
			}
			if one.Repeated() > 0 {
				t.Errorf("%s: people have several rows", v)
			}
			for _, p := range one.People {
				if len(p.Values) != len(one.Variables) {
					t.Errorf("%s: %d values of %d variables", v, len(p.Values), len(one.Variables))
				}
			}
		}
		if _, err := people.Arrange(table, ""); (err == nil) != (table.Repeated() == 0) || err != nil && !errors.Is(err, people.ErrVisits) {
			// Rows that contradict each other come before the choice.
			if table.Visit == "" || table.Repeated() == 0 {
				t.Errorf("got %v with %d people of several rows", err, table.Repeated())
			}
		}
	})
}
