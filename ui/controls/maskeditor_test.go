package controls

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// newTestEditor returns an editor over two days of hours, and where it tells what
// was painted.
func newTestEditor(t *testing.T, double bool) (*MaskEditor, *string) {
	t.Helper()
	test.NewTempApp(t)
	e := NewMaskEditor(NewActogram(false))
	w := test.NewTempWindow(t, e)
	w.Resize(fyne.NewSize(800, 500))
	chart := twoDays()
	chart.Double = double
	e.Chart.SetChart(chart)
	told := ""
	e.OnPaint = func(from, to int, worn bool) { told += fmt.Sprintf("%d-%d %v ", from, to, worn) }
	return e, &told
}

// at returns the middle of an hour of a row, of as many hours as a row has.
func at(e *MaskEditor, row, hour, hours int) fyne.Position {
	size := e.Chart.raster.Size()
	return e.Chart.raster.Position().AddXY(size.Width*(float32(hour)+0.5)/float32(hours), size.Height*(float32(row)+0.5)/2)
}

func drag(e *MaskEditor, from, to fyne.Position) {
	e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: from}})
	e.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}})
	e.DragEnd()
	e.MouseUp(nil)
}

func TestBrush(t *testing.T) {
	e, told := newTestEditor(t, false)
	text := ""
	e.OnSelect = func(s string) { text = s }
	drag(e, at(e, 0, 3, 24), at(e, 0, 5, 24))
	if *told != "" || text != "Mon  03:00 to 06:00, 3 h 00 min" {
		t.Errorf("selecting: got %q, %q", *told, text)
	}
	e.Brush = BrushDraw
	drag(e, at(e, 1, 2, 24), at(e, 0, 22, 24)) // backwards, over midnight
	if *told != "22-27 false " || text != "Mon  22:00 to Tue  03:00, 5 h 00 min" {
		t.Errorf("drawing: got %q, %q", *told, text)
	}
	*told = ""
	e.Brush = BrushErase
	drag(e, at(e, 1, 20, 24), fyne.NewPos(5000, 5000)) // out of the window
	if *told != "44-48 true " {
		t.Errorf("erasing to beyond the end: got %q", *told)
	}
	*told = ""
	drag(e, fyne.NewPos(2, 2), at(e, 0, 5, 24)) // from the names of the days
	if from, to := e.Selection(); *told != "" || to != 0 {
		t.Errorf("from outside: got %q, %d to %d", *told, from, to)
	}
	e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(e, 0, 7, 24)}})
	e.MouseUp(nil)
	if *told != "" {
		t.Errorf("a click: got %q, want nothing painted", *told)
	}
	e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(e, 0, 9, 24)}, Modifier: fyne.KeyModifierShift})
	if from, to := e.Selection(); from != 7 || to != 10 {
		t.Errorf("a click with shift: got %d to %d, want 7 to 10", from, to)
	}
}

func TestBrushOnADoublePlot(t *testing.T) {
	e, told := newTestEditor(t, true)
	e.Brush = BrushDraw
	drag(e, at(e, 0, 23, 48), at(e, 0, 26, 48))
	if *told != "23-27 false " {
		t.Errorf("got %q, want the end of a row to be the next day", *told)
	}
	if n := len(e.Chart.boxes(24, 27)); n != 2 {
		t.Errorf("the selection is shown %d times, want twice", n)
	}
}

func TestMaskKeys(t *testing.T) {
	e, told := newTestEditor(t, false)
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			e.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	shift := func(f func()) {
		e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		f()
		e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	want := func(what string, from, to int) {
		t.Helper()
		if a, b := e.Selection(); a != from || b != to {
			t.Errorf("%s: got %d to %d, want %d to %d", what, a, b, from, to)
		}
	}
	press(fyne.KeyRight)
	want("the first key", 0, 1)
	press(fyne.KeyRight, fyne.KeyDown)
	want("right and down", 25, 26)
	shift(func() { press(fyne.KeyRight, fyne.KeyRight) })
	want("extended", 25, 28)
	shift(func() { press(fyne.KeyUp) })
	want("to the day before", 3, 26)
	press(fyne.KeyReturn, fyne.KeyDelete, fyne.KeyBackspace)
	if *told != "3-26 false 3-26 true 3-26 true " {
		t.Errorf("got %q", *told)
	}
	press(fyne.KeyEnd)
	want("end of the day", 23, 24)
	press(fyne.KeyHome)
	want("beginning of the day", 0, 1)
	press(fyne.KeyUp)
	want("before the first", 0, 1)
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	want("a cell more", 0, 2)
	undone, redone := 0, 0
	e.OnUndo, e.OnRedo = func() { undone++ }, func() { redone++ }
	e.TypedShortcut(&fyne.ShortcutUndo{})
	e.TypedShortcut(&fyne.ShortcutRedo{})
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	if undone != 1 || redone != 2 {
		t.Errorf("got %d undone and %d redone, want 1 and 2", undone, redone)
	}
	press(fyne.KeyEscape)
	want("dropped", 0, 0)
}
