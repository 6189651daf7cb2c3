package wear_test

import (
	"slices"
	"testing"

	"circascope/actigraphy/wear"
)

func TestEdits(t *testing.T) {
	e := wear.NewEdits([]wear.Interval{{From: 5, To: 9}})
	want := func(what string, list ...wear.Interval) {
		t.Helper()
		if got := e.Now(); !slices.Equal(got, list) {
			t.Errorf("%s: got %v, want %v", what, got, list)
		}
	}
	if e.Undo() || e.Redo() || e.CanUndo() || e.CanRedo() {
		t.Error("there was something to undo at first")
	}
	if e.Paint(wear.Interval{From: 6, To: 7}) || e.CanUndo() {
		t.Error("what is so already counted as an edit")
	}
	e.Paint(wear.Interval{From: 9, To: 12}, wear.Interval{From: 20, To: 21})
	want("two at once", wear.Interval{From: 5, To: 12}, wear.Interval{From: 20, To: 21})
	e.Paint(wear.Interval{From: 5, To: 30, Worn: true})
	for range 2 {
		if !e.Undo() {
			t.Error("want two edits to undo")
		}
	}
	want("both undone", wear.Interval{From: 5, To: 9})
	if !e.Redo() {
		t.Error("nothing to redo")
	}
	want("one redone", wear.Interval{From: 5, To: 12}, wear.Interval{From: 20, To: 21})
	e.Paint(wear.Interval{From: 0, To: 1})
	if e.CanRedo() {
		t.Error("a new edit left another to redo")
	}
	now := e.Now()
	now[0].To = 77
	want("the list given out is a copy", wear.Interval{From: 0, To: 1}, wear.Interval{From: 5, To: 12}, wear.Interval{From: 20, To: 21})
}
