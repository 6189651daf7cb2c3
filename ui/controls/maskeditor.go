package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/plots"
)

// Brush says what a drag over an actogram does.
type Brush string

// The brushes.
const (
	BrushSelect Brush = "Select" // only selects; the keyboard then draws or erases
	BrushDraw   Brush = "Draw"   // not worn
	BrushErase  Brush = "Erase"  // worn
)

// MaskEditor is an actogram on which a stretch of time is selected, by dragging or
// with the keyboard, and drawn as not worn or erased. It knows nothing of masks:
// it tells what was drawn, and shows what the chart then has.
type MaskEditor struct {
	widget.BaseWidget
	editorKeys
	Chart    *Actogram
	Brush    Brush
	OnPaint  func(from, to int, worn bool) // cells of the chart's matrix, from one to before another
	OnSelect func(text string)             // the selected time in words; "" for none

	anchor, lead int // the ends of the selection, both in it; -1 where there is none
	dragged      bool
	marks        []*canvas.Rectangle
}

// NewMaskEditor returns an editor over an actogram.
func NewMaskEditor(chart *Actogram) *MaskEditor {
	e := &MaskEditor{Chart: chart, Brush: BrushSelect, anchor: -1, lead: -1}
	e.ExtendBaseWidget(e)
	return e
}

// Drop forgets the selection, for another recording.
func (e *MaskEditor) Drop() { e.choose(-1, -1) }

// Selection returns the selected cells, from one to before another; none where
// both are 0.
func (e *MaskEditor) Selection() (from, to int) {
	if e.lead < 0 {
		return 0, 0
	}
	return min(e.anchor, e.lead), max(e.anchor, e.lead) + 1
}

func (e *MaskEditor) choose(anchor, lead int) {
	m := e.Chart.chart.Activity
	if lead >= 0 && m.To > m.From {
		anchor, lead = clamp(anchor, m), clamp(lead, m)
	} else {
		anchor, lead = -1, -1
	}
	e.anchor, e.lead = anchor, lead
	if lead >= 0 {
		e.Chart.reveal(lead)
	}
	e.Refresh()
	if e.OnSelect == nil {
		return
	}
	text := ""
	if from, to := e.Selection(); to > 0 {
		text = e.Chart.span(from, to)
	}
	e.OnSelect(text)
}

func clamp(cell int, m plots.DayMatrix) int { return max(m.From, min(m.To-1, cell)) }

// MouseDown begins a selection, or moves its end with shift.
func (e *MaskEditor) MouseDown(m *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Focus(e)
	}
	e.dragged = false
	cell, ok := e.Chart.cellAt(m.Position)
	switch {
	case !ok:
		e.choose(-1, -1)
	case m.Modifier&fyne.KeyModifierShift != 0 && e.lead >= 0:
		e.choose(e.anchor, cell)
	default:
		e.choose(cell, cell)
	}
}

// MouseUp is for Fyne.
func (e *MaskEditor) MouseUp(*desktop.MouseEvent) {}

// Dragged moves the end of the selection.
func (e *MaskEditor) Dragged(d *fyne.DragEvent) {
	if e.lead < 0 {
		return
	}
	e.dragged = true
	e.choose(e.anchor, e.Chart.cellNear(d.Position))
}

// DragEnd draws or erases what was dragged over, as the brush says.
func (e *MaskEditor) DragEnd() {
	if e.dragged && e.Brush != BrushSelect {
		e.paint(e.Brush == BrushErase)
	}
	e.dragged = false
}

func (e *MaskEditor) paint(worn bool) {
	if from, to := e.Selection(); to > from && e.OnPaint != nil {
		e.OnPaint(from, to, worn)
	}
}

// CreateRenderer is for Fyne.
func (e *MaskEditor) CreateRenderer() fyne.WidgetRenderer { return &maskEditorRenderer{e} }

type maskEditorRenderer struct{ e *MaskEditor }

func (r *maskEditorRenderer) Layout(size fyne.Size) {
	r.e.Chart.Resize(size)
	r.place()
}

// place lays the marks over what is selected.
func (r *maskEditorRenderer) place() {
	e := r.e
	var boxes []box
	if from, to := e.Selection(); to > from {
		boxes = e.Chart.boxes(from, to)
	}
	for len(e.marks) < len(boxes) {
		mark := canvas.NewRectangle(color.Transparent)
		mark.StrokeWidth = 2
		e.marks = append(e.marks, mark)
	}
	for i, mark := range e.marks {
		mark.Hidden = i >= len(boxes)
		if mark.Hidden {
			continue
		}
		mark.FillColor, mark.StrokeColor = theme.Color(theme.ColorNameSelection), theme.Color(theme.ColorNamePrimary)
		mark.Move(boxes[i].at)
		mark.Resize(boxes[i].size)
	}
}

func (r *maskEditorRenderer) MinSize() fyne.Size { return r.e.Chart.MinSize() }

func (r *maskEditorRenderer) Refresh() {
	r.place()
	for _, mark := range r.e.marks {
		mark.Refresh()
	}
	canvas.Refresh(r.e)
}

func (r *maskEditorRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.e.Chart}
	for _, mark := range r.e.marks {
		objects = append(objects, mark)
	}
	return objects
}

func (r *maskEditorRenderer) Destroy() {}
