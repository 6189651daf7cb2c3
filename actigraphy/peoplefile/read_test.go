package peoplefile_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/xlsx"
	"circascope/actigraphy/format/xpt"
	"circascope/actigraphy/people"
	"circascope/actigraphy/peoplefile"
	"circascope/actigraphy/sheet"
)

var sheets = sheet.Reader{Kinds: []sheet.Kind{{Sniff: xlsx.Sniff, Open: xlsx.Sheet}, {Sniff: xpt.Sniff, Open: xpt.Sheet}}}

// read reads a made table.
func read(t testing.TB, content []byte, o peoplefile.Options) (people.Table, error) {
	t.Helper()
	in, err := format.NewInput("made.csv", content)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sheets.Read(t.Context(), in)
	if err != nil {
		return people.Table{}, err
	}
	return peoplefile.Read(in, s, o)
}

func TestTypes(t *testing.T) {
	tests := []struct {
		name   string
		column string // a cell a line
		want   people.Type
		values []string
		note   string
	}{
		{"ages", "31\n45\nNA\n45.5", people.Number, []string{"31", "45", "", "45.5"}, ""},
		{"decimal commas", `"31,25"` + "\n" + `"1,5"`, people.Number, []string{"31.25", "1.5"}, ""},
		{"commas of either", `"1,234"` + "\n" + `"5,678"`, people.Text, []string{"1,234", "5,678"}, "decimals or of thousands"},
		{"a point and commas", `"1,234"` + "\n" + `5.5`, people.Text, []string{"1,234", "5.5"}, "decimals or of thousands"},
		{"codes", "1\n2\n1\n.", people.Category, []string{"1", "2", "1", ""}, ""},
		{"counts", "11\n12\n11", people.Number, []string{"11", "12", "11"}, ""},
		{"minus nine", "11\n-9\n12", people.Number, []string{"11", "-9", "12"}, "has -9 in 1 rows"},
		{"negative numbers", "11\n-9\n-8", people.Number, []string{"11", "-9", "-8"}, ""},
		{"words", "f\nm\nf\nn/a", people.Category, []string{"f", "m", "f", ""}, ""},
		{"two cases", "f\nF\nf", people.Category, []string{"f", "F", "f"}, "two categories"},
		{"ranges", "35-39\n40-44\n35-39", people.Category, []string{"35-39", "40-44", "35-39"}, ""},
		{"remarks", "tall\nsmall\nloud", people.Text, []string{"tall", "small", "loud"}, ""},
		{"padded codes", "007\n008\n011", people.Text, []string{"007", "008", "011"}, ""},
		{"a word between numbers", "11\n12\n13\n14\n15\n16\nunknown", people.Text, nil, "line 8 has \"unknown\""},
		{"dates", "2005-03-06\n2005-04-07", people.Date, []string{"2005-03-06", "2005-04-07"}, ""},
		{"days first", "23/03/2005\n07/04/2005", people.Date, []string{"2005-03-23", "2005-04-07"}, ""},
		{"dates of two readings", "01/03/2005\n07/04/2005", people.Text, nil, "is kept as text"},
		{"dates and times", "2005-03-06 10:30\n2005-04-07 11:00", people.Date, []string{"2005-03-06T10:30:00", "2005-04-07T11:00:00"}, ""},
		{"empty", "\nNA\n", people.Text, nil, "is empty"},
		{"not numbers of Go", "0x10\ninf\n1_0", people.Text, nil, ""},
	}
	for _, tt := range tests {
		var b strings.Builder
		b.WriteString("id,x\n")
		for i, cell := range strings.Split(tt.column, "\n") {
			fmt.Fprintf(&b, "p%d,%s\n", i, cell)
		}
		got, err := read(t, []byte(b.String()), peoplefile.Options{})
		if err != nil || len(got.Variables) != 1 {
			t.Errorf("%s: got %+v, %v", tt.name, got.Variables, err)
			continue
		}
		values := make([]string, len(got.People))
		for i, p := range got.People {
			values[i] = p.Values[0]
		}
		if got.Variables[0].Type != tt.want || tt.values != nil && !slices.Equal(values, tt.values) {
			t.Errorf("%s: got %s %q, want %s %q", tt.name, got.Variables[0].Type, values, tt.want, tt.values)
		}
		if notes := strings.Join(got.Notes, "\n"); !strings.Contains(notes, tt.note) {
			t.Errorf("%s: got notes %q, want %q in them", tt.name, notes, tt.note)
		}
	}
}

func TestColumnOfParticipants(t *testing.T) {
	members := []people.Member{{Label: "A1"}, {Label: "a2"}, {Label: "Bea", Sources: []string{"1"}}}
	tests := []struct {
		name, content, id, want string
	}{
		{"by its name", "age,Participant ID\n30,x\n40,y\n", "", "Participant ID"},
		{"by who is there", "name,row,age\nA1,x,30\nA2,y,40\n", "", "name"},
		{"a name before numbers that happen to be there", "age,id\n1,A1\n2,b\n", "", "id"},
		{"who is there before a name without anybody", "id,who\n77,A1\n78,A2\n", "", "who"},
		{"as it was said", "id,Who\n77,A1\n78,A2\n", "who", "Who"},
	}
	for _, tt := range tests {
		got, err := read(t, []byte(tt.content), peoplefile.Options{ID: tt.id, Members: members})
		if err != nil || got.ID != tt.want {
			t.Errorf("%s: got %q and %v, want %q", tt.name, got.ID, err, tt.want)
		}
	}
}

func TestChoices(t *testing.T) {
	const table = "id;sex;score;seen\na;1;-9;01/03/2005\na;1;7;02/03/2005\nb;2;8;03/03/2005\n"
	got, err := read(t, []byte(table), peoplefile.Options{
		Missing: []string{"-9"}, Types: map[string]people.Type{"SEX": people.Number}, DateOrder: format.DayMonthYear, Visit: "seen",
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Visit != "seen" || got.VisitType != people.Date || got.People[0].Visit != "2005-03-01" || got.Variables[0].Type != people.Number || got.People[0].Values[1] != "" {
		t.Errorf("got %+v", got)
	}
}

func TestRefused(t *testing.T) {
	tests := []struct {
		name, content string
		options       peoplefile.Options
		line          int
		want          string
	}{
		{"nobody", "age,sex\n30,f\n", peoplefile.Options{}, 1, "names participants"},
		{"no such column", "id,sex\na,f\n", peoplefile.Options{ID: "pid"}, 1, `a column "pid"`},
		{"no names", "1,2\n3,4\n", peoplefile.Options{}, 1, "the names of the columns"},
		{"twice", "id,sex,Sex\na,f,f\n", peoplefile.Options{}, 1, `"Sex" twice`},
		{"one column", "id\na\n", peoplefile.Options{}, 0, "two columns"},
		{"only empty", "id,sex\nNA,f\n", peoplefile.Options{}, 0, "a row of a participant"},
		{"no number", "id,age\na,30\nb,old\n", peoplefile.Options{Types: map[string]people.Type{"age": people.Number}}, 3, `"old"`},
		{"no date", "id,at\na,2005-01-01\nb,old\n", peoplefile.Options{Types: map[string]people.Type{"at": people.Date}}, 3, `"old"`},
		{"no type", "id,at\na,1\n", peoplefile.Options{Types: map[string]people.Type{"at": "colour"}}, 1, "a type"},
		{"no column of a type", "id,at\na,1\n", peoplefile.Options{Types: map[string]people.Type{"on": people.Text}}, 1, `a column "on"`},
		{"visits of participants", "id,at\na,1\n", peoplefile.Options{Visit: "id"}, 1, "a column of visits"},
		{"binary", "\x00\x01\x02,\n", peoplefile.Options{}, 0, "a binary file"},
	}
	for _, tt := range tests {
		_, err := read(t, []byte(tt.content), tt.options)
		var file *actigraphy.FileError
		if !errors.As(err, &file) || file.Line != tt.line || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q on line %d", tt.name, err, tt.want, tt.line)
		}
	}
}

// workbook makes an XLSX of rows.
func workbook(t testing.TB, rows [][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := errors.Join(book.Write(&b), book.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
