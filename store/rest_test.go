package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/store"
)

func changedRest() rest.Layer {
	given := rest.Given(diary.Night, 600, 1080, 10, "line 2 of the diary")
	return rest.Layer{
		Source: "diary", Original: []rest.Period{given},
		Revision: rest.Revision{At: "2026-11-03T12:00:00Z", Author: "Ada", Reason: "rose later", Act: rest.Created, Periods: []rest.Period{given.Moved(rest.End, 1100)}},
	}
}

func TestRestKeepsItsHistory(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r, week("B", 2))
	save := func(l rest.Layer) []rest.Layer {
		t.Helper()
		if err := db.SaveRest(t.Context(), r.ID(), l); err != nil {
			t.Fatal(err)
		}
		now, err := db.Rest(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	want := changedRest()
	now := save(want)
	want.ID, want.Recording, want.Number = 1, r.ID(), 1
	if !reflect.DeepEqual(now, []rest.Layer{want}) {
		t.Fatalf("got  %+v\nwant %+v", now, want)
	}
	stale := now[0]
	next := now[0]
	next.Author, next.Act, next.Periods = "Bob", rest.Edited, nil
	if now = save(next); len(now[0].Periods) != 0 || now[0].Number != 2 || !reflect.DeepEqual(now[0].Original, want.Original) {
		t.Errorf("got %+v, want no periods, and the original as it was", now)
	}
	for _, old := range []rest.Layer{stale, changedRest()} {
		if err := db.SaveRest(t.Context(), r.ID(), old); !errors.Is(err, store.ErrChanged) {
			t.Errorf("over somebody else's change: got %v", err)
		}
	}
	gone := now[0]
	gone.Act = rest.Removed
	if now = save(gone); len(now) != 0 {
		t.Errorf("removed: got %+v", now)
	}
	if now = save(changedRest()); len(now) != 1 || now[0].ID != 2 {
		t.Errorf("changed anew: got %+v, want another layer", now)
	}
	history, err := db.RestHistory(t.Context(), r.ID())
	if err != nil {
		t.Fatal(err)
	}
	var acts []string
	for _, l := range history {
		acts = append(acts, l.Author+" "+string(l.Act))
	}
	if got, want := strings.Join(acts, ", "), "Ada created, Bob edited, Bob removed, Ada created"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestRestGoesWithItsRecording renames, merges and deletes the participant.
func TestRestGoesWithItsRecording(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r, week("B", 2))
	if err := db.SaveRest(t.Context(), "nobody", changedRest()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("no such recording: got %v", err)
	}
	if err := db.SaveRest(t.Context(), r.ID(), changedRest()); err != nil {
		t.Fatal(err)
	}
	left := func(doing string, err error, want int) {
		t.Helper()
		if err != nil {
			t.Fatal(doing, err)
		}
		if now, err := db.Rest(t.Context(), ""); err != nil || len(now) != want {
			t.Errorf("%s: got %d layers, %v, want %d", doing, len(now), err, want)
		}
	}
	left("renamed", db.RenameSubject(t.Context(), "A", "A2"), 1)
	_, err := db.MergeSubjects(t.Context(), "A2", "B")
	left("merged", err, 1)
	_, err = db.DeleteSubject(t.Context(), "B")
	left("deleted", err, 0)
	if history, err := db.RestHistory(t.Context(), r.ID()); err != nil || len(history) != 0 {
		t.Errorf("the history of a deleted recording: got %v, %v", history, err)
	}
}
