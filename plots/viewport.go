package plots

import "math"

// Viewport maps data to the pixels of a view, y upwards in data and downwards in
// pixels.
type Viewport struct {
	MinX, MaxX, MinY, MaxY float64
	W, H                   int
}

// Fit returns the viewport that shows all points with a margin of a share of the
// range. Points with NaN are left out; without any point it shows 0 to 1.
func Fit(x, y []float64, w, h int, share float64) Viewport {
	v := Viewport{W: max(w, 1), H: max(h, 1)}
	loX, hiX, _ := span(x)
	loY, hiY, _ := span(y)
	v.MinX, v.MaxX = padded(loX, hiX, share)
	v.MinY, v.MaxY = padded(loY, hiY, share)
	return v
}

// Pixel returns where data lie in the view.
func (v Viewport) Pixel(x, y float64) (px, py float64) {
	return (x - v.MinX) / (v.MaxX - v.MinX) * float64(v.W), (v.MaxY - y) / (v.MaxY - v.MinY) * float64(v.H)
}

// Data returns what lies at a pixel.
func (v Viewport) Data(px, py float64) (x, y float64) {
	return v.MinX + px/float64(v.W)*(v.MaxX-v.MinX), v.MaxY - py/float64(v.H)*(v.MaxY-v.MinY)
}

// Pan moves the view by pixels: what was at (0, 0) is then at (dx, dy).
func (v Viewport) Pan(dx, dy float64) Viewport {
	x := dx / float64(v.W) * (v.MaxX - v.MinX)
	y := dy / float64(v.H) * (v.MaxY - v.MinY)
	v.MinX, v.MaxX = v.MinX-x, v.MaxX-x
	v.MinY, v.MaxY = v.MinY+y, v.MaxY+y
	return v
}

// Zoom enlarges by a factor over 1, or shrinks by one under 1, around a pixel,
// which stays where it is. A zoom beyond what float64 can tell apart changes
// nothing.
func (v Viewport) Zoom(factor, px, py float64) Viewport {
	if !(factor > 0) || math.IsInf(factor, 0) {
		return v
	}
	x, y := v.Data(px, py)
	z := v
	z.MinX, z.MaxX = x-(x-v.MinX)/factor, x+(v.MaxX-x)/factor
	z.MinY, z.MaxY = y-(y-v.MinY)/factor, y+(v.MaxY-y)/factor
	if !apart(z.MinX, z.MaxX) || !apart(z.MinY, z.MaxY) {
		return v
	}
	return z
}

// apart reports whether two ends leave room for a screen's pixels between them.
func apart(lo, hi float64) bool {
	return hi-lo > 1e-9*math.Max(math.Abs(lo), math.Abs(hi)) && hi-lo < largest
}

// Resize returns the same data range in another size of view.
func (v Viewport) Resize(w, h int) Viewport {
	v.W, v.H = max(w, 1), max(h, 1)
	return v
}
