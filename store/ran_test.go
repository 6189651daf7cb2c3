package store_test

import (
	"cmp"
	"reflect"
	"slices"
	"testing"

	"circascope/inference"
	"circascope/models"
)

func TestRan(t *testing.T) {
	db := newLibrary(t, options())
	if got, err := db.Ran(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("an empty library: got %v, %v, want nothing", got, err)
	}
	a, b, c := week("A", 1), week("B", 1), week("C", 1)
	save := func(r inference.Result, change func(*inference.Result)) {
		t.Helper()
		change(&r)
		r.ID = r.Provenance.ID()
		if err := db.SaveResult(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	add(t, db, a)
	add(t, db, b)
	add(t, db, c)
	save(result(a, models.Small), func(r *inference.Result) { r.WeightsState = models.Demo })
	save(result(a, models.Small), func(r *inference.Result) { r.WeightsState, r.WeekStart = models.Demo, "2015-02-02T00:00:00" })
	save(result(a, models.Small), func(r *inference.Result) { r.WeightsState = models.Approved })
	save(result(b, models.Large), func(r *inference.Result) { r.WeightsState = models.Approved })
	got, err := db.Ran(t.Context())
	want := []inference.Ran{
		{Recording: a.ID(), Model: models.Small, State: models.Approved, Weeks: 1},
		{Recording: a.ID(), Model: models.Small, State: models.Demo, Weeks: 2},
		{Recording: b.ID(), Model: models.Large, State: models.Approved, Weeks: 1},
	}
	slices.SortStableFunc(want, func(x, y inference.Ran) int { return cmp.Compare(x.Recording, y.Recording) })
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}
