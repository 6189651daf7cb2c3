package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	ground     *canvas.Rectangle
	line       *canvas.Rectangle
}

func newTableHead(t *Table) *tableHead {
	h := &tableHead{
		table: t, sorted: -1,
		ground: canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground)),
		line:   canvas.NewRectangle(theme.Color(theme.ColorNameSeparator)),
	}
	for _, c := range t.columns {
		title := look.NewShortText(c.Title, look.Strong).Align(c.Align)
		h.titles = append(h.titles, title)
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
	for i, s := range spans(h.table.columns, h.Size().Width) {
		if e.Position.X >= s.x && e.Position.X < s.x+s.width {
			descending := h.sorted == i && !h.descending
			h.setSorted(i, descending)
			h.table.OnSort(i, descending)
			return
		}
	}
}

// CreateRenderer is for Fyne.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer { return &tableHeadRenderer{h} }

type tableHeadRenderer struct{ head *tableHead }

func (r *tableHeadRenderer) Layout(size fyne.Size) {
	r.head.ground.Resize(size)
	r.head.line.Move(fyne.NewPos(0, size.Height-1))
	r.head.line.Resize(fyne.NewSize(size.Width, 1))
	for i, s := range spans(r.head.table.columns, size.Width) {
		title := r.head.titles[i]
		height := title.MinSize().Height
		title.Move(fyne.NewPos(s.x+cellPad, (size.Height-height)/2))
		title.Resize(fyne.NewSize(max(0, s.width-2*cellPad), height))
	}
}

func (r *tableHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight+2) }

func (r *tableHeadRenderer) Refresh() {
	r.head.ground.FillColor = theme.Color(theme.ColorNameHeaderBackground)
	r.head.line.FillColor = theme.Color(theme.ColorNameSeparator)
	r.head.ground.Refresh()
	r.head.line.Refresh()
	for _, t := range r.head.titles {
		t.Refresh()
	}
}

func (r *tableHeadRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.head.ground, r.head.line}
	for _, t := range r.head.titles {
		objects = append(objects, t)
	}
	return objects
}

func (r *tableHeadRenderer) Destroy() {}
