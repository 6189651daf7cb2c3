package store_test

import (
	"errors"
	"math"
	"reflect"
	"testing"

	"circascope/actigraphy/prepare"
	"circascope/inference"
	"circascope/models"
	"circascope/store"
)

func TestResultsComeBackWithTheirProvenance(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	want := result(r, models.Large)
	if err := db.SaveResult(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got, err := db.Results(t.Context(), inference.Query{Profiles: true})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v, want 1", len(got), err)
	}
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("got  %+v\nwant %+v", got[0], want)
	}
	if got[0].Provenance.ID() != want.ID {
		t.Errorf("its provenance now gives %s, want %s", got[0].Provenance.ID(), want.ID)
	}
	bare, err := db.Results(t.Context(), inference.Query{})
	if err != nil || bare[0].Profile != nil {
		t.Errorf("got profile %v, %v, want none unasked", bare[0].Profile, err)
	}
}

func TestSameResultTwiceChangesNothing(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	first := result(r, models.Small)
	second := first
	second.Vector = make([]float32, models.Dim)
	second.ComputedAt = "2027-01-01T00:00:00Z"
	for _, x := range []inference.Result{first, second} {
		if err := db.SaveResult(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
	got, err := db.Results(t.Context(), inference.Query{Profiles: true})
	if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], first) {
		t.Errorf("got %+v, %v, want the first as it was", got, err)
	}
	has, err := db.HasResults(t.Context(), []string{first.ID, "other"}, false)
	if want := map[string]bool{first.ID: true}; err != nil || !reflect.DeepEqual(has, want) {
		t.Errorf("got %v, %v, want %v", has, err, want)
	}
}

func TestQueriesSelect(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	add(t, db, b, a)
	for _, x := range []inference.Result{
		result(b, models.Small), result(a, models.Small), result(a, models.Large),
	} {
		if err := db.SaveResult(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name string
		q    inference.Query
		want int
	}{
		{"all", inference.Query{}, 3},
		{"a recording", inference.Query{Recording: a.ID()}, 2},
		{"a size", inference.Query{Model: models.Small}, 2},
		{"a recording and a size", inference.Query{Recording: a.ID(), Model: models.Small}, 1},
		{"weights", inference.Query{WeightsSHA: "aa"}, 3},
		{"other weights", inference.Query{WeightsSHA: "bb"}, 0},
		{"another scaler", inference.Query{ScalerID: "bb"}, 0},
	}
	for _, tt := range tests {
		got, err := db.Results(t.Context(), tt.q)
		if err != nil || len(got) != tt.want {
			t.Errorf("%s: got %d, %v, want %d", tt.name, len(got), err, tt.want)
		}
	}
	all, err := db.Results(t.Context(), inference.Query{})
	if err != nil || all[0].Subject != "A" || all[2].Subject != "B" {
		t.Errorf("got %+v, %v, want A before B", all, err)
	}
	n, err := db.DeleteResults(t.Context(), inference.Query{Model: models.Small})
	if err != nil || n != 2 {
		t.Errorf("deleted %d, %v, want 2", n, err)
	}
}

func TestUnfitResultsAreRefused(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	stranger := week("never imported", 1)
	otherFile := result(r, models.Small)
	otherFile.RecordingSHA = "00"
	otherFile.ID = otherFile.Provenance.ID()
	tests := []struct {
		name   string
		result inference.Result
		change func(*inference.Result)
		want   error
	}{
		{"an id of other inputs", result(r, models.Small), func(x *inference.Result) { x.Precision = "bfloat16" }, nil},
		{"a short vector", result(r, models.Small), func(x *inference.Result) { x.Vector = x.Vector[:95] }, nil},
		{"NaN", result(r, models.Small), func(x *inference.Result) { x.Vector[3] = float32(math.NaN()) }, nil},
		{"an unknown recording", result(stranger, models.Small), func(*inference.Result) {}, store.ErrNotFound},
		{"another file", otherFile, func(*inference.Result) {}, nil},
	}
	for _, tt := range tests {
		tt.change(&tt.result)
		err := db.SaveResult(t.Context(), tt.result)
		if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want an error (%v)", tt.name, err, tt.want)
		}
	}
	if got, err := db.Results(t.Context(), inference.Query{}); err != nil || len(got) != 0 {
		t.Errorf("got %d results, %v, want none", len(got), err)
	}
}

func TestScalersAreFrozen(t *testing.T) {
	db := newLibrary(t, options())
	want := prepare.Scaler{
		ID: "0123456789abcdef0123456789abcdef", Name: "first", Kind: prepare.PerCohort, WeekStart: prepare.FirstMidnight,
		Weeks: 47, Unit: "ActiGraph counts", Mean: []float64{1, 2.5, math.Pi}, Scale: []float64{1, 3, 1e-300},
		FittedAt: "2026-02-01T00:00:00Z",
	}
	older := prepare.Scaler{ID: "f123456789abcdef0123456789abcdef", Name: "each by itself", Kind: prepare.PerRecording, FittedAt: "2026-01-01T00:00:00Z"}
	again := want
	again.Name = "another name"
	for _, s := range []prepare.Scaler{want, older, again} {
		if err := db.SaveScaler(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, w := range []prepare.Scaler{want, older} {
		if got, err := db.Scaler(t.Context(), w.ID); err != nil || !reflect.DeepEqual(got, w) {
			t.Errorf("got %+v, %v, want %+v", got, err, w)
		}
	}
	list, err := db.Scalers(t.Context())
	if err != nil || len(list) != 2 || list[0].ID != older.ID || list[1].Mean != nil {
		t.Errorf("got %+v, %v, want the older first, without numbers", list, err)
	}
	if _, err := db.Scaler(t.Context(), "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestSettings(t *testing.T) {
	db := newLibrary(t, options())
	for _, want := range []string{"", "viridis", "cividis"} {
		if want != "" {
			if err := db.SetSetting(t.Context(), "colours", want); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := db.Setting(t.Context(), "colours"); err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}
