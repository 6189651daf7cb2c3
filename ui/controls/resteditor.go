package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// RestStep is what a key asks of the chosen edge of a rest period.
type RestStep int

// The steps: one epoch, and a quarter of an hour.
const (
	EpochStep RestStep = iota
	QuarterStep
)

// RestEditor is an actogram on which rest periods are chosen, and their edges dragged
// or moved with the keyboard. It knows nothing of what may lie where: it tells what is
// asked for, and shows the periods that it is given then.
type RestEditor struct {
	widget.BaseWidget
	editorKeys
	Chart *Actogram

	OnChoose func(period, edge int)           // edge 0 is the begin, 1 the end
	OnDrag   func(cell int)                   // the chosen edge goes to the begin of a cell
	OnDrop   func()                           // the drag is over
	OnStep   func(by int, size RestStep)      // the chosen edge goes by one step, -1 or 1
	OnNext   func(by int)                     // the period before or after
	OnKey    func(key fyne.KeyName) (ok bool) // other keys

	spans        [][2]int // cells, from one to before another
	chosen, edge int
	words        string // beside the chosen edge
	drags        bool
	boxes        []*canvas.Rectangle
	line         *canvas.Rectangle
	label        *look.Text
	plate        *canvas.Rectangle
}

// NewRestEditor returns an editor over an actogram.
func NewRestEditor(chart *Actogram) *RestEditor {
	e := &RestEditor{Chart: chart, chosen: -1, line: canvas.NewRectangle(color.Transparent), label: look.NewText("", look.Strong), plate: canvas.NewRectangle(color.Transparent)}
	e.plate.CornerRadius = 3
	e.plate.StrokeWidth = 1
	e.ExtendBaseWidget(e)
	return e
}

// SetPeriods shows periods as stretches of cells, one of them chosen (-1 for none) with an
// edge, and words beside that.
func (e *RestEditor) SetPeriods(spans [][2]int, chosen, edge int, words string) {
	e.spans, e.chosen, e.edge, e.words = spans, chosen, edge, words
	e.Refresh()
}

// Reveal scrolls to the chosen edge.
func (e *RestEditor) Reveal() {
	if e.chosen >= 0 && e.chosen < len(e.spans) {
		e.Chart.reveal(max(0, e.spans[e.chosen][e.edge]-e.edge))
		e.Refresh()
	}
}

// MouseDown chooses the period under the pointer, and its nearer edge.
func (e *RestEditor) MouseDown(m *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Focus(e)
	}
	e.drags = false
	cell, ok := e.Chart.cellAt(m.Position)
	if !ok {
		return
	}
	slack := max(1, e.Chart.chart.Activity.Columns/96) // a quarter of an hour
	for i, s := range e.spans {
		if cell < s[0]-slack || cell >= s[1]+slack {
			continue
		}
		edge := 0
		if cell-s[0] > s[1]-cell {
			edge = 1
		}
		e.drags = true
		if e.OnChoose != nil {
			e.OnChoose(i, edge)
		}
		return
	}
}

// MouseUp is for Fyne.
func (e *RestEditor) MouseUp(*desktop.MouseEvent) {}

// Dragged moves the chosen edge.
func (e *RestEditor) Dragged(d *fyne.DragEvent) {
	if e.drags && e.OnDrag != nil {
		e.OnDrag(e.Chart.cellNear(d.Position))
	}
}

// DragEnd ends the drag.
func (e *RestEditor) DragEnd() {
	if e.drags {
		call(e.OnDrop)
	}
	e.drags = false
}

// TypedKey moves the chosen edge, or chooses another.
func (e *RestEditor) TypedKey(key *fyne.KeyEvent) {
	size := EpochStep
	if e.shift {
		size = QuarterStep
	}
	switch key.Name {
	case fyne.KeyLeft:
		e.step(-1, size)
	case fyne.KeyRight:
		e.step(1, size)
	case fyne.KeyUp, fyne.KeyDown:
		by := 1
		if key.Name == fyne.KeyUp {
			by = -1
		}
		if e.OnNext != nil {
			e.OnNext(by)
		}
	case fyne.KeyHome, fyne.KeyEnd:
		edge := 0
		if key.Name == fyne.KeyEnd {
			edge = 1
		}
		if e.chosen >= 0 && e.OnChoose != nil {
			e.OnChoose(e.chosen, edge)
		}
	default:
		if e.OnKey == nil || !e.OnKey(key.Name) {
			passOn(e, key)
		}
	}
}

func (e *RestEditor) step(by int, size RestStep) {
	if e.chosen >= 0 && e.OnStep != nil {
		e.OnStep(by, size)
	}
}

// TypedShortcut undoes and redoes, and passes the rest to the window.
func (e *RestEditor) TypedShortcut(s fyne.Shortcut) {
	if !e.undone(s) {
		toWindow(e, s)
	}
}

// CreateRenderer is for Fyne.
func (e *RestEditor) CreateRenderer() fyne.WidgetRenderer { return &restEditorRenderer{e} }

type restEditorRenderer struct{ e *RestEditor }

func (r *restEditorRenderer) Layout(size fyne.Size) {
	r.e.Chart.Resize(size)
	r.place()
}

// place lays a frame over each period, a thick line over the chosen edge, and the
// words beside it.
func (r *restEditorRenderer) place() {
	e, used := r.e, 0
	e.line.Hide()
	e.label.Hide()
	e.plate.Hide()
	for i, s := range e.spans {
		boxes := e.Chart.boxes(s[0], s[1])
		for k, b := range boxes {
			frame := e.frame(used)
			used++
			frame.FillColor, frame.StrokeColor, frame.StrokeWidth = color.Transparent, theme.Color(theme.ColorNameForeground), 1
			if i == e.chosen {
				frame.FillColor, frame.StrokeColor, frame.StrokeWidth = theme.Color(theme.ColorNameSelection), theme.Color(theme.ColorNamePrimary), 2
			}
			frame.Move(b.at)
			frame.Resize(b.size)
			if i == e.chosen && (e.edge == 0 && k == 0 || e.edge == 1 && k == len(boxes)-1) {
				r.placeEdge(b)
			}
		}
	}
	for _, frame := range e.boxes[used:] {
		frame.Hide()
	}
}

func (e *RestEditor) frame(i int) *canvas.Rectangle {
	if i == len(e.boxes) {
		e.boxes = append(e.boxes, canvas.NewRectangle(color.Transparent))
	}
	e.boxes[i].Show()
	return e.boxes[i]
}

// edgeWidth is that of the line over the chosen edge.
const edgeWidth = 4

func (r *restEditorRenderer) placeEdge(b box) {
	e := r.e
	x := b.at.X
	if e.edge == 1 {
		x += b.size.Width
	}
	e.line.FillColor = theme.Color(theme.ColorNamePrimary)
	e.line.Move(fyne.NewPos(x-edgeWidth/2, b.at.Y-2))
	e.line.Resize(fyne.NewSize(edgeWidth, b.size.Height+4))
	e.line.Show()
	if e.words == "" {
		return
	}
	e.label.SetText(e.words)
	size := e.label.MinSize()
	at := fyne.NewPos(max(0, min(x+8, e.Size().Width-size.Width-8)), b.at.Y-size.Height-6)
	if at.Y < 0 {
		at.Y = b.at.Y + b.size.Height + 4
	}
	e.plate.FillColor, e.plate.StrokeColor = theme.Color(theme.ColorNameOverlayBackground), theme.Color(theme.ColorNamePrimary)
	e.plate.Move(at.SubtractXY(4, 1))
	e.plate.Resize(size.AddWidthHeight(8, 2))
	e.label.Move(at)
	e.label.Resize(size)
	e.plate.Show()
	e.label.Show()
}

func (r *restEditorRenderer) MinSize() fyne.Size { return r.e.Chart.MinSize() }

func (r *restEditorRenderer) Refresh() {
	r.place()
	canvas.Refresh(r.e)
}

func (r *restEditorRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.e.Chart}
	for _, frame := range r.e.boxes {
		objects = append(objects, frame)
	}
	return append(objects, r.e.line, r.e.plate, r.e.label)
}

func (r *restEditorRenderer) Destroy() {}
