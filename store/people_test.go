package store_test

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"slices"
	"testing"

	"circascope/actigraphy/people"
	"circascope/store"
)

// table is one of four people; the rows are in the order of names.
func table() (people.File, []people.Person) {
	return people.File{
		Name: "scores.csv", SHA256: "ab", IDColumn: "id", VisitColumn: "wave", Visits: people.Last, Notes: []string{"a note"},
		Variables: []people.Variable{{Name: "sex", Type: people.Category}, {Name: "age", Type: people.Number}},
	}, []people.Person{
		{ID: "a", Line: 2, Values: []string{"f", "30"}},
		{ID: "B", Line: 3, Values: []string{"m", ""}},
		{ID: "C", Line: 4, Values: []string{"f", "50"}},
		{ID: "stranger", Line: 5, Values: []string{"m", "31"}},
	}
}

func names(rows []people.Person) []string {
	list := []string{}
	for _, p := range rows {
		list = append(list, p.ID)
	}
	return list
}

func TestPeople(t *testing.T) {
	db := newLibrary(t, options())
	f, rows := table()
	if err := db.AddPeople(t.Context(), f, rows, 0); err != nil {
		t.Fatal(err)
	}
	files, got, err := db.People(t.Context())
	if err != nil || len(files) != 1 {
		t.Fatalf("got %v, %v", files, err)
	}
	want := f
	want.ID, want.ImportedAt, want.People = files[0].ID, "2026-11-03T12:00:00Z", 4
	want.Variables = []people.Variable{{Name: "sex", Type: people.Category, Levels: []string{"f", "m"}}, {Name: "age", Type: people.Number, Missing: 1}}
	if !reflect.DeepEqual(files[0], want) || !reflect.DeepEqual(got[0], rows) {
		t.Errorf("got %+v\n%+v\nwant %+v\n%+v", files[0], got[0], want, rows)
	}
	if err := db.AddPeople(t.Context(), f, rows[:1], files[0].ID); err != nil {
		t.Fatal(err)
	}
	replaced, got, err := db.People(t.Context())
	if err != nil || len(replaced) != 1 || replaced[0].ID == files[0].ID || !slices.Equal(names(got[0]), []string{"a"}) {
		t.Errorf("replaced: got %+v, %v, %v", replaced, got, err)
	}
	if err := db.AddPeople(t.Context(), f, rows, files[0].ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("replacing what is gone: got %v", err)
	}
	if err := db.DeletePeople(t.Context(), replaced[0].ID); err != nil {
		t.Error(err)
	}
	if files, _, err := db.People(t.Context()); err != nil || len(files) != 0 {
		t.Errorf("after removing it: got %v, %v", files, err)
	}
	if err := db.DeletePeople(t.Context(), 77); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a table that is not there: got %v", err)
	}
}

// TestDeletedParticipantLeavesTables deletes participants that a table names by their
// label and by the name in their file. One of them shares that name with another.
func TestDeletedParticipantLeavesTables(t *testing.T) {
	db := newLibrary(t, options())
	first, second, bea := week("A", 1), week("A", 2), week("B", 3)
	second.Source.SHA256 = second.Source.SHA256[1:] + "0"
	add(t, db, first, second, bea)
	if err := errors.Join(db.MoveRecording(t.Context(), second.ID(), "A at visit 2"), db.RenameSubject(t.Context(), "B", "Bea")); err != nil {
		t.Fatal(err)
	}
	f, rows := table()
	f.Name = "table-of-names.csv"
	rows[3].Values[0] = "only-of-the-stranger"
	rows[1].Values[0] = "only-of-bea"
	if err := db.AddPeople(t.Context(), f, rows, 0); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		who  string
		left []string
	}{
		{"Bea", []string{"a", "C", "stranger"}},
		{"A", []string{"a", "C", "stranger"}}, // visit 2 is the same person's
		{"A at visit 2", []string{"C", "stranger"}},
	} {
		if _, err := db.DeleteSubject(t.Context(), step.who); err != nil {
			t.Fatal(err)
		}
		if _, got, err := db.People(t.Context()); err != nil || !slices.Equal(names(got[0]), step.left) {
			t.Errorf("without %s: got %v, %v, want %v", step.who, got, err, step.left)
		}
	}
	content, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	if contains(content, "only-of-bea") || !contains(content, "only-of-the-stranger") {
		t.Error("what a table told of a deleted participant is in the file, or nothing is")
	}
}

func contains(content []byte, text string) bool { return bytes.Contains(content, []byte(text)) }

func TestMerge(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	add(t, db, a, b)
	if n, err := db.MergeSubjects(t.Context(), "A", "B"); err != nil || n != 1 {
		t.Fatalf("got %d, %v", n, err)
	}
	infos, err := db.Recordings(t.Context())
	if err != nil || len(infos) != 2 || infos[0].Subject != "B" || infos[1].Subject != "B" {
		t.Errorf("got %+v, %v", infos, err)
	}
	if r, err := db.Recording(t.Context(), a.ID()); err != nil || r.Source.Subject != "A" {
		t.Errorf("got %+v, %v", r, err)
	}
	if err := db.RenameSubject(t.Context(), "B", "A"); err != nil {
		t.Errorf("the name of the merged participant is not free: %v", err)
	}
	for _, tt := range []struct {
		from, into string
		want       error
	}{{"A", "A", store.ErrTaken}, {"A", "nobody", store.ErrNotFound}, {"nobody", "A", store.ErrNotFound}} {
		if _, err := db.MergeSubjects(t.Context(), tt.from, tt.into); !errors.Is(err, tt.want) {
			t.Errorf("%s into %s: got %v, want %v", tt.from, tt.into, err, tt.want)
		}
	}
}

func TestMoveRecording(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	add(t, db, a, b)
	for _, tt := range []struct {
		id, to string
		want   error
	}{{"none", "C", store.ErrNotFound}, {a.ID(), "B", store.ErrTaken}, {a.ID(), " ", store.ErrTaken}, {a.ID(), "A", nil}, {a.ID(), " A 2 ", nil}} {
		if err := db.MoveRecording(t.Context(), tt.id, tt.to); !errors.Is(err, tt.want) {
			t.Errorf("to %q: got %v, want %v", tt.to, err, tt.want)
		}
	}
	r, err := db.Recording(t.Context(), a.ID())
	if err != nil || r.Subject != "A 2" || r.Source.Subject != "A" {
		t.Errorf("got %+v, %v", r, err)
	}
	if err := db.RenameSubject(t.Context(), "B", "A"); err != nil {
		t.Errorf("the participant without recordings is still there: %v", err)
	}
}
