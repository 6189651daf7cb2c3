package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy/people"
	"circascope/app"
)

// withPeople writes a table of two participants of the sample, one with two visits.
func (f *fixture) withPeople(t *testing.T) string {
	t.Helper()
	rows := f.study.rows
	if len(rows) < 3 {
		t.Fatalf("the sample has %d rows", len(rows))
	}
	path := filepath.Join(f.dir, "people.csv")
	table := fmt.Sprintf("id,visit,sex,age\n%s,1,F,40\n%s,2,F,41\n%s,1,M,50\nstranger,1,M,60\n", rows[0].Subject, rows[0].Subject, rows[1].Subject)
	if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTableOfParticipantsIsOffered(t *testing.T) {
	f := newFixture(t)
	f.openSample()
	f.settle()
	path := f.withPeople(t)
	f.importInto("", []string{path})
	f.settle()
	form := newPeopleForm(f.Window, path)
	form.look()
	f.settle()
	if form.preview.Repeated != 1 || form.id.Selected != "id" || !strings.Contains(form.state.Text, "choose what becomes of repeat visits") {
		t.Fatalf("got %+v, %q", form.preview, form.state.Text)
	}
	form.keep(nil)
	f.settle()
	if tables, err := f.wb.PeopleTables(t.Context()); err != nil || len(tables) != 0 {
		t.Fatalf("kept without a choice: %v, %v", tables, err)
	}
	form.visits.SetSelected(visitWords[1])
	f.settle()
	form.types["age"] = people.Category
	form.look()
	f.settle()
	if got := form.preview.Table.Variables; len(got) != 2 || got[1].Type != people.Category {
		t.Errorf("got variables %+v", got)
	}
	if _, err := f.wb.ImportPeople(t.Context(), path, form.options()); err != nil {
		t.Fatal(err)
	}
	f.settle()
	p := f.pages[participantsPlace].(*participants)
	var titles []string
	for _, c := range p.columns {
		titles = append(titles, c.Title)
	}
	if !slices.Equal(titles[:3], []string{"Participant", "sex", "age"}) {
		t.Errorf("got columns %q", titles)
	}
	for search, want := range map[string]int{"sex=f": 1, "age>45": 1, "age>=41 sex=M": 1, "sex=": len(f.study.rows) - 2, "": len(f.study.rows)} {
		if got := len(filter(f.study.rows, search)); got != want {
			t.Errorf("%q: got %d rows, want %d", search, got, want)
		}
	}
	columns, err := colorChoices(t.Context(), f.wb)
	if err != nil || oneOf(columns, "sex") != "sex" || oneOf(columns, "weight") != app.ColorActivity {
		t.Errorf("got columns %q, %v", columns, err)
	}
}

func TestMergeIsAsked(t *testing.T) {
	f := newFixture(t)
	f.openSample()
	f.settle()
	from, into := f.study.rows[0], f.study.rows[1]
	f.askMerge(from.Subject, into.Subject)
	if n := f.study.recordingsOf(from.Subject); n != 1 {
		t.Fatalf("merged before the answer: %d recordings", n)
	}
	if _, err := f.wb.MergeSubjects(t.Context(), from.Subject, into.Subject); err != nil {
		t.Fatal(err)
	}
	f.settle()
	if n := f.study.recordingsOf(into.Subject); n != 2 {
		t.Errorf("got %d recordings, want 2", n)
	}
}
