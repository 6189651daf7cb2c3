package rest_test

import (
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
)

// two are a night and the nap after it, of 1000 epochs.
func two() []rest.Period {
	return []rest.Period{rest.Given(diary.Night, 100, 500, 10, "line 2"), rest.Given(diary.Nap, 700, 760, 0, "line 3")}
}

func TestEditsKeepPeriodsApart(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(*rest.Edits) error
		why  string // "" where it is done
	}{
		{"later to bed", func(e *rest.Edits) error { return e.Move(0, rest.Begin, 130) }, ""},
		{"up as the nap begins", func(e *rest.Edits) error { return e.Move(0, rest.End, 700) }, ""},
		{"crossed", func(e *rest.Edits) error { return e.Move(0, rest.End, 100) }, "end before it begins"},
		{"over the nap", func(e *rest.Edits) error { return e.Move(0, rest.End, 701) }, "overlap"},
		{"over the night", func(e *rest.Edits) error { return e.Move(1, rest.Begin, 499) }, "overlap"},
		{"before the recording", func(e *rest.Edits) error { return e.Move(0, rest.Begin, -1) }, "before the recording"},
		{"after the recording", func(e *rest.Edits) error { return e.Move(1, rest.End, 1001) }, "after the recording"},
		{"no kind of rest", func(e *rest.Edits) error { return e.SetKind(0, diary.Active) }, "kind"},
		{"added on a night", func(e *rest.Edits) error {
			_, err := e.Add(rest.Period{Kind: diary.Nap, From: 400, To: 600})
			return err
		}, "overlap"},
	} {
		e := rest.NewEdits(two(), 1000)
		err := tt.do(e)
		if (err == nil) != (tt.why == "") || err != nil && !strings.Contains(err.Error(), tt.why) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.why)
		}
		if got, want := slices.Equal(e.Now(), two()), tt.why != ""; got != want || e.CanUndo() == want {
			t.Errorf("%s: unchanged is %v, want %v, and as much to undo", tt.name, got, want)
		}
	}
}

func TestADragIsOneEdit(t *testing.T) {
	e := rest.NewEdits(two(), 1000)
	for _, tt := range []struct{ to, want int }{{510, 510}, {900, 700}, {0, 101}, {530, 530}} { // not over the nap, nor the begin
		e.Drag(0, rest.End, tt.to)
		if got := e.Now()[0].To; got != tt.want {
			t.Errorf("dragged to %d: got %d, want %d", tt.to, got, tt.want)
		}
	}
	e.Drop()
	e.Drag(0, rest.Begin, 90)
	e.Drop()
	if got := e.Now()[0]; got.From != 90 || got.To != 530 || got.LightsOff != 20 || !got.Edited() {
		t.Errorf("got %+v, want it from 90 to 530 with lights off at 110 as before", got)
	}
	if !e.Undo() || e.Now()[0].From != 100 || e.Now()[0].To != 530 {
		t.Errorf("the second drag undone: got %+v", e.Now()[0])
	}
	if !e.Undo() || !slices.Equal(e.Now(), two()) || e.Undo() || e.Changed() {
		t.Errorf("both undone: got %+v", e.Now())
	}
	first, second, third := e.Redo(), e.Redo(), e.Redo()
	if !first || !second || third || e.Now()[0].From != 90 || !e.Changed() {
		t.Errorf("both made again: got %+v", e.Now())
	}
}

func TestAWholePeriodIsDragged(t *testing.T) {
	e := rest.NewEdits(two(), 1000)
	for _, tt := range []struct{ to, want int }{{650, 650}, {400, 500}, {990, 940}, {600, 600}} {
		e.DragWhole(1, tt.to)
		if got := e.Now()[1]; got.From != tt.want || got.Len() != 60 {
			t.Errorf("dragged to %d: got %+v, want it from %d", tt.to, got, tt.want)
		}
	}
	e.Drop()
	if !e.Undo() || e.Undo() {
		t.Error("want one change to undo")
	}
	if err := e.Shift(1, -201); err == nil {
		t.Error("shifted over the night: want an error")
	}
	if err := e.Shift(0, 50); err != nil || e.Now()[0].From != 150 || e.Now()[0].LightsOff != 10 {
		t.Errorf("got %+v, %v, want it from 150 with lights off as long after", e.Now()[0], err)
	}
}

func TestAPeriodIsDrawn(t *testing.T) {
	kind := func(n int) diary.Kind { return map[bool]diary.Kind{true: diary.Night, false: diary.Nap}[n >= 120] }
	e := rest.NewEdits(two(), 1000)
	for _, tt := range []struct {
		to, place, from, until int
		kind                   diary.Kind
	}{{830, 2, 800, 830, diary.Nap}, {990, 2, 800, 990, diary.Night}, {600, 2, 760, 800, diary.Nap}, {800, 0, 0, 0, ""}, {2000, 2, 800, 1000, diary.Night}} {
		place, drawn := e.Draw(800, min(800, tt.to), max(800, tt.to), kind)
		if drawn != (tt.kind != "") || place != tt.place {
			t.Errorf("to %d: got place %d, %v", tt.to, place, drawn)
			continue
		}
		if want := (rest.Period{Kind: tt.kind, From: tt.from, To: tt.until}); drawn && e.Now()[place] != want {
			t.Errorf("to %d: got %+v, want %+v", tt.to, e.Now()[place], want)
		}
		if !drawn && (len(e.Now()) != 2 || e.CanRedo()) {
			t.Errorf("to %d: got %d periods, want nothing drawn and nothing to redo", tt.to, len(e.Now()))
		}
	}
	e.Drop()
	if !e.Undo() || !slices.Equal(e.Now(), two()) || e.Undo() {
		t.Error("want one change to undo")
	}
	if _, drawn := e.Draw(300, 300, 900, kind); drawn {
		t.Error("drawn from within the night: want nothing")
	}
}

func TestChangesTellWhatBecameOfEach(t *testing.T) {
	added := rest.Period{Kind: diary.Nap, From: 800, To: 860}
	before := append(two(), added)
	after := []rest.Period{two()[0].Moved(rest.End, 480), {Kind: diary.Nap, From: 600, To: 640}, {Kind: diary.Nap, From: 810, To: 870}}
	want := []rest.Change{
		{Before: two()[0], After: after[0]}, {After: after[1]}, {Before: two()[1]}, {Before: added, After: after[2]},
	}
	if got := rest.Changes(before, after); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := rest.Changes(before, before); len(got) != 0 {
		t.Errorf("of the same: got %+v", got)
	}
}

func TestAddAndRemove(t *testing.T) {
	e := rest.NewEdits(two(), 1000)
	for _, tt := range []struct{ at, from, to int }{{520, 520, 580}, {690, 640, 700}, {990, 940, 1000}} {
		from, to, err := e.Gap(tt.at, 60)
		if err != nil || from != tt.from || to != tt.to {
			t.Errorf("a gap at %d: got %d to %d, %v, want %d to %d", tt.at, from, to, err, tt.from, tt.to)
		}
	}
	if _, _, err := e.Gap(300, 60); err == nil {
		t.Error("a gap within the night: want an error")
	}
	i, err := e.Add(rest.Period{Kind: diary.Nap, From: 520, To: 580})
	if err != nil || i != 1 || !e.Now()[1].Added() {
		t.Fatalf("got %d, %v, want it second and as one that was added", i, err)
	}
	if err := e.Remove(0); err != nil || len(e.Now()) != 2 || e.Now()[0].From != 520 {
		t.Errorf("removed: got %+v, %v", e.Now(), err)
	}
}

func TestHashIsOfWhatMeasuresTake(t *testing.T) {
	a := rest.Layer{Source: "diary", Revision: rest.Revision{Periods: two(), Author: "Ada"}}
	b := a
	b.Author, b.ID = "Bob", 7
	if a.Hash() != b.Hash() {
		t.Error("the same periods by somebody else hash differently")
	}
	b.Periods = two()[:1]
	if c := (rest.Layer{Source: "crespo", Revision: a.Revision}); a.Hash() == b.Hash() || a.Hash() == c.Hash() {
		t.Error("other periods, or from another source, hash the same")
	}
}
