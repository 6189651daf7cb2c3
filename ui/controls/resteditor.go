package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// RestPart is what of a rest period is taken hold of.
type RestPart int

// The parts.
const (
	RestBegin RestPart = iota
	RestEnd
	RestWhole
)

// RestView is what a RestEditor shows.
type RestView struct {
	Spans  [][2]int // the periods, in cells of the chart: from one to before another
	Chosen int      // -1 for none
	Edge   RestPart // of the chosen one: RestBegin or RestEnd
	Words  []string // beside that edge, a line each
}

// RestEditor is an actogram on which rest periods are chosen and, while it edits, drawn,
// moved, and given other edges, with the pointer or the keyboard. It knows nothing of
// what may lie where: it tells what is asked for, and shows what it is given then.
type RestEditor struct {
	widget.BaseWidget
	editorKeys
	Chart *Actogram

	OnChoose func(period int, part RestPart)
	OnDrag   func(boundary int)          // the chosen edge goes to the begin of a cell, which may be the one after the last
	OnMove   func(boundary int)          // the chosen period begins at the begin of a cell
	OnDraw   func(anchor, lead int)      // a new period reaches from one cell to another, either way and both in it
	OnDrop   func()                      // the button was let go after one of these three
	OnStep   func(by int, step RestStep) // the chosen edge goes by one step, -1 or 1
	OnNext   func(by int)                // the period before or after
	OnKey    func(key fyne.KeyName) bool // other keys; false for one that is not used

	editing bool
	view    RestView
	drag    restDrag
	pointed RestPart // under the pointer
	over    bool     // a period is
	ground  *restGround
}

// restDrag is what the pointer does since its button went down.
type restDrag struct {
	doing func(at fyne.Position) // nil where nothing can be dragged
	from  fyne.Position
	begun bool // the pointer went far enough for it to be no click
}

// dragLeast is how far the pointer goes before a click is a drag.
const dragLeast float32 = 4

// NewRestEditor returns an editor over an actogram, which lets nothing be changed.
func NewRestEditor(chart *Actogram) *RestEditor {
	e := &RestEditor{Chart: chart, view: RestView{Chosen: -1}, ground: newRestGround()}
	e.ExtendBaseWidget(e)
	return e
}

// SetEditing says whether periods can be changed, or only chosen.
func (e *RestEditor) SetEditing(on bool) {
	e.editing, e.drag = on, restDrag{}
	e.Chart.OnPoint = nil
	if on {
		e.Chart.OnPoint = e.point
	}
	e.Refresh()
}

// ShowPeriods shows periods.
func (e *RestEditor) ShowPeriods(v RestView) {
	e.view = v
	e.Refresh()
}

// Reveal scrolls to the chosen edge.
func (e *RestEditor) Reveal() {
	if e.view.Chosen < 0 || e.view.Chosen >= len(e.view.Spans) {
		return
	}
	span := e.view.Spans[e.view.Chosen]
	cell := span[0]
	if e.view.Edge == RestEnd {
		cell = max(0, span[1]-1)
	}
	e.Chart.reveal(cell)
	e.Refresh()
}

// edgeReach is how far from an edge the pointer still takes hold of it.
const edgeReach float32 = 7

// holdAt returns the period under a position, and what of it is there.
func (e *RestEditor) holdAt(at fyne.Position) (period int, part RestPart, ok bool) {
	if i := e.view.Chosen; i >= 0 && i < len(e.view.Spans) { // before its neighbours, which may touch it
		if part, ok := e.holds(e.view.Spans[i], at); ok {
			return i, part, true
		}
	}
	for i, span := range e.view.Spans {
		if part, ok := e.holds(span, at); ok {
			return i, part, true
		}
	}
	return 0, RestWhole, false
}

func (e *RestEditor) holds(span [2]int, at fyne.Position) (RestPart, bool) {
	for _, b := range e.Chart.boxes(span[0], span[1]) {
		left, right := b.at.X, b.at.X+b.size.Width
		if at.Y < b.at.Y || at.Y >= b.at.Y+b.size.Height || at.X < left-edgeReach || at.X > right+edgeReach {
			continue
		}
		toLeft, toRight := max(left-at.X, at.X-left), max(right-at.X, at.X-right)
		switch {
		case b.begins && toLeft <= edgeReach && (!b.ends || toLeft <= toRight):
			return RestBegin, true
		case b.ends && toRight <= edgeReach:
			return RestEnd, true
		case at.X >= left && at.X < right:
			return RestWhole, true
		}
	}
	return RestWhole, false
}

// point follows the pointer, for its shape.
func (e *RestEditor) point(at fyne.Position) { _, e.pointed, e.over = e.holdAt(at) }

// Cursor shows what a drag would do.
func (e *RestEditor) Cursor() desktop.Cursor {
	switch {
	case !e.editing:
		return desktop.DefaultCursor
	case !e.over:
		return desktop.CrosshairCursor
	case e.pointed == RestWhole:
		return desktop.PointerCursor
	}
	return desktop.HResizeCursor
}

// MouseDown takes hold of the period under the pointer, or begins to draw one.
func (e *RestEditor) MouseDown(m *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Focus(e)
	}
	e.drag = restDrag{from: m.Position}
	cell, ok := e.Chart.cellAt(m.Position)
	period, part, held := e.holdAt(m.Position)
	switch {
	case held:
		if e.OnChoose != nil {
			e.OnChoose(period, part)
		}
		e.drag.doing = e.holding(period, part, cell)
	case ok:
		e.drag.doing = func(at fyne.Position) { e.draw(cell, at) }
	}
}

func (e *RestEditor) holding(period int, part RestPart, cell int) func(fyne.Position) {
	if part != RestWhole {
		return func(at fyne.Position) {
			if e.OnDrag != nil {
				e.OnDrag(e.Chart.boundaryNear(at))
			}
		}
	}
	offset := cell - e.view.Spans[period][0]
	return func(at fyne.Position) {
		if e.OnMove != nil {
			e.OnMove(e.Chart.cellNear(at) - offset)
		}
	}
}

func (e *RestEditor) draw(anchor int, at fyne.Position) {
	if e.OnDraw != nil {
		e.OnDraw(anchor, clamp(e.Chart.cellNear(at), e.Chart.chart.Activity))
	}
}

// MouseUp is for Fyne.
func (e *RestEditor) MouseUp(*desktop.MouseEvent) {}

// Dragged goes on with what MouseDown began.
func (e *RestEditor) Dragged(d *fyne.DragEvent) {
	if !e.editing || e.drag.doing == nil {
		return
	}
	went := d.Position.Subtract(e.drag.from)
	if e.drag.begun = e.drag.begun || max(went.X, -went.X, went.Y, -went.Y) >= dragLeast; e.drag.begun {
		e.drag.doing(d.Position)
	}
}

// DragEnd ends the drag.
func (e *RestEditor) DragEnd() {
	if e.drag.begun {
		call(e.OnDrop)
	}
	e.drag = restDrag{}
}

// CreateRenderer is for Fyne.
func (e *RestEditor) CreateRenderer() fyne.WidgetRenderer { return &restEditorRenderer{e} }

type restEditorRenderer struct{ e *RestEditor }

func (r *restEditorRenderer) Layout(size fyne.Size) {
	r.e.Chart.Resize(size)
	r.e.ground.place(r.e)
}

func (r *restEditorRenderer) MinSize() fyne.Size { return r.e.Chart.MinSize() }

func (r *restEditorRenderer) Refresh() {
	r.e.ground.place(r.e)
	canvas.Refresh(r.e)
}

func (r *restEditorRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.e.Chart}, r.e.ground.objects()...)
}

func (r *restEditorRenderer) Destroy() {}
