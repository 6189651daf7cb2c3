package controls

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// newRest returns an editor over two days of hours with a night over midnight and a nap
// after it, and what it tells.
func newRest(t *testing.T, double bool) (*RestEditor, *string) {
	t.Helper()
	test.NewTempApp(t)
	e := NewRestEditor(NewActogram(false))
	w := test.NewTempWindow(t, e)
	w.Resize(fyne.NewSize(800, 500))
	chart := twoDays()
	chart.Double = double
	e.Chart.SetChart(chart)
	told := new(string)
	tell := func(format string, a ...any) { *told += fmt.Sprintf(format, a...) + " " }
	view := RestView{Spans: [][2]int{{22, 30}, {37, 39}}, Chosen: 0}
	e.OnChoose = func(period int, part RestPart) {
		tell("choose %d.%d", period, part)
		view.Chosen = period
		if part != RestWhole {
			view.Edge = part
		}
		e.ShowPeriods(view)
	}
	e.OnDrag = func(b int) { tell("edge %d", b) }
	e.OnMove = func(b int) { tell("move %d", b) }
	e.OnDraw = func(a, l int) { tell("draw %d-%d", a, l) }
	e.OnDrop = func() { tell("drop") }
	e.OnStep = func(by int, s RestStep) { tell("step %d %+v", by, s) }
	e.OnNext = func(by int) { tell("next %d", by) }
	e.ShowPeriods(view)
	e.SetEditing(true)
	return e, told
}

// edgeAt returns the place where an hour of a row of 24 begins.
func edgeAt(e *RestEditor, row, hour int) fyne.Position {
	size := e.Chart.raster.Size()
	return e.Chart.raster.Position().AddXY(size.Width*float32(hour)/24, size.Height*(float32(row)+0.5)/2)
}

func dragRest(e *RestEditor, from fyne.Position, to ...fyne.Position) {
	e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: from}})
	for _, at := range to {
		e.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}})
	}
	e.DragEnd()
	e.MouseUp(nil)
}

func TestRestIsTakenHoldOf(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to [2]int // row and hour
		nudge    float32
		want     string
	}{
		{"the end of the night", [2]int{1, 6}, [2]int{1, 8}, 0, "choose 0.1 edge 32 drop "},
		{"its begin, a little beside it", [2]int{0, 22}, [2]int{0, 20}, -5, "choose 0.0 edge 20 drop "},
		{"its middle", [2]int{1, 3}, [2]int{1, 5}, 0, "choose 0.2 move 24 drop "},
		{"the nap's begin", [2]int{1, 13}, [2]int{1, 12}, 3, "choose 1.0 edge 36 drop "},
		{"a free stretch", [2]int{1, 8}, [2]int{1, 11}, 1, "draw 32-35 drop "},
		{"a free stretch, backwards", [2]int{0, 12}, [2]int{0, 10}, 1, "draw 12-10 drop "},
		{"beyond the last hour", [2]int{1, 16}, [2]int{1, 40}, 1, "draw 40-47 drop "},
		{"a click", [2]int{1, 10}, [2]int{1, 10}, 0, ""},
		{"outside", [2]int{0, -2}, [2]int{1, 5}, 0, ""},
	} {
		e, told := newRest(t, false)
		dragRest(e, edgeAt(e, tt.from[0], tt.from[1]).AddXY(tt.nudge, 0), edgeAt(e, tt.to[0], tt.to[1]).AddXY(tt.nudge, 0))
		if *told != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, *told, tt.want)
		}
	}
}

func TestRestIsOnlyChosenWhileNothingIsEdited(t *testing.T) {
	e, told := newRest(t, false)
	e.SetEditing(false)
	dragRest(e, edgeAt(e, 1, 6), edgeAt(e, 1, 8))
	dragRest(e, edgeAt(e, 1, 9), edgeAt(e, 1, 12))
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if want := "choose 0.1 next 1 "; *told != want || e.Cursor() != desktop.DefaultCursor {
		t.Errorf("got %q, want %q", *told, want)
	}
	for _, h := range e.ground.handles.list {
		if h.Visible() {
			t.Error("a handle is shown")
		}
	}
}

func TestTheCursorSaysWhatADragDoes(t *testing.T) {
	e, _ := newRest(t, false)
	for _, tt := range []struct {
		at   fyne.Position
		want desktop.Cursor
	}{{edgeAt(e, 0, 22), desktop.HResizeCursor}, {edgeAt(e, 1, 3), desktop.PointerCursor}, {edgeAt(e, 1, 10), desktop.CrosshairCursor}} {
		e.Chart.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: tt.at}})
		if got := e.Cursor(); got != tt.want {
			t.Errorf("at %v: got %v, want %v", tt.at, got, tt.want)
		}
	}
}

func TestRestKeys(t *testing.T) {
	e, told := newRest(t, false)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierControl})
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	want := "step -1 {Quarter:false Whole:false} step 1 {Quarter:true Whole:false} step 1 {Quarter:false Whole:true} step -1 {Quarter:true Whole:true} choose 0.1 next -1 "
	if *told != want {
		t.Errorf("got %q, want %q", *told, want)
	}
}

// TestHandlesAreWhereTheEdgesAre counts the handles, which a double plot shows twice.
func TestHandlesAreWhereTheEdgesAre(t *testing.T) {
	for _, double := range []bool{false, true} {
		e, _ := newRest(t, double)
		shown := func(list []*canvas.Rectangle) (n int) {
			for _, r := range list {
				if r.Visible() {
					n++
				}
			}
			return n
		}
		want := map[bool]int{false: 2, true: 3}[double] // the begin, on the first day, has no row before its own
		if got := shown(e.ground.handles.list); got != want {
			t.Errorf("double %v: got %d handles, want %d", double, got, want)
		}
		if h := e.ground.handles.list[0]; !double && h.Position().X+handleWidth/2 != edgeAt(e, 0, 22).X {
			t.Errorf("the first handle is at %v, want it at 22:00", h.Position())
		}
	}
}
