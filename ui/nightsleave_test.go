package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/rest"
	"circascope/actigraphy/wear"
	"circascope/app"
	"circascope/ui/controls"
)

// edited opens the page of the actogram with the first night's end changed, not saved.
func edited(t *testing.T, recordings int) (*fixture, *nightsPanel) {
	t.Helper()
	f := withFew(t, recordings)
	n := activityOf(f).nights
	n.begin()
	n.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	n.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if got := f.dialogText(); got != "" || n.draft() == nil {
		t.Fatalf("got the dialog %q and the draft %v, want an edit that is not saved", got, n.draft())
	}
	return f, n
}

// answer presses a button of the dialog on top.
func (f *fixture) answer(t *testing.T, text string) {
	t.Helper()
	var found fyne.Tappable
	visit(f.win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		switch b := o.(type) {
		case *controls.Button:
			if b.Text == text {
				found = b
			}
		case *widget.Button:
			if b.Text == text {
				found = b
			}
		}
	})
	if found == nil {
		t.Fatalf("the dialog has no button %q:\n%s", text, f.dialogText())
	}
	test.Tap(found)
	f.settle()
}

func (f *fixture) wantsQuestion(t *testing.T) {
	t.Helper()
	if got := f.dialogText(); !strings.Contains(got, "Save the rest periods?") || !strings.Contains(got, "1 changed") {
		t.Fatalf("the dialog says %q, want the question whether to save", got)
	}
}

// TestLeavingAsksForNights leaves in every way and stays, then does not save.
func TestLeavingAsksForNights(t *testing.T) {
	f, n := edited(t, 2)
	here, other := f.study.chosen, f.study.rows[1].ID
	for _, leave := range []struct {
		name string
		do   func()
	}{
		{"another recording", func() { f.study.choose(other) }},
		{"another page", func() { f.goTo(measuresPlace) }},
		{"another library", func() { f.openLibrary(f.opts.SampleLibrary) }},
		{"no library", f.closeLibrary},
		{"closing the window", f.close},
		{"the panel of wear", func() {
			s := f.pages[activityPlace].(*activity).sides
			s.Set(wearSide)
			s.OnChange(wearSide)
		}},
		{"cancelling", n.askCancel},
	} {
		leave.do()
		f.wantsQuestion(t)
		f.answer(t, "Stay")
		_, err := f.wb.Library()
		if f.dialogText() != "" || !n.editing || n.draft() == nil || f.study.chosen != here || f.at != activityPlace || err != nil || f.inline.tasks.ctx.Err() != nil {
			t.Fatalf("%s, and staying: editing %v, draft %v, chosen %s, at %s, %v", leave.name, n.editing, n.draft() != nil, f.study.chosen, f.at, err)
		}
		if got := f.pages[activityPlace].(*activity).sides.Chosen(); got == wearSide {
			t.Errorf("%s, and staying: the side shows %s", leave.name, got)
		}
	}
	f.study.choose(other)
	f.answer(t, "Don't save")
	if n.editing || f.study.chosen != other || n.recording.ID() != other {
		t.Errorf("not saved: editing %v, chosen %s", n.editing, f.study.chosen)
	}
	if states, err := f.wb.RestStates(t.Context(), here); err != nil || len(states) != 0 {
		t.Errorf("not saved: the library has %d states, %v", len(states), err)
	}
}

func TestLeavingSavesNights(t *testing.T) {
	f, n := edited(t, 2)
	here, want := f.study.chosen, n.edits.Now()
	f.goTo(measuresPlace)
	f.wantsQuestion(t)
	f.win.Canvas().Focused().(*controls.Entry).SetText("light")
	f.answer(t, "Save")
	states, err := f.wb.RestStates(t.Context(), here)
	if err != nil || len(states) != 1 || states[0].Reason != "light" || len(states[0].Periods) != len(want) || states[0].Periods[0] != want[0] {
		t.Errorf("got %+v, %v, want what was edited", states, err)
	}
	if f.at != measuresPlace || n.editing {
		t.Errorf("saved: at %s, editing %v", f.at, n.editing)
	}
}

func TestClosingDoesNotSaveNights(t *testing.T) {
	f, _ := edited(t, 1)
	f.close()
	f.close() // the cross once more: no second question
	if n := len(f.win.Canvas().Overlays().List()); n != 1 {
		t.Errorf("got %d questions, want one", n)
	}
	f.answer(t, "Don't save")
	if f.inline.tasks.ctx.Err() == nil {
		t.Error("the window is still open")
	}
}

// TestANightThatCannotBeSavedStays has somebody else save first.
func TestANightThatCannotBeSavedStays(t *testing.T) {
	f, n := edited(t, 2)
	if err := f.wb.ChangeRest(t.Context(), n.rest, n.rest.Periods[1:], app.By{Author: "Bob"}); err != nil {
		t.Fatal(err)
	}
	here := f.study.chosen
	f.study.choose(f.study.rows[1].ID)
	f.answer(t, "Save")
	if got := strings.ReplaceAll(f.dialogText(), "\n", " "); !strings.Contains(got, "the recording of "+f.study.rows[0].Subject) || !strings.Contains(got, "somebody else changed the rest periods of this recording. Read them again") {
		t.Errorf("the dialog says %q", got)
	}
	if f.study.chosen != here || !n.editing || n.draft() == nil {
		t.Errorf("chosen %s, editing %v, want the edit to stay", f.study.chosen, n.editing)
	}
}

// TestLeavingWaitsForTheMask closes the window while a stroke of the brush is being
// stored: it closes after that.
func TestLeavingWaitsForTheMask(t *testing.T) {
	f, p := withActogram(t)
	p.wear.reason = "shower"
	var begun []func()
	f.inline.tasks.start = func(do func()) { begun = append(begun, do) }
	press(p.wear.editor, fyne.KeyRight, fyne.KeyReturn)
	id := p.showing
	if !p.wear.busy() {
		t.Fatal("nothing is being stored")
	}
	f.close()
	if f.inline.tasks.ctx.Err() != nil {
		t.Fatal("the window closed over a stroke that is not stored")
	}
	f.inline.tasks.start = func(do func()) { do() }
	for _, do := range begun {
		do()
	}
	if f.inline.tasks.ctx.Err() == nil {
		t.Error("the window is still open")
	}
	if got := f.layers(t, id); len(got) != 1 || got[0].Kind != wear.ByHand {
		t.Errorf("got %+v, want the stroke", got)
	}
}

// TestTheHistoryOfNightsBringsAStateBack saves two edits, and takes the first into the
// editor.
func TestTheHistoryOfNightsBringsAStateBack(t *testing.T) {
	f, n := edited(t, 1)
	first := n.edits.Now()
	n.keepEdits("first", func() {}, nil)
	n.begin()
	n.removeChosen()
	n.keepEdits("second", func() {}, nil)
	f.settle()
	n.showHistory()
	if got := f.dialogText(); !strings.Contains(got, "first") || !strings.Contains(got, "second") || !strings.Contains(got, "Took the night away") {
		t.Fatalf("the history says %q", got)
	}
	table := f.win.Canvas().Focused()
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if got := f.dialogText(); !strings.Contains(got, ": up ") {
		t.Errorf("of the first edit it says %q", got)
	}
	f.answer(t, "Bring back")
	if got := n.edits.Now(); !n.editing || len(got) != len(first) || got[0] != first[0] || !n.edits.CanUndo() {
		t.Fatalf("got %d periods, editing %v, want those of the first edit", len(got), n.editing)
	}
	n.askSave()
	if got := f.win.Canvas().Focused().(*controls.Entry).Text; !strings.Contains(got, "as it was on") {
		t.Errorf("the reason is proposed as %q", got)
	}
	f.answer(t, "Save")
	states, err := f.wb.RestStates(t.Context(), n.recording.ID())
	if err != nil || len(states) != 3 || states[2].Act != rest.Edited || states[2].Periods[0] != first[0] {
		t.Errorf("got %d states, %v, want a third like the first", len(states), err)
	}
}
