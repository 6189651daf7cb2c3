package controls

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
)

// cellAt returns the cell of the recording under a position, and false outside the
// heatmap and the recording.
func (a *Actogram) cellAt(pos fyne.Position) (cell int, ok bool) {
	at, size := pos.Subtract(a.raster.Position()), a.raster.Size()
	if at.X < 0 || at.Y < 0 || at.X >= size.Width || at.Y >= size.Height {
		return 0, false
	}
	cell = a.cellNear(pos)
	m := a.chart.Activity
	return cell, cell >= m.From && cell < m.To
}

// cellNear returns the cell of the heatmap nearest to a position.
func (a *Actogram) cellNear(pos fyne.Position) int {
	at, size, m := pos.Subtract(a.raster.Position()), a.raster.Size(), a.chart.Activity
	across := m.Columns * max(1, a.view.Days)
	part := func(v, of float32, n int) int { return max(0, min(n-1, int(v/of*float32(n)))) }
	return (a.first+part(at.Y, size.Height, a.shownRows()))*m.Columns + part(at.X, size.Width, across)
}

// boundaryNear returns the cell whose begin is nearest to a position; it may be the one
// after the last.
func (a *Actogram) boundaryNear(pos fyne.Position) int {
	at, size, m := pos.Subtract(a.raster.Position()), a.raster.Size(), a.chart.Activity
	across, shown := m.Columns*max(1, a.view.Days), a.shownRows()
	column := int(math.Round(float64(at.X / size.Width * float32(across))))
	row := int(at.Y / size.Height * float32(shown))
	return (a.first+max(0, min(shown-1, row)))*m.Columns + max(0, min(across, column))
}

// box is a place on the heatmap.
type box struct {
	at     fyne.Position
	size   fyne.Size
	begins bool // the first cell is in it
	ends   bool // the last one is
}

// boxes returns where the cells from one to before another are shown, a box a row.
// In a double plot a cell is shown twice.
func (a *Actogram) boxes(from, to int) []box {
	m, origin, size := a.chart.Activity, a.raster.Position(), a.raster.Size()
	across, shown := m.Columns*max(1, a.view.Days), a.shownRows()
	height := size.Height / float32(shown)
	var list []box
	for row := range shown {
		first := (a.first + row) * m.Columns
		left, right := max(from, first), min(to, first+across)
		if left >= right {
			continue
		}
		x := func(cell int) float32 { return size.Width * float32(cell-first) / float32(across) }
		list = append(list, box{
			at:   origin.AddXY(x(left), float32(row)*height),
			size: fyne.NewSize(max(1, x(right)-x(left)), height), begins: left == from, ends: right == to,
		})
	}
	return list
}

// reveal scrolls to the day of a cell.
func (a *Actogram) reveal(cell int) {
	if a.chart.Activity.Columns == 0 {
		return
	}
	row, shown := cell/a.chart.Activity.Columns, a.shownRows()
	first := max(row-shown+1, min(a.first, row))
	if first != a.first {
		a.first = first
		a.Refresh()
	}
}

// span names the time from a cell to before another.
func (a *Actogram) span(from, to int) string {
	m := a.chart.Activity
	minute := func(cell int) int { return int(float64(cell%m.Columns) * m.CellMinutes()) }
	start, length := minute(from), int(float64(to-from)*m.CellMinutes())
	end := (minute(to-1) + int(m.CellMinutes())) % (24 * 60)
	until := ""
	if last := (to - 1) / m.Columns; last != from/m.Columns {
		until = m.Labels[last] + "  "
	}
	return fmt.Sprintf("%s  %02d:%02d to %s%02d:%02d, %d h %02d min", m.Labels[from/m.Columns], start/60, start%60, until, end/60, end%60, length/60, length%60)
}
