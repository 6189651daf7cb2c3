package plots

import (
	"image"
	"image/color"
	"math"
)

// ScatterView says how the points of a live scatter look.
type ScatterView struct {
	Viewport
	Radius   float64 // of a point in pixels: scale it by the screen's density
	Dark     bool
	Selected []int // drawn last, larger and with a ring; the others fade
	Hover    int   // index of the point under the pointer plus 1; 0 for none
}

// ScatterRaster fills one image again and again with points, as the generator of
// a window's raster does: each point is a stamp made once for its shape, so that
// ten thousand of them move in step with the pointer. It is not for two
// goroutines at once.
type ScatterRaster struct {
	img    *image.RGBA
	stamps map[stampKey]*stamp
	chosen []bool
}

// Draw returns W by H pixels of the view. X, y and marks are by point; points
// with NaN or without a mark are left out. The image is reused by the next Draw.
func (sr *ScatterRaster) Draw(x, y []float64, marks []Mark, v ScatterView) *image.RGBA {
	sr.img = reuse(sr.img, v.W, v.H)
	th := themeOf(v.Dark)
	fillRow(sr.img.Pix, rgba(th.paper))
	n := min(len(x), len(y), len(marks))
	sr.choose(v.Selected, n)
	opacity := uint32(230)
	if len(v.Selected) > 0 {
		opacity = 90
	}
	for i := range n {
		if !sr.chosen[i] && i+1 != v.Hover {
			if v.Dark { // dark ends of a colour map are hard to see on a dark page
				sr.put(v, x[i], y[i], marks[i].Shape, v.Radius+0.75, rgba(th.muted), opacity*2/3)
			}
			sr.put(v, x[i], y[i], marks[i].Shape, v.Radius, marks[i].Color, opacity)
		}
	}
	ring := rgba(th.ring)
	for i := range n {
		if sr.chosen[i] || i+1 == v.Hover {
			sr.put(v, x[i], y[i], marks[i].Shape, v.Radius*1.35+max(1, v.Radius*0.3), ring, 255)
			sr.put(v, x[i], y[i], marks[i].Shape, v.Radius*1.35, marks[i].Color, 255)
		}
	}
	return sr.img
}

// choose notes which of n points are selected.
func (sr *ScatterRaster) choose(selected []int, n int) {
	if cap(sr.chosen) < n {
		sr.chosen = make([]bool, n)
	}
	sr.chosen = sr.chosen[:n]
	clear(sr.chosen)
	for _, i := range selected {
		if i >= 0 && i < n {
			sr.chosen[i] = true
		}
	}
}

// put blends a stamp onto the image.
func (sr *ScatterRaster) put(v ScatterView, x, y float64, shape Shape, radius float64, c color.RGBA, opacity uint32) {
	px, py := v.Pixel(x, y)
	s := sr.stamp(shape, radius)
	reach := float64(s.half)
	if !(px >= -reach && py >= -reach && px <= float64(v.W)+reach && py <= float64(v.H)+reach) {
		return // outside the view, or NaN
	}
	left, top := int(math.Floor(px))-s.half, int(math.Floor(py))-s.half
	x0, x1 := max(0, -left), min(s.side, v.W-left)
	y0, y1 := max(0, -top), min(s.side, v.H-top)
	r, g, b := uint32(c.R), uint32(c.G), uint32(c.B)
	for row := y0; row < y1; row++ {
		at := (top+row)*sr.img.Stride + 4*(left+x0)
		for _, coverage := range s.coverage[row*s.side+x0 : row*s.side+x1] {
			if coverage > 0 {
				a := uint32(coverage) * opacity / 255
				pix := sr.img.Pix[at : at+3 : at+3]
				pix[0] = uint8((r*a + uint32(pix[0])*(255-a)) / 255)
				pix[1] = uint8((g*a + uint32(pix[1])*(255-a)) / 255)
				pix[2] = uint8((b*a + uint32(pix[2])*(255-a)) / 255)
			}
			at += 4
		}
	}
}

// reuse returns an image of w by h pixels in one block, in the memory of the old
// one where that is large enough. A part of a larger image draws garbled in a
// window.
func reuse(img *image.RGBA, w, h int) *image.RGBA {
	w, h = max(w, 0), max(h, 0)
	if img == nil || cap(img.Pix) < 4*w*h {
		return image.NewRGBA(image.Rect(0, 0, w, h))
	}
	img.Pix, img.Stride, img.Rect = img.Pix[:4*w*h], 4*w, image.Rect(0, 0, w, h)
	return img
}
