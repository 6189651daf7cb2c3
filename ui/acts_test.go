package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"circascope/actigraphy/people"
	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/models"
	"circascope/ui/controls"
)

// pressConfirm presses Enter in the dialog on top and waits for what comes of it.
func pressConfirm(t *testing.T, f *fixture) {
	t.Helper()
	focused := f.win.Canvas().Focused()
	if focused == nil {
		t.Fatal("nothing in the dialog has the keyboard")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.settle()
}

func TestRename(t *testing.T) {
	f := withSample(t)
	f.askRename("21061")
	entry, ok := f.win.Canvas().Focused().(*controls.Entry)
	if !ok {
		t.Fatalf("%T has the keyboard, want the line for the name", f.win.Canvas().Focused())
	}
	entry.SetText("21275")
	pressConfirm(t, f)
	if got := f.dialogText(); !strings.Contains(got, "Are 21061 and 21275 one person?") {
		t.Errorf("a name that is taken gives %q, want a question", got)
	}
	f.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	f.settle()
	f.askRename("21061")
	f.win.Canvas().Focused().(*controls.Entry).SetText("Anna")
	pressConfirm(t, f)
	if got := f.study.subjects(idsOf(f.study.rows)); len(got) != 47 || got[len(got)-1] != "Anna" {
		t.Errorf("the participants are %v, want 47 with Anna", got)
	}
}

func TestDeleteAsksFirst(t *testing.T) {
	f := withSample(t)
	f.askDelete([]string{"21061", "21275"})
	if got := f.dialogText(); !strings.Contains(got, "Delete 2 participants?") {
		t.Fatalf("the dialog says %q, want a question", got)
	}
	if len(f.study.rows) != 47 {
		t.Fatal("something was deleted before the answer")
	}
	pressConfirm(t, f)
	if got := len(f.study.rows); got != 45 {
		t.Errorf("%d recordings, want 45", got)
	}
}

func TestSearchAndSort(t *testing.T) {
	f := withSample(t)
	p := f.pages[participantsPlace].(*participants)
	test.Type(p.find, "212")
	for _, r := range p.shown {
		if !strings.Contains(r.Subject, "212") {
			t.Errorf("the search for 212 shows %s", r.Subject)
		}
	}
	p.find.SetText("")
	p.table.OnSort(0, true)
	if first, last := p.shown[0].Subject, p.shown[46].Subject; people.CompareLabels(first, last) <= 0 {
		t.Errorf("sorted downwards the first is %s and the last %s", first, last)
	}
}

func TestErrorsHaveDetailsToCopy(t *testing.T) {
	f := newFixture(t)
	cause := errors.New("disk is full")
	f.fail("Exporting", fmt.Errorf("writing chart.png: %w", cause))
	if got := f.dialogText(); !strings.Contains(got, "Exporting failed") || !strings.Contains(got, "Writing chart.png: disk is full.") {
		t.Errorf("the dialog says %q, want what failed and why", got)
	}
	details := f.details("Exporting", fmt.Errorf("writing chart.png: %w", cause))
	for _, want := range []string{"disk is full", "Circascope test", "*errors.errorString"} {
		if !strings.Contains(details, want) {
			t.Errorf("the details lack %q:\n%s", want, details)
		}
	}
}

func TestRunForm(t *testing.T) {
	f := withSample(t)
	facts, err := readRunFacts(t.Context(), f.wb)
	if err != nil {
		t.Fatal(err)
	}
	form := newRunForm(f.Window, facts)
	form.models[models.Large].SetChecked(true)
	form.start.SetSelectedIndex(2)
	form.missing.SetSelected(fillWeeks)
	form.scaler.SetSelectedIndex(1)
	form.precision.SetSelectedIndex(1)
	o, err := form.options()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Models) != 2 || o.Models[1] != models.Large || !o.AllowDemo || o.Prepare.WeekStart != "monday" ||
		o.Prepare.Missing != prepare.FillByMinute || o.Scaler.Kind != app.ScalerRecording || o.Precision != app.Bfloat16 {
		t.Errorf("the form gives %+v", o)
	}
	line, err := form.command()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"pat run --model S,L", "--scaler recording", "--week-start monday", "--missing fill-mean", "--precision bfloat16", "--demo", "--all"} {
		if !strings.Contains(line, want) {
			t.Errorf("the command %q lacks %q", line, want)
		}
	}
	for _, size := range models.Sizes() {
		form.models[size].SetChecked(false)
	}
	if _, err := form.options(); err == nil {
		t.Error("a run without a model was taken")
	}
}

func TestJobsPageFollows(t *testing.T) {
	f := newFixture(t)
	f.openSample()
	f.settle()
	f.goTo(jobsPlace)
	if got := textOf(f.body); !strings.Contains(got, "Open the sample library") || !strings.Contains(got, "47 imported") {
		t.Errorf("the page shows %q, want the finished job with its result", got)
	}
	f.wb.Jobs().Clear()
	f.settle()
	if got := textOf(f.body); !strings.Contains(got, "Nothing runs") {
		t.Errorf("after clearing the page shows %q", got)
	}
}

func TestEscapeClearsMarksAndClosesDialogs(t *testing.T) {
	f := withSample(t)
	f.study.mark(idsOf(f.study.rows[:3]))
	f.typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(f.study.marked) != 0 {
		t.Error("Escape left the marks")
	}
	f.showSettings()
	f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got := f.dialogText(); got != "" {
		t.Errorf("Escape left the dialog %q", got)
	}
}

func TestEscapeClosesTheBrowserAndNotTheSheetUnderIt(t *testing.T) {
	f := newFixture(t)
	f.showImport(nil)
	f.browseFolder(f.dir, func(string) {})
	if got := len(f.win.Canvas().Overlays().List()); got != 2 {
		t.Fatalf("%d dialogs are open, want the import and the browser", got)
	}
	f.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got := f.dialogText(); !strings.Contains(got, "Import recordings") {
		t.Fatalf("after Escape the dialog says %q, want that of the import", got)
	}
	f.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got := f.dialogText(); got != "" {
		t.Errorf("the second Escape left the dialog %q", got)
	}
}
