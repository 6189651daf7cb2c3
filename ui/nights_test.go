package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/app"
	"circascope/ui/controls"
)

// TestANightIsChangedByHand moves an edge by keys and by typing, adds and removes a nap,
// undoes, saves, and takes the changes off again.
func TestANightIsChangedByHand(t *testing.T) {
	f := withFew(t, 1)
	p := activityOf(f)
	n := p.nights
	p.over.rest.SetSelected(app.RestCrespo.Words())
	f.settle()
	n.reload()
	f.settle()
	before := n.edits.Now()
	if len(before) < 2 || len(n.nights) != len(before) || n.editing {
		t.Fatalf("got %d periods and %d nights, editing %v", len(before), len(n.nights), n.editing)
	}
	tib := n.nights[0].TIB
	n.begin()
	if p.editing.Objects[0] != fyne.CanvasObject(n.editor) {
		t.Fatal("the actogram has no brush for rest periods")
	}
	n.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	n.editor.OnStep(1, controls.RestStep{Quarter: true})
	n.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	f.settle()
	step := int(quarter/p.recording.Epoch) - 1
	if got := n.edits.Now()[0]; got.To != before[0].To+step || got.From != before[0].From {
		t.Errorf("got %+v, want the end %d epochs later than of %+v", got, step, before[0])
	}
	if got, want := n.nights[0].TIB, tib+float64(step)*p.recording.Epoch.Minutes(); got != want {
		t.Errorf("TIB beside the chart: got %v, want %v", got, want)
	}
	n.typed(rest.End, n.at(before[0].From-60).Clock().Format("15:04"))
	if !strings.Contains(n.problem.Text, "end before it begins") && !strings.Contains(n.problem.Text, "overlap") {
		t.Errorf("a crossed edge is not said in words: %q", n.problem.Text)
	}
	n.add()
	if got := n.edits.Now(); len(got) != len(before)+1 || !got[1].Added() || got[1].Kind != diary.Nap {
		t.Errorf("got %+v, want a nap after the first night", got)
	}
	n.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyN})
	if got := n.edits.Now()[1]; got.Kind != diary.Night {
		t.Errorf("got a %s, want a night", got.Kind)
	}
	n.undoEdit()
	n.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if got := n.edits.Now(); len(got) != len(before) {
		t.Errorf("got %d periods, want the nap gone", len(got))
	}
	was, list := n.rest, n.edits.Now()
	n.keep("Saving", true, func(ctx context.Context) error { return f.wb.ChangeRest(ctx, was, list, app.By{Reason: "light"}) }, func() {}, nil)
	f.settle()
	if n.editing || !n.rest.Manual() || p.over.choice().Rest != app.RestManual || !strings.Contains(n.from.Text, "light") {
		t.Errorf("saved: editing %v, manual %v, shown are those of %q", n.editing, n.rest.Manual(), p.over.choice().Rest)
	}
	if len(p.over.overlay.Periods) != len(before) || p.over.overlay.Problems[app.RestPart] != "" {
		t.Errorf("over the actogram are %d periods, %v", len(p.over.overlay.Periods), p.over.overlay.Problems)
	}
	n.keep("Taking off", false, func(ctx context.Context) error { return f.wb.RemoveRest(ctx, was.Recording.ID, app.By{}) }, func() {}, nil)
	f.settle()
	if n.rest.Manual() || p.over.choice().Rest != app.RestCrespo || n.edits.Now()[0] != before[0] {
		t.Errorf("taken off: got %+v from %q", n.edits.Now()[0], p.over.choice().Rest)
	}
}

func TestACancelledEditLeavesNothing(t *testing.T) {
	f := withFew(t, 1)
	n := activityOf(f).nights
	before := n.edits.Now()
	n.begin()
	n.removeChosen()
	n.drop()
	f.settle()
	if got := n.edits.Now(); n.editing || len(got) != len(before) || n.rest.Manual() {
		t.Errorf("got %d periods, want the %d of before", len(got), len(before))
	}
}
