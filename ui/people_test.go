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
		if got := len(app.SearchRows(f.study.rows, search)); got != want {
			t.Errorf("%q: got %d rows, want %d", search, got, want)
		}
	}
	columns, err := colorChoices(t.Context(), f.wb)
	if err != nil || oneOf(columns, "sex") != "sex" || oneOf(columns, "weight") != app.ColorActivity {
		t.Errorf("got columns %+v, %v", columns, err)
	}
}

// The column that tells visits apart is shown as it was recognised, and can be another.
func TestTheVisitColumnIsChosen(t *testing.T) {
	f := newFixture(t)
	f.openSample()
	f.settle()
	path := filepath.Join(f.dir, "waves.csv")
	if err := os.WriteFile(path, []byte("id,visit,wave,age\nA,1,9,40\nA,2,8,41\nB,1,7,50\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	form := newPeopleForm(f.Window, path)
	form.look()
	f.settle()
	if form.visit.Selected != "visit" || !slices.Contains(form.visit.Options, "wave") {
		t.Fatalf("got %q of %q", form.visit.Selected, form.visit.Options)
	}
	form.visit.SetSelected("wave")
	f.settle()
	form.visits.SetSelected(visitWords[1])
	f.settle()
	if got := form.preview.Table; form.err != nil || got.Visit != "wave" || got.People[0].Visit != "9" {
		t.Errorf("got the visits of %q, %+v, %v; want the last of wave", got.Visit, got.People, form.err)
	}
	form.id.SetSelected("wave") // which then tells no visits
	f.settle()
	if form.err != nil || form.preview.Table.ID != "wave" || form.visit.Selected == "wave" {
		t.Errorf("got %q and %q, %v", form.preview.Table.ID, form.visit.Selected, form.err)
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
