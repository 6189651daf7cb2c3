package controls

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"circascope/plots"
)

// strip draws the average day as an area under a line, once or twice.
type strip struct {
	raster *canvas.Raster
	values []float64 // from 0 to 1; NaN = nothing recorded
	days   int
	ink    color.RGBA
	img    *image.RGBA

	windows []plots.DayWindow
	fit     []float64 // a curve, on the scale of values
}

func newStrip(ink color.RGBA) *strip {
	s := &strip{days: 1, ink: ink}
	s.raster = canvas.NewRaster(s.draw)
	return s
}

// show takes the average day of a matrix, with a curve over it; log flattens what
// spans decades.
func (s *strip) show(m plots.DayMatrix, days int, log bool, fit []float64) {
	mean := m.Mean(10)
	scale := plots.Scale{Log: log}
	for _, v := range slices.Concat(mean, fit) {
		if v > scale.Max {
			scale.Max = v
		}
	}
	s.values, s.fit = normed(scale, mean), normed(scale, fit)
	s.days = days
}

func normed(scale plots.Scale, values []float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = scale.Norm(v)
	}
	return out
}

func (s *strip) draw(w, h int) image.Image {
	if s.img == nil || s.img.Rect.Dx() != w || s.img.Rect.Dy() != h {
		s.img = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	fill(s.img, theme.Color(theme.ColorNameBackground))
	if len(s.values) == 0 {
		return s.img
	}
	ground := rgbaOf(theme.Color(theme.ColorNameBackground))
	top := math.NaN()
	for x := range w {
		below := s.tint(x, w, h, ground)
		pale := blend(s.ink, below, 0.3)
		v := s.values[x*s.days*len(s.values)/w%len(s.values)]
		if math.IsNaN(v) {
			top = v
			continue
		}
		y := int(float64(h-3) * (1 - v))
		from, to := y, y+2
		if !math.IsNaN(top) {
			from, to = min(y, int(top)), max(y, int(top))+2
		}
		for row := y; row < h; row++ {
			s.img.SetRGBA(x, row, pale)
		}
		for row := from; row < min(to, h); row++ {
			s.img.SetRGBA(x, row, s.ink)
		}
		top = float64(y)
	}
	s.drawFit(w, h)
	return s.img
}

// windowShare is how strongly a window tints the average day.
const windowShare = 0.35

// tint colours a column of pixels that lies in a window, and returns its ground.
func (s *strip) tint(x, w, h int, ground color.RGBA) color.RGBA {
	hour := math.Mod(24*float64(s.days)*float64(x)/float64(w), 24)
	for i, d := range s.windows {
		if d.Holds(hour) {
			ground = blend(plots.WindowColor(i), ground, windowShare)
			for y := range h {
				s.img.SetRGBA(x, y, ground)
			}
		}
	}
	return ground
}

// drawFit draws the curve as a line of two units of the window.
func (s *strip) drawFit(w, h int) {
	if len(s.fit) == 0 {
		return
	}
	ink := rgbaOf(theme.Color(theme.ColorNameForeground))
	thick := 2
	if width := s.raster.Size().Width; width > 0 {
		thick = max(2, int(math.Round(2*float64(w)/float64(width))))
	}
	last := -1
	for x := range w {
		y := int(float64(h-3) * (1 - s.fit[x*s.days*len(s.fit)/w%len(s.fit)]))
		if last < 0 {
			last = y
		}
		for row := min(y, last); row < min(max(y, last)+thick, h); row++ {
			s.img.SetRGBA(x, row, ink)
		}
		last = y
	}
}

func fill(img *image.RGBA, c color.Color) {
	p := rgbaOf(c)
	for i := 0; i+3 < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = p.R, p.G, p.B, p.A
	}
}

func rgbaOf(c color.Color) color.RGBA {
	r, g, b, a := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
}

// blend mixes a share of ink into ground.
func blend(ink, ground color.RGBA, share float64) color.RGBA {
	mix := func(a, b uint8) uint8 { return uint8(share*float64(a) + (1-share)*float64(b)) }
	return color.RGBA{mix(ink.R, ground.R), mix(ink.G, ground.G), mix(ink.B, ground.B), 255}
}
