package store_test

import (
	"reflect"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

func TestScoresAreAddedAndListed(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	plain := result(r, models.Small)
	save := func(x inference.Result) {
		t.Helper()
		if err := db.SaveResult(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
	has := func() bool {
		t.Helper()
		there, err := db.HasResults(t.Context(), []string{plain.ID}, true)
		if err != nil {
			t.Fatal(err)
		}
		return there[plain.ID]
	}
	save(plain)
	if list, err := db.Scores(t.Context()); err != nil || len(list) != 0 || has() {
		t.Errorf("without a score: got %+v, %v, there with one %v", list, err, has())
	}
	scored := plain
	scored.Score = &inference.Score{Name: "PAT-S_sleep", Value: 0.1}
	save(scored)
	again := plain
	again.Score = &inference.Score{Name: "another", Value: 0.9}
	save(again) // a score that is there stays
	got, err := db.Results(t.Context(), inference.Query{Profiles: true})
	if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], scored) || !has() {
		t.Errorf("got %+v, %v, want the first score added", got, err)
	}
	want := []inference.Scored{{Recording: plain.Recording, Model: models.Small, WeekStart: plain.WeekStart, Scaler: plain.ScalerName, Score: *scored.Score}}
	if list, err := db.Scores(t.Context()); err != nil || !reflect.DeepEqual(list, want) {
		t.Errorf("got %+v, %v, want %+v", list, err, want)
	}
	for _, bad := range []inference.Score{{Name: "", Value: 0.5}, {Name: "x", Value: 1.5}, {Name: "x", Value: -0.1}} {
		x := plain
		x.Score = &bad
		if err := db.SaveResult(t.Context(), x); err == nil || !strings.Contains(err.Error(), "expected a name and a probability") {
			t.Errorf("score %+v: got %v", bad, err)
		}
	}
}
