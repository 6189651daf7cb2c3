package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// tableHead is the row of column titles; a click on one sorts.
type tableHead struct {
	widget.BaseWidget
	table      *Table
	sorted     int
	descending bool
	titles     []*look.Text
	notes      []*look.Text // below the titles; empty texts where a column has none
	noted      bool         // there is room for notes
	column     int          // under the pointer, -1 for none
	ground     *canvas.Rectangle
	line       *canvas.Rectangle
}

func newTableHead(t *Table) *tableHead {
	h := &tableHead{
		table: t, sorted: -1, column: -1,
		ground: canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground)),
		line:   canvas.NewRectangle(theme.Color(theme.ColorNameSeparator)),
	}
	for _, c := range t.columns {
		title := look.NewShortText(c.Title, look.Strong).Align(c.Align)
		h.titles = append(h.titles, title)
		h.notes = append(h.notes, look.NewShortText(c.Note, look.Caption).Align(c.Align))
		h.noted = h.noted || c.Note != ""
	}
	h.ExtendBaseWidget(h)
	return h
}

func (h *tableHead) setSorted(column int, descending bool) {
	h.sorted, h.descending = column, descending
	for i, title := range h.titles {
		title.SetText(h.table.columns[i].Title + h.arrow(i))
	}
}

func (h *tableHead) arrow(column int) string {
	switch {
	case column != h.sorted:
		return ""
	case h.descending:
		return " ↓"
	default:
		return " ↑"
	}
}

// Tapped sorts by the column that was hit, the other way round the second time.
func (h *tableHead) Tapped(e *fyne.PointEvent) {
	if h.table.OnSort == nil {
		return
	}
	if i := h.table.columnAt(e.Position.X, h.Size().Width); i >= 0 {
		descending := h.sorted == i && !h.descending
		h.setSorted(i, descending)
		h.table.OnSort(i, descending)
	}
}

// MouseIn tells of the column under the pointer.
func (h *tableHead) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved tells of the column under the pointer.
func (h *tableHead) MouseMoved(e *desktop.MouseEvent) {
	if column := h.table.columnAt(e.Position.X, h.Size().Width); column != h.column {
		h.column = column
		h.table.pointed(-1, column)
	}
}

// MouseOut forgets it.
func (h *tableHead) MouseOut() {
	h.column = -1
	h.table.pointed(-1, -1)
}

// CreateRenderer is for Fyne.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer { return &tableHeadRenderer{h} }

type tableHeadRenderer struct{ head *tableHead }

func (r *tableHeadRenderer) Layout(size fyne.Size) {
	r.head.ground.Resize(size)
	r.head.line.Move(fyne.NewPos(0, size.Height-1))
	r.head.line.Resize(fyne.NewSize(size.Width, 1))
	for i, s := range spans(r.head.table.columns, size.Width) {
		title, note := r.head.titles[i], r.head.notes[i]
		width, height, below := max(0, s.width-2*cellPad), title.MinSize().Height, note.MinSize().Height
		top := (size.Height - height) / 2
		if r.head.noted {
			top = (size.Height - height - below) / 2
		}
		title.Move(fyne.NewPos(s.x+cellPad, top))
		title.Resize(fyne.NewSize(width, height))
		note.Move(fyne.NewPos(s.x+cellPad, top+height))
		note.Resize(fyne.NewSize(width, below))
	}
}

// noteRoom is by how much notes make a head higher.
const noteRoom = 12

func (r *tableHeadRenderer) MinSize() fyne.Size {
	if r.head.noted {
		return fyne.NewSize(0, rowHeight+2+noteRoom)
	}
	return fyne.NewSize(0, rowHeight+2)
}

func (r *tableHeadRenderer) Refresh() {
	r.head.ground.FillColor = theme.Color(theme.ColorNameHeaderBackground)
	r.head.line.FillColor = theme.Color(theme.ColorNameSeparator)
	r.head.ground.Refresh()
	r.head.line.Refresh()
	for i, t := range r.head.titles {
		t.Refresh()
		r.head.notes[i].Refresh()
	}
}

func (r *tableHeadRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.head.ground, r.head.line}
	for i, t := range r.head.titles {
		objects = append(objects, t)
		if r.head.noted {
			objects = append(objects, r.head.notes[i])
		}
	}
	return objects
}

func (r *tableHeadRenderer) Destroy() {}
