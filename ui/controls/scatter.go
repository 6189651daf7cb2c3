package controls

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"circascope/plots"
	"circascope/ui/look"
)

// Points are what a Scatter shows.
type Points struct {
	X, Y     []float64
	Marks    []plots.Mark
	XTitle   string
	YTitle   string
	Clock    [2]bool // the axis across, and up, is of hours: its ticks are times of day
	Selected []int
	Chosen   int // the point whose page is open, -1 for none
	// Joined returns the points that belong to one, in order: a line joins them
	// while it is under the pointer or chosen. nil joins none.
	Joined func(point int) []int
}

// Scatter is a live projection: hover names a point, a click opens it, a drag
// pans or draws a lasso, the wheel zooms, a double click shows everything.
type Scatter struct {
	widget.BaseWidget
	OnHover func(point int) // -1 for none
	OnTap   func(point int)
	OnLasso func(points []int)
	Lasso   bool // a drag draws a lasso instead of panning; so does a drag with shift

	points Points
	index  *plots.PickIndex
	view   plots.Viewport // in pixels of the screen
	fitted bool           // the whole is shown: a resize fits again
	hover  int
	shift  bool
	path   [][2]float64 // of the lasso, in pixels

	scatter plots.ScatterRaster
	raster  *canvas.Raster
	ticks   []*look.Text
	xTitle  *look.Text
	yTitle  *look.Text
	frame   *canvas.Rectangle
}

// NewScatter returns an empty scatter.
func NewScatter() *Scatter {
	s := &Scatter{hover: -1, fitted: true, xTitle: look.NewShortText("", look.Caption).Align(fyne.TextAlignCenter), yTitle: look.NewText("", look.Caption), frame: canvas.NewRectangle(color.Transparent)}
	s.frame.StrokeWidth = 1
	s.raster = canvas.NewRaster(s.draw)
	s.raster.ScaleMode = canvas.ImageScalePixels
	s.ExtendBaseWidget(s)
	return s
}

// SetPoints replaces the points; the view stays on them unless they moved.
func (s *Scatter) SetPoints(p Points) {
	moved := !sameSlice(p.X, s.points.X) || !sameSlice(p.Y, s.points.Y)
	s.points = p
	s.xTitle.SetText(p.XTitle)
	s.yTitle.SetText(p.YTitle)
	if moved || s.index == nil {
		s.index = plots.NewPickIndex(p.X, p.Y)
		s.hover, s.fitted = -1, true
	}
	s.Refresh()
}

// Select replaces the selected points, and the chosen one.
func (s *Scatter) Select(points []int, chosen int) {
	s.points.Selected, s.points.Chosen = points, chosen
	s.raster.Refresh()
}

// SetHover marks a point as the one under the pointer, -1 for none.
func (s *Scatter) SetHover(point int) {
	if s.hover != point {
		s.hover = point
		s.raster.Refresh()
	}
}

func sameSlice(a, b []float64) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// fitMargin is the share of the range left free at the edges.
const fitMargin = 0.06

func fit(p Points, w, h int) plots.Viewport { return plots.Fit(p.X, p.Y, w, h, fitMargin) }

func (s *Scatter) draw(w, h int) image.Image {
	if s.fitted {
		s.view = fit(s.points, w, h)
	}
	s.view = s.view.Resize(w, h)
	img := s.scatter.Draw(s.points.X, s.points.Y, s.points.Marks, plots.ScatterView{
		Viewport: s.view, Radius: s.radius() * s.density(), Dark: look.IsDark(), Selected: s.points.Selected, Hover: s.ringed() + 1,
	})
	s.drawJoined(img)
	drawPath(img, s.path)
	return img
}

// ringed is the point with a ring that does not fade the others: the one under
// the pointer, else the chosen one.
func (s *Scatter) ringed() int {
	if s.hover >= 0 {
		return s.hover
	}
	return s.points.Chosen
}

// radius is that of a point, smaller where there are many.
func (s *Scatter) radius() float64 {
	switch n := len(s.points.X); {
	case n <= 200:
		return 5
	case n <= 2000:
		return 3.5
	default:
		return 2.5
	}
}

// density is how many pixels of the screen make a unit of the window.
func (s *Scatter) density() float64 {
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	if c == nil {
		return 1
	}
	return float64(c.Scale())
}

// pixel turns a place in the widget into pixels of the raster.
func (s *Scatter) pixel(p fyne.Position) (x, y float64) {
	at, size := p.Subtract(s.raster.Position()), s.raster.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return 0, 0
	}
	return float64(at.X/size.Width) * float64(s.view.W), float64(at.Y/size.Height) * float64(s.view.H)
}

// reach is how near the pointer must be to a point, in units.
const reach = 9

func (s *Scatter) pick(p fyne.Position) int {
	if s.index == nil || s.view.W == 0 {
		return -1
	}
	x, y := s.pixel(p)
	if i, ok := s.index.Pick(s.view, x, y, reach*s.density()); ok {
		return i
	}
	return -1
}

// MouseIn names the point under the pointer.
func (s *Scatter) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved names the point under the pointer.
func (s *Scatter) MouseMoved(e *desktop.MouseEvent) { s.hovered(s.pick(e.Position)) }

// MouseOut forgets it.
func (s *Scatter) MouseOut() { s.hovered(-1) }

func (s *Scatter) hovered(point int) {
	if point == s.hover {
		return
	}
	s.SetHover(point)
	if s.OnHover != nil {
		s.OnHover(point)
	}
}

// Tapped opens the point that was hit.
func (s *Scatter) Tapped(e *fyne.PointEvent) {
	if i := s.pick(e.Position); i >= 0 && s.OnTap != nil {
		s.OnTap(i)
	}
}

// Cursor shows that a lasso can be drawn.
func (s *Scatter) Cursor() desktop.Cursor {
	if s.Lasso {
		return desktop.CrosshairCursor
	}
	return desktop.DefaultCursor
}
