package plots

import (
	"image"
	"image/color"

	"gonum.org/v1/plot/vg"
)

// surface is what a page is drawn on. Lengths are points from the bottom left.
type surface interface {
	fill(path vg.Path, c color.NRGBA)
	stroke(path vg.Path, l line)
	text(t text)
	// raster fills a rectangle with an image that paint makes for the number of
	// pixels the surface has there, so that nothing is resampled.
	raster(r rect, paint func(w, h int) *image.RGBA)
	// pixel is the size of one of the surface's pixels in points.
	pixel() float64
}

// line is the look of a stroked path.
type line struct {
	color color.NRGBA
	width float64
	dash  []float64 // lengths on and off; nil for solid
}

// text is one line of text: its baseline starts at the point and runs at an
// angle, in radians counter-clockwise.
type text struct {
	s     string
	at    xy
	size  float64
	bold  bool
	angle float64
	color color.NRGBA
}
