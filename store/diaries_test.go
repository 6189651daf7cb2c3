package store_test

import (
	"reflect"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
)

func night(subject string, day int) diary.Entry {
	bed := time.Date(2020, 2, day, 22, 30, 0, 0, time.UTC)
	return diary.Entry{
		Subject: subject, Kind: diary.Night, From: actigraphy.Naive(bed), To: actigraphy.Naive(bed.Add(8 * time.Hour)),
		Asleep: actigraphy.Naive(bed.Add(time.Hour)), Note: "JANE-DOE slept", Line: day,
	}
}

func TestDiaries(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1), week("B", 2))
	if err := db.RenameSubject(t.Context(), "B", "Berta"); err != nil {
		t.Fatal(err)
	}
	file := diary.File{Name: "d.csv", SHA256: "aa", Notes: []string{"day first"}}
	entries := []diary.Entry{night("a", 4), night("a", 3), night("b", 3), night("nobody", 3)}
	for i, want := range []bool{true, false} {
		if added, err := db.AddDiary(t.Context(), file, entries); err != nil || added != want {
			t.Fatalf("time %d: got %v, %v, want %v", i+1, added, err, want)
		}
	}
	list, err := db.Diaries(t.Context())
	if err != nil || len(list) != 1 || list[0].Entries != 4 || list[0].People != 3 || !reflect.DeepEqual(list[0].Notes, file.Notes) {
		t.Errorf("got %+v, %v", list, err)
	}
	got, err := db.DiaryEntries(t.Context(), "A")
	want := []diary.Entry{night("A", 3), night("A", 4)}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v: sorted, whatever the case of the name", got, err, want)
	}
	if got, err := db.DiaryEntries(t.Context(), "Berta"); err != nil || len(got) != 1 || got[0].Subject != "Berta" {
		t.Errorf("got %+v, %v, want the night of who is called b in the file", got, err)
	}
	if all, err := db.DiaryEntries(t.Context(), ""); err != nil || len(all) != 4 {
		t.Errorf("got %d entries, %v, want all", len(all), err)
	}
	if _, err := db.DeleteSubject(t.Context(), "Berta"); err != nil {
		t.Fatal(err)
	}
	if all, err := db.DiaryEntries(t.Context(), ""); err != nil || len(all) != 3 {
		t.Errorf("after a deletion: got %d entries, %v, want those of the others", len(all), err)
	}
	if err := db.DeleteDiary(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := db.DeleteDiary(t.Context(), list[0].ID); err == nil {
		t.Error("a diary was deleted twice")
	}
	if n := occurrences(t, db.Path(), "JANE-DOE"); n != 0 {
		t.Errorf("a note stands %d times in the file after the deletion", n)
	}
}

// TestADiaryFollowsARename: a diary names people as the library did when it came.
func TestADiaryFollowsARename(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1), week("B", 2))
	rename := func(from, to string) {
		t.Helper()
		if err := db.RenameSubject(t.Context(), from, to); err != nil {
			t.Fatal(err)
		}
	}
	rename("A", "P01")
	entries := []diary.Entry{night("p01", 3), night("A", 4), night("B", 3)}
	if _, err := db.AddDiary(t.Context(), diary.File{Name: "d.csv", SHA256: "aa"}, entries); err != nil {
		t.Fatal(err)
	}
	rename("P01", "Ada")
	rename("B", "Bea")
	for subject, want := range map[string]int{"Ada": 2, "Bea": 1} {
		if got, err := db.DiaryEntries(t.Context(), subject); err != nil || len(got) != want {
			t.Errorf("%s: got %d nights, %v, want %d", subject, len(got), err, want)
		}
	}
	if _, err := db.DeleteSubject(t.Context(), "Ada"); err != nil {
		t.Fatal(err)
	}
	if all, err := db.DiaryEntries(t.Context(), ""); err != nil || len(all) != 1 {
		t.Errorf("after a deletion: got %d nights, %v, want the one of Bea", len(all), err)
	}
}
