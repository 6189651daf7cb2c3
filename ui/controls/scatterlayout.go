package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"circascope/plots"
	"circascope/ui/look"
)

// Distances of a scatter.
const (
	axisGutter float32 = 46
	axisFoot   float32 = 38
	axisHead   float32 = 20
)

// CreateRenderer is for Fyne.
func (s *Scatter) CreateRenderer() fyne.WidgetRenderer { return &scatterRenderer{s} }

type scatterRenderer struct{ s *Scatter }

func (r *scatterRenderer) Layout(size fyne.Size) {
	s := r.s
	plot := fyne.NewSize(max(1, size.Width-axisGutter-look.S), max(1, size.Height-axisFoot-axisHead))
	s.raster.Move(fyne.NewPos(axisGutter, axisHead))
	s.raster.Resize(plot)
	s.frame.Move(fyne.NewPos(axisGutter, axisHead))
	s.frame.Resize(plot)
	s.xTitle.Move(fyne.NewPos(axisGutter, size.Height-18))
	s.xTitle.Resize(fyne.NewSize(plot.Width, s.xTitle.MinSize().Height))
	s.yTitle.Move(fyne.NewPos(axisGutter, 0))
	s.yTitle.Resize(s.yTitle.MinSize())
	r.placeTicks(plot)
}

// placeTicks marks both axes with the values of the view.
func (r *scatterRenderer) placeTicks(plot fyne.Size) {
	s := r.s
	s.ticks = s.ticks[:0]
	v := s.view
	if s.fitted {
		density := s.density()
		v = fit(s.points, int(float64(plot.Width)*density), int(float64(plot.Height)*density))
	}
	if len(s.points.X) == 0 {
		return
	}
	for _, t := range s.axisTicks(0, v.MinX, v.MaxX, int(max(2, plot.Width/90))) {
		text := look.NewText(t.Label, look.Caption)
		m := text.MinSize()
		text.Resize(m)
		text.Move(fyne.NewPos(axisGutter+float32(t.At)*plot.Width-m.Width/2, axisHead+plot.Height+2))
		s.ticks = append(s.ticks, text)
	}
	for _, t := range s.axisTicks(1, v.MinY, v.MaxY, int(max(2, plot.Height/70))) {
		text := look.NewText(t.Label, look.Caption)
		m := text.MinSize()
		text.Resize(m)
		text.Move(fyne.NewPos(axisGutter-look.XS-m.Width, axisHead+float32(1-t.At)*plot.Height-m.Height/2))
		s.ticks = append(s.ticks, text)
	}
}

// axisTicks returns the ticks of the axis across, 0, or up, 1.
func (s *Scatter) axisTicks(axis int, lo, hi float64, n int) []Tick {
	ticks := niceTicks(lo, hi, n)
	if s.points.Clock[axis] {
		for i, t := range ticks {
			ticks[i].Label = plots.TimeOfDay(lo + t.At*(hi-lo))
		}
	}
	return ticks
}

func (r *scatterRenderer) MinSize() fyne.Size { return fyne.NewSize(220, 200) }

func (r *scatterRenderer) Refresh() {
	r.s.frame.StrokeColor = theme.Color(theme.ColorNameSeparator)
	r.Layout(r.s.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *scatterRenderer) Objects() []fyne.CanvasObject {
	s := r.s
	objects := []fyne.CanvasObject{s.raster, s.frame, s.xTitle, s.yTitle}
	for _, t := range s.ticks {
		objects = append(objects, t)
	}
	return objects
}

func (r *scatterRenderer) Destroy() {}
