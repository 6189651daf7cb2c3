package store_test

import (
	"errors"
	"slices"
	"testing"

	"circascope/actigraphy/wear"
	"circascope/store"
)

// TestChangeStudyIsWholeOrNothing changes two recordings, of which the layers of one are
// not as they were seen.
func TestChangeStudyIsWholeOrNothing(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	add(t, db, a)
	add(t, db, b)
	rule := wear.DefaultValidDay()
	mask := func(l []wear.Layer) string { return wear.Combine(l, rule).ID }
	layer := found()
	changes := []wear.Change{
		{Recording: a.ID(), Layers: []wear.Layer{layer}, Days: []int{1, 2}},
		{Recording: b.ID(), Layers: []wear.Layer{layer}, Days: []int{3}},
	}
	without := func(want ...string) {
		t.Helper()
		got, err := db.WithoutLayer(t.Context(), layer.Method, layer.Parameters)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("without a layer are %v, %v, want %v", got, err, want)
		}
	}
	without(a.ID(), b.ID())
	if _, err := db.ChangeLayers(t.Context(), b.ID(), []wear.Layer{{Kind: wear.ByHand, Name: "By hand", Revision: layer.Revision}}, combined); err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{"protocol": "x"}
	if err := db.ChangeStudy(t.Context(), settings, changes, mask); !errors.Is(err, store.ErrChanged) {
		t.Fatalf("got %v, want that the masks were changed meanwhile", err)
	}
	if value, err := db.Setting(t.Context(), "protocol"); err != nil || value != "" {
		t.Errorf("the setting is %q, %v, want none", value, err)
	}
	if history, err := db.LayerHistory(t.Context(), a.ID()); err != nil || len(history) != 0 {
		t.Errorf("the first recording has %+v, %v, want nothing", history, err)
	}
	seen, err := db.Layers(t.Context(), b.ID())
	if err != nil {
		t.Fatal(err)
	}
	changes[1].Seen = seen
	if err := db.ChangeStudy(t.Context(), settings, changes, mask); err != nil {
		t.Fatal(err)
	}
	infos, err := db.Recordings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range infos {
		layers, err := db.Layers(t.Context(), i.ID)
		if err != nil || i.Mask == "" || i.Mask != mask(layers) || len(i.WornDays) == 0 {
			t.Errorf("%s: got the mask %q and days %v, %v", i.Subject, i.Mask, i.WornDays, err)
		}
	}
	without()
}
