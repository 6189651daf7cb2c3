package main_test

import (
	"strings"
	"testing"
)

func TestPeopleAndParticipants(t *testing.T) {
	d := newDesk(t)
	const epochs = "29-Mar-2014\n12:00\n 4 \n30\nV1\nM\n"
	anna := d.write("a.awd", "anna\n"+epochs+strings.Repeat("7\n", 2880))
	bob := d.write("b.awd", "bob\n"+epochs+strings.Repeat("8\n", 2880))
	var outcomes []struct{ Recording string }
	d.json(0, &outcomes, "import", "--db", "s.circascope", anna, bob)
	table := d.write("people.csv", "id;wave;age;sex\nANNA;1;40;f\nANNA;2;41;f\n007;1;-9;m\n")
	if got := d.pat("people", "import", table, "--db", "s.circascope"); got.status != 1 || !strings.Contains(got.errOut, "several rows of one person") {
		t.Errorf("without a choice for visits: got %+v", got)
	}
	for _, args := range [][]string{{"--visits", "both"}, {"--type", "age"}, {"--date-order", "ydm"}} {
		if got := d.pat(append([]string{"people", "import", table, "--db", "s.circascope"}, args...)...); got.status != 2 {
			t.Errorf("%v: got %+v, want wrong usage", args, got)
		}
	}
	type imported struct {
		Stored    bool
		IDColumn  string `json:"id_column"`
		People    int
		Variables []struct{ Name, Type string }
		Report    struct {
			Both        []string
			OnlyTable   []string `json:"only_table"`
			OnlyLibrary []string `json:"only_library"`
		}
	}
	var got imported
	d.json(0, &got, "people", "import", table, "--visits", "last", "--missing", "-9", "--type", "age=number", "--db", "s.circascope", "--preview")
	if got.Stored {
		t.Errorf("a preview: got %+v", got)
	}
	d.json(0, &got, "people", "import", table, "--visits", "last", "--missing", "-9", "--type", "age=number", "--db", "s.circascope")
	if !got.Stored || got.IDColumn != "id" || got.People != 2 || len(got.Variables) != 2 || got.Variables[0].Type != "number" ||
		strings.Join(got.Report.Both, " ")+"|"+strings.Join(got.Report.OnlyTable, " ")+"|"+strings.Join(got.Report.OnlyLibrary, " ") != "anna|007|bob" {
		t.Errorf("got %+v", got)
	}
	var rows []struct {
		Subject   string
		Variables map[string]string
	}
	d.json(0, &rows, "list", "--db", "s.circascope")
	if rows[0].Variables["age"] != "41" || rows[0].Variables["sex"] != "f" || rows[1].Variables["age"] != "" {
		t.Errorf("got %+v", rows)
	}
	d.json(0, &map[string]string{}, "participants", "split", outcomes[0].Recording, "anna 2", "--db", "s.circascope")
	if got := d.pat("participants", "rename", "bob", "anna 2", "--db", "s.circascope"); got.status != 1 || !strings.Contains(got.errOut, "taken") {
		t.Errorf("a name that is taken: got %+v", got)
	}
	d.json(0, &map[string]string{}, "participants", "merge", "bob", "anna 2", "--db", "s.circascope")
	d.json(0, &rows, "list", "--db", "s.circascope")
	if len(rows) != 2 || rows[0].Subject != "anna 2" || rows[1].Subject != "anna 2" || rows[1].Variables["age"] != "41" {
		t.Errorf("merged: got %+v", rows)
	}
	var tables []struct{ Name, SHA256 string }
	d.json(0, &tables, "people", "list", "--db", "s.circascope")
	if len(tables) != 1 || tables[0].Name != "people.csv" || len(tables[0].SHA256) != 64 {
		t.Errorf("got %+v", tables)
	}
	d.json(0, &struct{}{}, "people", "remove", "people.csv", "--db", "s.circascope")
	d.json(0, &tables, "people", "list", "--db", "s.circascope")
	if len(tables) != 0 {
		t.Errorf("after removing it: got %+v", tables)
	}
}
