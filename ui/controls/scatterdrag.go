package controls

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// MouseDown notes whether shift is held.
func (s *Scatter) MouseDown(e *desktop.MouseEvent) { s.shift = e.Modifier&fyne.KeyModifierShift != 0 }

// MouseUp is for Fyne.
func (s *Scatter) MouseUp(*desktop.MouseEvent) {}

// Dragged pans, or draws the lasso.
func (s *Scatter) Dragged(e *fyne.DragEvent) {
	if s.Lasso || s.shift {
		x, y := s.pixel(e.Position)
		s.path = append(s.path, [2]float64{x, y})
		s.raster.Refresh()
		return
	}
	s.fitted = false
	s.view = s.view.Pan(float64(e.Dragged.DX)*s.density(), float64(e.Dragged.DY)*s.density())
	s.Refresh()
}

// DragEnd takes the points within the lasso.
func (s *Scatter) DragEnd() {
	if len(s.path) == 0 {
		return
	}
	xs, ys := make([]float64, len(s.path)), make([]float64, len(s.path))
	for i, p := range s.path {
		xs[i], ys[i] = s.view.Data(p[0], p[1])
	}
	s.path = nil
	s.raster.Refresh()
	if s.OnLasso != nil && s.index != nil {
		s.OnLasso(s.index.Lasso(xs, ys))
	}
}

// Scrolled zooms around the pointer.
func (s *Scatter) Scrolled(e *fyne.ScrollEvent) {
	factor := math.Pow(1.15, float64(e.Scrolled.DY)/10)
	x, y := s.pixel(e.Position)
	s.fitted = false
	s.view = s.view.Zoom(factor, x, y)
	s.Refresh()
}

// ShowAll fits the view to the points again.
func (s *Scatter) ShowAll() {
	s.fitted = true
	s.Refresh()
}

// drawJoined draws the line through the points that belong to the ringed one.
func (s *Scatter) drawJoined(img *image.RGBA) {
	at := s.ringed()
	if s.points.Joined == nil || at < 0 || at >= len(s.points.X) {
		return
	}
	var path [][2]float64
	for _, i := range s.points.Joined(at) {
		x, y := s.view.Pixel(s.points.X[i], s.points.Y[i])
		path = append(path, [2]float64{x, y})
	}
	drawPath(img, path)
}

// pathInk is the colour of the lasso.
var pathInk = color.RGBA{0xd5, 0x5e, 0x00, 0xff}

// drawPath draws a line through points, two pixels wide.
func drawPath(img *image.RGBA, path [][2]float64) {
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		steps := int(math.Max(math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1]))) + 1
		for k := range steps + 1 {
			t := float64(k) / float64(steps)
			x, y := int(a[0]+t*(b[0]-a[0])), int(a[1]+t*(b[1]-a[1]))
			for _, p := range [4]image.Point{{x, y}, {x + 1, y}, {x, y + 1}, {x + 1, y + 1}} {
				if p.In(img.Rect) {
					img.SetRGBA(p.X, p.Y, pathInk)
				}
			}
		}
	}
}
