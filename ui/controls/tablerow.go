package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// tableRow is one visible row. It is used again for other rows while scrolling.
type tableRow struct {
	widget.BaseWidget
	table   *Table
	row     int
	hovered bool
	column  int // under the pointer, -1 for none
	cells   []*look.Text
	spreads []*Spread // of the columns that have them, nil elsewhere
	wide    int       // the column whose text runs on over those to the right; -1 for none
	ground  *canvas.Rectangle
}

func newTableRow(t *Table) *tableRow {
	r := &tableRow{table: t, row: -1, wide: -1, column: -1, ground: canvas.NewRectangle(theme.Color(theme.ColorNameBackground))}
	for _, c := range t.columns {
		role := look.Body
		if c.Mono {
			role = look.Mono
		}
		r.cells = append(r.cells, look.NewShortText("", role).Align(c.Align))
		var spread *Spread
		if c.Spread {
			spread = NewSpread()
		}
		r.spreads = append(r.spreads, spread)
	}
	r.ExtendBaseWidget(r)
	return r
}

// show puts a row's content into the cells; what stands there already is left.
func (r *tableRow) show(row int) {
	r.row = row
	wide := -1
	for i, text := range r.cells {
		c := r.table.Cell(row, i)
		if c.Role == look.Body && r.table.columns[i].Mono {
			c.Role = look.Mono
		}
		text.SetRole(c.Role)
		text.SetText(c.Text)
		if r.spreads[i] != nil {
			r.spreads[i].Set(c.Spread)
		}
		if c.Wide {
			wide = i
		}
	}
	if wide != r.wide {
		r.wide = wide
		r.place(r.Size())
	}
	r.paint()
}

func (r *tableRow) paint() {
	c := theme.Color(r.color())
	if r.ground.FillColor == c {
		return
	}
	r.ground.FillColor = c
	r.ground.Refresh()
}

func (r *tableRow) color() fyne.ThemeColorName {
	m := r.table.marks
	switch {
	case r.row == m.lead && m.on[r.row]:
		return look.ColorChosen
	case m.on[r.row]:
		return look.ColorMarked
	case r.hovered:
		return theme.ColorNameHeaderBackground
	case r.row%2 == 1:
		return look.ColorStripe
	default:
		return theme.ColorNameBackground
	}
}

// MouseDown selects at once, without the wait for a second click.
func (r *tableRow) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.table.list); c != nil {
		c.Focus(r.table.list)
	}
	if e.Button == desktop.MouseButtonSecondary {
		if !r.table.marks.on[r.row] {
			r.table.choose(r.row, 0)
		}
		if r.table.OnMenu != nil {
			r.table.OnMenu(r.row, e.AbsolutePosition)
		}
		return
	}
	r.table.choose(r.row, e.Modifier)
	if r.table.OnTap != nil && e.Modifier == 0 {
		r.table.OnTap(r.row)
	}
}

// MouseUp is for Fyne.
func (r *tableRow) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the row.
func (r *tableRow) DoubleTapped(*fyne.PointEvent) {
	if r.table.OnOpen != nil {
		r.table.OnOpen(r.row)
	}
}

// MouseIn marks the row under the pointer.
func (r *tableRow) MouseIn(e *desktop.MouseEvent) {
	r.hover(true)
	r.MouseMoved(e)
}

// MouseMoved tells of the cell under the pointer.
func (r *tableRow) MouseMoved(e *desktop.MouseEvent) {
	if column := r.table.columnAt(e.Position.X, r.Size().Width); column != r.column {
		r.column = column
		r.table.pointed(r.row, column)
	}
}

// MouseOut takes the mark away.
func (r *tableRow) MouseOut() {
	r.hover(false)
	r.column = -1
	r.table.pointed(r.row, -1)
}

func (r *tableRow) hover(on bool) {
	r.hovered = on
	r.paint()
	if r.table.OnHover == nil {
		return
	}
	if on {
		r.table.OnHover(r.row)
	} else {
		r.table.OnHover(-1)
	}
}

// MinSize is a fixed height.
func (r *tableRow) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight) }

// CreateRenderer is for Fyne.
func (r *tableRow) CreateRenderer() fyne.WidgetRenderer { return &tableRowRenderer{r} }

type tableRowRenderer struct{ row *tableRow }

func (r *tableRowRenderer) Layout(size fyne.Size) { r.row.place(size) }

// place puts the cells into their columns.
func (r *tableRow) place(size fyne.Size) {
	r.ground.Resize(size)
	for i, s := range spans(r.table.columns, size.Width) {
		text := r.cells[i]
		height := text.MinSize().Height
		width := s.width
		if i == r.wide {
			width = size.Width - s.x
		}
		text.Move(fyne.NewPos(s.x+cellPad, (size.Height-height)/2))
		text.Resize(fyne.NewSize(max(0, width-2*cellPad), height))
		if spread := r.spreads[i]; spread != nil {
			spread.Move(fyne.NewPos(s.x+cellPad, 0))
			spread.Resize(fyne.NewSize(max(0, s.width-2*cellPad), size.Height))
		}
	}
}

func (r *tableRowRenderer) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight) }

func (r *tableRowRenderer) Refresh() {
	r.row.paint()
	for _, c := range r.row.cells {
		c.Refresh()
	}
}

func (r *tableRowRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.row.ground}
	for _, c := range r.row.cells {
		objects = append(objects, c)
	}
	for _, s := range r.row.spreads {
		if s != nil {
			objects = append(objects, s)
		}
	}
	return objects
}

func (r *tableRowRenderer) Destroy() {}
