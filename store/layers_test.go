package store_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
	"circascope/inference"
	"circascope/models"
	"circascope/store"
)

func found() wear.Layer {
	return wear.Layer{
		Kind: wear.ByMethod, Name: "Choi 2011", Method: wear.Choi, Parameters: wear.Values{"period": 90},
		Revision: wear.Revision{At: "2026-11-03T12:00:00Z", Author: "Ada", Reason: "protocol", Act: wear.Created, On: true, Intervals: []wear.Interval{{From: 5, To: 95}}},
	}
}

// combined keeps the mask of the layers, every day worn for as many minutes as
// there are layers.
func combined(layers []wear.Layer) wear.Summary {
	m := wear.Combine(layers, wear.DefaultValidDay())
	if !m.Judged() {
		return wear.Summary{}
	}
	return wear.Summary{Mask: m.ID, Days: []int{len(layers)}}
}

func info(t *testing.T, db *store.DB) actigraphy.Info {
	t.Helper()
	list, err := db.Recordings(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("got %v, %v, want one recording", list, err)
	}
	return list[0]
}

func TestLayersKeepTheirHistory(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	change := func(l wear.Layer) []wear.Layer {
		t.Helper()
		now, err := db.ChangeLayers(t.Context(), r.ID(), []wear.Layer{l}, combined)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	want := found()
	now := change(want)
	want.ID, want.Recording, want.Number = 1, r.ID(), 1
	if !reflect.DeepEqual(now, []wear.Layer{want}) {
		t.Fatalf("got  %+v\nwant %+v", now, want)
	}
	if i := info(t, db); i.Mask != combined(now).Mask || i.Mask == "" || !reflect.DeepEqual(i.WornDays, []int{1}) {
		t.Errorf("beside the recording: got %q, %v", i.Mask, i.WornDays)
	}

	hand := wear.Layer{Kind: wear.ByHand, Name: "By hand", Revision: wear.Revision{At: "2026-11-03T12:00:01Z", Author: "Bob", Act: wear.Created, On: true}}
	change(hand)
	hand.ID, hand.At, hand.Act, hand.Intervals = 2, "2026-11-03T12:00:02Z", wear.Erased, []wear.Interval{{From: 5, To: 9, Worn: true}}
	change(hand)
	off := want
	off.At, off.Act, off.On = "2026-11-03T12:00:03Z", wear.Switched, false
	change(off)
	gone := hand
	gone.At, gone.Act = "2026-11-03T12:00:04Z", wear.Removed
	now = change(gone)
	if len(now) != 1 || now[0].Number != 2 || now[0].On {
		t.Errorf("got %+v, want the first layer alone, off", now)
	}
	if i := info(t, db); i.Mask != "" || i.WornDays != nil {
		t.Errorf("no layer on: got %q, %v", i.Mask, i.WornDays)
	}
	history, err := db.LayerHistory(t.Context(), r.ID())
	if err != nil {
		t.Fatal(err)
	}
	var acts []string
	for _, l := range history {
		acts = append(acts, l.Author+" "+string(l.Act))
	}
	if got, want := strings.Join(acts, ", "), "Ada created, Bob created, Bob erased, Ada switched, Bob removed"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLayersThatCannotBe(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	add(t, db, a, b)
	if _, err := db.ChangeLayers(t.Context(), "nobody", []wear.Layer{found()}, combined); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("no such recording: got %v", err)
	}
	if _, err := db.ChangeLayers(t.Context(), a.ID(), []wear.Layer{found()}, combined); err != nil {
		t.Fatal(err)
	}
	other := found()
	other.ID = 1
	if _, err := db.ChangeLayers(t.Context(), b.ID(), []wear.Layer{other}, combined); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another recording's layer: got %v", err)
	}
	bad := found()
	bad.Act = "guessed"
	if _, err := db.ChangeLayers(t.Context(), a.ID(), []wear.Layer{found(), bad}, combined); err == nil {
		t.Error("an act that is none was stored")
	}
	if now, err := db.Layers(t.Context(), ""); err != nil || len(now) != 1 {
		t.Errorf("got %+v, %v, want what was there before", now, err)
	}
}

// TestResultsOfAnotherMaskAreNotShown wants a result to go with its mask, and to
// come back with it.
func TestResultsOfAnotherMaskAreNotShown(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	shown := func() (list []string) {
		t.Helper()
		results, err := db.Results(t.Context(), inference.Query{})
		if err != nil {
			t.Fatal(err)
		}
		scores, err := db.Scores(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ran, err := db.Ran(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(scores) != len(results) || len(ran) != len(results) {
			t.Errorf("got %d results, %d scores and %d of what was run, want as many", len(results), len(scores), len(ran))
		}
		for _, x := range results {
			list = append(list, x.Mask)
		}
		return list
	}
	save := func(mask string) {
		t.Helper()
		x := result(r, models.Small)
		x.Mask, x.Score = mask, &inference.Score{Name: "s", Value: 0.5}
		x.ID = x.Provenance.ID()
		if err := db.SaveResult(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
	save("")
	if got := shown(); !reflect.DeepEqual(got, []string{""}) {
		t.Errorf("without layers: got %q", got)
	}
	now, err := db.ChangeLayers(t.Context(), r.ID(), []wear.Layer{found()}, combined)
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(); got != nil {
		t.Errorf("a layer came: got %q, want none", got)
	}
	mask := info(t, db).Mask
	save(mask)
	if got := shown(); !reflect.DeepEqual(got, []string{mask}) {
		t.Errorf("run again: got %q, want %q", got, mask)
	}
	err = db.ChangeStudy(t.Context(), map[string]string{"valid day": "16"}, nil, func(l []wear.Layer) string { return wear.Combine(l, wear.ValidDay{Hours: 16}).ID })
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(); got != nil {
		t.Errorf("another valid day: got %q, want none", got)
	}
	now[0].On, now[0].Act = false, wear.Switched
	if _, err := db.ChangeLayers(t.Context(), r.ID(), now, combined); err != nil {
		t.Fatal(err)
	}
	if got := shown(); !reflect.DeepEqual(got, []string{""}) {
		t.Errorf("the layer off: got %q, want the first result again", got)
	}
	if n, err := db.DeleteResults(t.Context(), inference.Query{}); err != nil || n != 2 {
		t.Errorf("deleting all: got %d, %v, want 2, those of other masks too", n, err)
	}
	if value, err := db.Setting(t.Context(), "valid day"); err != nil || value != "16" {
		t.Errorf("got %q, %v, want 16", value, err)
	}
}

func TestRevisionsAreNeverChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "study.circa")
	db, err := store.Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	r := week("A", 1)
	add(t, db, r)
	if _, err := db.ChangeLayers(t.Context(), r.ID(), []wear.Layer{found()}, combined); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := tryExecute(path, `UPDATE layer_revisions SET author = 'nobody'`); err == nil || !strings.Contains(err.Error(), "never changed") {
		t.Errorf("got %v, want a refusal", err)
	}
}
