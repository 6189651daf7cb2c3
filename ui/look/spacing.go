package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// The spacing scale: every distance in the window is one of these.
const (
	XS float32 = 4
	S  float32 = 8
	M  float32 = 12
	L  float32 = 16
	XL float32 = 24
)

// Inset puts the same distance around content.
func Inset(all float32, content fyne.CanvasObject) fyne.CanvasObject {
	return InsetBy(all, all, content)
}

// InsetBy puts distances above and below, and left and right of content.
func InsetBy(vertical, horizontal float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(vertical, vertical, horizontal, horizontal), content)
}

// Column stacks objects with one distance between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Row puts objects side by side with one distance between them.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Gap is an empty space of at least that size.
func Gap(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

// AtLeast gives content a minimum size.
func AtLeast(width, height float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(Gap(width, height), content)
}

// Grid puts objects into columns of equal width with a wider gap than Fyne's.
func Grid(columns int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{columns}, objects...)
}

// grid is the layout of Grid: rows as high as their highest cell.
type grid struct{ columns int }

func (g *grid) rowHeight(row []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, o := range row {
		height = max(height, o.MinSize().Height)
	}
	return height
}

func (g *grid) rows(objects []fyne.CanvasObject) [][]fyne.CanvasObject {
	var rows [][]fyne.CanvasObject
	for i := 0; i < len(objects); i += g.columns {
		rows = append(rows, objects[i:min(i+g.columns, len(objects))])
	}
	return rows
}

// Layout shares the height that is left over among the rows.
func (g *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rows := g.rows(objects)
	width := (size.Width - M*float32(g.columns-1)) / float32(g.columns)
	spare := max(0, size.Height-g.MinSize(objects).Height) / float32(max(1, len(rows)))
	y := float32(0)
	for _, row := range rows {
		height := g.rowHeight(row) + spare
		for i, o := range row {
			o.Move(fyne.NewPos(float32(i)*(width+M), y))
			o.Resize(fyne.NewSize(width, height))
		}
		y += height + M
	}
}

// MinSize is that of equal columns.
func (g *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, height := float32(0), float32(0)
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	rows := g.rows(objects)
	for _, row := range rows {
		height += g.rowHeight(row)
	}
	return fyne.NewSize(width*float32(g.columns)+M*float32(g.columns-1), height+M*float32(max(0, len(rows)-1)))
}
