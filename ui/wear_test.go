package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"circascope/actigraphy/wear"
	"circascope/ui/controls"
)

// withActogram opens the sample library on the page of the actogram.
func withActogram(t *testing.T) (*fixture, *activity) {
	t.Helper()
	f := withSample(t)
	f.goTo(activityPlace)
	f.settle()
	return f, f.pages[activityPlace].(*activity)
}

// layers returns what the library holds for the recording on the page.
func (f *fixture) layers(t *testing.T, id string) []wear.Layer {
	t.Helper()
	lib, err := f.wb.Library()
	if err != nil {
		t.Fatal(err)
	}
	list, err := lib.Layers(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func press(e *controls.MaskEditor, keys ...fyne.KeyName) {
	for _, k := range keys {
		e.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// TestDrawingAMask draws two stretches by the keyboard, erases, undoes and redoes,
// and wants each act in the library and the reason asked once.
func TestDrawingAMask(t *testing.T) {
	f, p := withActogram(t)
	id, e := p.showing, p.wear.editor
	press(e, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn) // the first minute, then ten minutes on
	if got := f.dialogText(); !strings.Contains(got, "Why is the mask changed?") {
		t.Fatalf("the dialog says %q, want the reason asked", got)
	}
	entry := f.win.Canvas().Focused().(*controls.Entry)
	pressConfirm(t, f)
	if got := f.dialogText(); !strings.Contains(got, "A few words") || len(f.layers(t, id)) != 0 {
		t.Fatalf("without a reason: got %q and %v, want nothing drawn", got, f.layers(t, id))
	}
	entry.SetText("shower")
	pressConfirm(t, f)
	want := func(what string, list string) {
		t.Helper()
		f.settle()
		layers := f.layers(t, id)
		if len(layers) != 1 {
			t.Fatalf("%s: got %d layers, want one", what, len(layers))
		}
		if got := intervalWords(layers[0].Intervals); got != list || layers[0].Reason != "shower" {
			t.Errorf("%s: got %s because of %q, want %s", what, got, layers[0].Reason, list)
		}
		if got := intervalWords(p.wear.edits.Now()); got != list {
			t.Errorf("%s: the window has %s, want %s", what, got, list)
		}
	}
	want("drawn", "10-11")
	e.KeyDown(&fyne.KeyEvent{Name: "LeftShift"})
	press(e, fyne.KeyDown)
	e.KeyUp(&fyne.KeyEvent{Name: "LeftShift"})
	press(e, fyne.KeyReturn)
	want("a day more", "10-1451")
	press(e, fyne.KeyLeft, fyne.KeyDelete)
	want("erased", "10-1440 1440-1441 worn 1441-1451")
	if f.dialogText() != "" {
		t.Error("the reason was asked again")
	}
	e.TypedShortcut(&fyne.ShortcutUndo{})
	want("undone", "10-1451")
	test.Tap(p.wear.undo)
	want("undone again", "10-11")
	test.Tap(p.wear.redo)
	want("redone", "10-1451")
	press(e, fyne.KeyEscape)
	if from, to := e.Selection(); from != 0 || to != 0 {
		t.Errorf("after Escape %d to %d is selected", from, to)
	}
	if got, want := p.wear.summary.Text, "Worn 5 d 23 h 59 min; 6 of 7 days valid"; got != want {
		t.Errorf("the panel says %q, want %q", got, want)
	}
	history, err := f.wb.WearHistory(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var acts []string
	for _, l := range history {
		acts = append(acts, string(l.Act))
	}
	if want := []string{"drawn", "drawn", "erased", "undone", "undone", "redone"}; !slices.Equal(acts, want) {
		t.Errorf("the history is %v, want %v", acts, want)
	}
}

func intervalWords(list []wear.Interval) string {
	var words []string
	for _, i := range list {
		word := strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(string(must(i.MarshalJSON())), ",", "-"), "["), "]")
		words = append(words, strings.Replace(word, "-\"worn\"", " worn", 1))
	}
	return strings.Join(words, " ")
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestDetectFromTheWindow(t *testing.T) {
	f, p := withActogram(t)
	p.wear.askDetect()
	if got := f.dialogText(); !strings.Contains(got, "Detect non-wear") || !strings.Contains(got, "10.1249/MSS.0b013e3181ed61a3") {
		t.Fatalf("the dialog says %q, want the algorithm with its reference", got)
	}
	pressConfirm(t, f)
	layers := f.layers(t, p.showing)
	if len(layers) != 1 || layers[0].Title() != "Choi 2011 (period=90 spike=2 window=30)" || !layers[0].On {
		t.Fatalf("got %+v, want Choi's layer", layers)
	}
	chart, _ := p.figure()
	if len(chart.Masks) != 1 || chart.Masks[0].Name != layers[0].Title() {
		t.Errorf("the actogram has %d masks, want the layer's", len(chart.Masks))
	}
	p.wear.switchLayer(layers[0], false)
	f.settle()
	if chart, _ := p.figure(); len(chart.Masks) != 0 || p.wear.summary.Text != "Not judged: no layer is on." {
		t.Errorf("switched off: %d masks, %q", len(chart.Masks), p.wear.summary.Text)
	}
	p.wear.askRemove(layers[0])
	pressConfirm(t, f)
	if got := f.layers(t, p.showing); len(got) != 0 {
		t.Errorf("taken off: got %+v", got)
	}
	p.wear.showHistory()
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "History of the masks") {
		t.Errorf("the history says %q", got)
	}
}

func TestChoosingTheValidDay(t *testing.T) {
	f, p := withActogram(t)
	if p.wear.rule.Selected != "10 h" {
		t.Errorf("got %q, want ten hours at first", p.wear.rule.Selected)
	}
	p.wear.rule.SetSelected("16 h")
	f.settle()
	if rule, err := f.wb.ValidDay(t.Context()); err != nil || rule.Hours != 16 || p.wear.rule.Selected != "16 h" {
		t.Errorf("got %v, %v, shown as %q", rule, err, p.wear.rule.Selected)
	}
	p.wear.rule.SetSelected(everyDay)
	f.settle()
	if rule, err := f.wb.ValidDay(t.Context()); err != nil || rule.Hours != 0 {
		t.Errorf("got %v, %v, want every day", rule, err)
	}
}

func TestDetectFormCommand(t *testing.T) {
	_, p := withActogram(t)
	f := newDetectForm(p.wear)
	f.method.SetSelectedIndex(1)
	f.entries["period"].SetText("45")
	f.which.Set(allRecordings)
	o, err := f.options()
	if err != nil {
		t.Fatal(err)
	}
	line := f.command(o)
	for _, want := range []string{"pat wear detect --method troiano --db ", "--set period=45", "--set stop=100", "--reason 'found by the algorithm'", " --all"} {
		if !strings.Contains(line, want) {
			t.Errorf("got %s, want %s in it", line, want)
		}
	}
	f.entries["period"].SetText("many")
	if _, err := f.options(); err == nil || !strings.Contains(err.Error(), "no number") {
		t.Errorf("got %v, want a refusal", err)
	}
	f.entries["period"].SetText("0")
	if _, err := f.options(); err == nil {
		t.Error("a period of nothing was taken")
	}
}
