package controls

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/plots"
	"circascope/ui/look"
)

// Actogram shows a recording live: a heatmap with a day a row, the average day
// under it, light under that where there is any.
type Actogram struct {
	widget.BaseWidget
	OnHover func(text string)      // what lies under the pointer, in up to two lines; "" for nothing
	OnPoint func(at fyne.Position) // the pointer moved

	compact bool // without strips, for a small picture
	chart   plots.Actogram
	view    plots.HeatmapView
	first   int // the first day shown where there are more than fit

	heat     plots.HeatmapRaster
	raster   *canvas.Raster
	activity *strip
	light    *strip
	cursor   *canvas.Line
	part     *canvas.Rectangle // which part of the days is shown, where not all fit
	days     []*look.Text
	hours    []*look.Text
	names    [2]*look.Text // of the strips
	windows  []*look.Text  // names of windows, on the average day
}

// NewActogram returns an empty actogram; a compact one has no strips.
func NewActogram(compact bool) *Actogram {
	a := &Actogram{
		compact: compact, activity: newStrip(plots.CategoryColor(0)), light: newStrip(plots.CategoryColor(1)),
		cursor: canvas.NewLine(theme.Color(theme.ColorNameForeground)),
		part:   canvas.NewRectangle(theme.Color(theme.ColorNameScrollBar)),
		names:  [2]*look.Text{look.NewText("Average day", look.Caption), look.NewText("Light", look.Caption)},
	}
	a.cursor.StrokeWidth = 1
	a.cursor.Hide()
	a.part.CornerRadius = partWidth / 2
	a.raster = canvas.NewRaster(a.draw)
	a.raster.ScaleMode = canvas.ImageScalePixels
	a.ExtendBaseWidget(a)
	return a
}

// SetChart replaces the recording and how it is drawn. The same days stay where
// they were scrolled to.
func (a *Actogram) SetChart(c plots.Actogram) {
	if !slices.Equal(a.chart.Activity.Labels, c.Activity.Labels) {
		a.first = 0
	}
	a.chart = c
	a.view = plots.HeatmapView{Days: 1, Colors: c.Colors, Scale: c.Scale(), Masks: c.Masks, Windows: c.Windows, Off: c.Off}
	if c.Double {
		a.view.Days = 2
	}
	a.activity.windows = c.Windows
	a.activity.show(c.Average(), a.view.Days, false, c.Fit.Values)
	if a.lit() {
		a.light.show(c.AverageLight(), a.view.Days, true, nil)
	}
	a.Refresh()
}

func (a *Actogram) lit() bool { return !a.compact && a.chart.Light.Rows() > 0 }

func (a *Actogram) draw(w, h int) image.Image {
	v := a.view
	v.First, v.Rows = a.first, a.shownRows()
	v.Dark = look.IsDark()
	if width := a.raster.Size().Width; width > 0 {
		v.Dot = max(1, int(math.Round(float64(w)/float64(width))))
	}
	return a.heat.Draw(a.chart.Activity, w, h, v)
}

// Scrolled goes through the days where there are more than fit.
func (a *Actogram) Scrolled(e *fyne.ScrollEvent) {
	rows, shown := a.chart.Activity.Rows(), a.shownRows()
	step := 1
	if e.Scrolled.DY > 0 {
		step = -1
	}
	to := max(0, min(rows-shown, a.first+step*max(1, shown/10)))
	if to != a.first {
		a.first = to
		a.Refresh()
		a.MouseMoved(&desktop.MouseEvent{PointEvent: e.PointEvent}) // another day lies there now
	}
}

// MouseIn reads out what lies under the pointer.
func (a *Actogram) MouseIn(e *desktop.MouseEvent) { a.MouseMoved(e) }

// MouseMoved reads out what lies under the pointer.
func (a *Actogram) MouseMoved(e *desktop.MouseEvent) {
	if a.OnPoint != nil {
		a.OnPoint(e.Position)
	}
	at, size := e.Position.Subtract(a.raster.Position()), a.raster.Size()
	inside := at.X >= 0 && at.X < size.Width && at.Y >= 0
	if !inside {
		a.MouseOut()
		return
	}
	a.cursor.Position1 = fyne.NewPos(e.Position.X, a.raster.Position().Y)
	a.cursor.Position2 = fyne.NewPos(e.Position.X, a.bottom())
	a.cursor.Show()
	a.cursor.Refresh()
	a.hover(a.readout(at, size))
}

// MouseOut clears the read-out.
func (a *Actogram) MouseOut() {
	a.cursor.Hide()
	a.hover("")
}

func (a *Actogram) hover(text string) {
	if a.OnHover != nil {
		a.OnHover(text)
	}
}

// fine is the resolution of picking: pixels of a screen as dense as any.
const fine = 8

func (a *Actogram) readout(at fyne.Position, size fyne.Size) string {
	v := a.view
	v.First, v.Rows = a.first, a.shownRows()
	row, column, ok := v.CellAt(a.chart.Activity, int(at.X*fine), int(at.Y*fine), int(size.Width*fine), int(size.Height*fine))
	if !ok {
		return ""
	}
	m := a.chart.Activity
	minute := int(float64(column) * m.CellMinutes())
	text := fmt.Sprintf("%s  %02d:%02d   ", m.Labels[row], minute/60, minute%60)
	over := a.over(row, column)
	value := m.Row(row)[column]
	mark, marked := m.MarkAt(row*m.Columns + column)
	switch {
	case marked && mark == plots.Skipped:
		return text + plots.Skipped.String()
	case math.IsNaN(value):
		return text + "not recorded" + over
	}
	text += fmt.Sprintf("%.4g (%s)", value, m.Unit)
	if marked {
		text += "   " + mark.String()
	}
	if a.lit() && row < a.chart.Light.Rows() && column < a.chart.Light.Columns {
		if lux := a.chart.Light.Row(row)[column]; !math.IsNaN(lux) {
			text += fmt.Sprintf("   light %.4g", lux)
		}
	}
	return text + over
}

// over says, in a second line, what lies over a cell: why its day does not count,
// masks, how it was scored, its rest period, and windows of the day.
func (a *Actogram) over(row, column int) string {
	m := a.chart.Activity
	var parts []string
	if why, off := a.chart.OffAt(row); off {
		parts = append(parts, "day "+why)
	}
	for _, mask := range a.chart.Masks {
		if words, covered := mask.At(row*m.Columns + column); covered {
			parts = append(parts, words)
		}
	}
	for _, w := range a.chart.Windows {
		if w.Holds(float64(column) * m.CellMinutes() / 60) {
			parts = append(parts, "in "+w.Name)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "\n" + strings.Join(parts, "  ·  ")
}
