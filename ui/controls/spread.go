package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// SpreadOf is how values are spread and where one lies among them, all on one
// scale.
type SpreadOf struct {
	Min, Q1, Median, Q3, Max float64
	Value                    float64
}

// Spread draws a line over all values, a box over the middle half of them, a tick
// at the median, and a bar at one value. It is empty without values.
type Spread struct {
	widget.BaseWidget
	of SpreadOf

	line, box, median, mark *canvas.Rectangle
}

// NewSpread returns an empty strip.
func NewSpread() *Spread {
	r := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	s := &Spread{line: r(), box: r(), median: r(), mark: r()}
	s.box.CornerRadius, s.mark.CornerRadius = 2, 1.5
	s.ExtendBaseWidget(s)
	s.show(nil)
	return s
}

// Set shows how values are spread; nil shows nothing.
func (s *Spread) Set(of *SpreadOf) {
	s.show(of)
	s.Refresh()
}

func (s *Spread) show(of *SpreadOf) {
	if of != nil {
		s.of = *of
	}
	for _, o := range []*canvas.Rectangle{s.line, s.box, s.median, s.mark} {
		o.Hidden = of == nil
	}
}

// CreateRenderer is for Fyne.
func (s *Spread) CreateRenderer() fyne.WidgetRenderer {
	r := &spreadRenderer{s}
	r.paint()
	return r
}

type spreadRenderer struct{ s *Spread }

// spreadMark is the width of the bar at the value.
const spreadMark float32 = 4

func (r *spreadRenderer) Layout(size fyne.Size) {
	o := r.s.of
	low, high := min(o.Min, o.Value), max(o.Max, o.Value)
	room := size.Width - spreadMark
	x := func(v float64) float32 {
		if high <= low {
			return size.Width / 2
		}
		return spreadMark/2 + room*float32((v-low)/(high-low))
	}
	place := func(o *canvas.Rectangle, from, to, height float32) {
		o.Move(fyne.NewPos(from, (size.Height-height)/2))
		o.Resize(fyne.NewSize(max(to-from, 1), height))
	}
	body := min(size.Height, 8)
	place(r.s.line, x(o.Min), x(o.Max), 1)
	place(r.s.box, x(o.Q1), x(o.Q3), body)
	place(r.s.median, x(o.Median)-.5, x(o.Median)+.5, body)
	place(r.s.mark, x(o.Value)-spreadMark/2, x(o.Value)+spreadMark/2, min(size.Height, 16))
}

func (r *spreadRenderer) MinSize() fyne.Size { return fyne.NewSize(60, 16) }

func (r *spreadRenderer) paint() {
	muted := theme.Color(look.ColorMuted)
	r.s.line.FillColor, r.s.median.FillColor = muted, muted
	r.s.box.FillColor = theme.Color(theme.ColorNameInputBorder)
	r.s.mark.FillColor = theme.Color(theme.ColorNamePrimary)
}

func (r *spreadRenderer) Refresh() {
	r.paint()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *spreadRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.line, r.s.box, r.s.median, r.s.mark}
}

func (r *spreadRenderer) Destroy() {}
