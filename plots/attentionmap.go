package plots

import (
	"fmt"
	"image"
	"image/color"

	"circascope/actigraphy"
)

// AttentionMap shows how much each token (query, from the top down) attends to
// each (key, from left to right), over even attention, as a heatmap.
type AttentionMap struct {
	Labels
	Start   actigraphy.LocalTime // of the first minute
	Minutes int                  // that the tokens cover
	Tokens  int
	Map     []float32 // (query, key), row-major; each row sums to 1
	What    string    // what the map is; "" is Attention
	Colors  *ColorMap // nil for cividis
	Max     float64   // upper end of the colours, over even attention; 0 for AutoScale's
}

// Aspect leaves room around a square.
func (a AttentionMap) Aspect(s Style) float64 { return 1 - 4*s.FontPt/(s.WidthMM*ptPerMM) }

// Scale returns the colour scale, of attention over even attention: even steps up
// to the 99th percentile.
func (a AttentionMap) Scale() Scale {
	if a.Max > 0 {
		return Scale{Max: a.Max}
	}
	values := make([]float64, len(a.Map))
	for i, v := range a.Map {
		values[i] = float64(v) * float64(a.Tokens)
	}
	return AutoScale(values, false)
}

func (a AttentionMap) draw(p *page, area rect) {
	if a.Tokens < 1 || len(a.Map) != a.Tokens*a.Tokens {
		p.message(area, "No attention map to show.")
		return
	}
	scale := a.Scale()
	bar := a.bar(scale)
	x := weekAxis(a.Start, a.Minutes)
	y := x
	y.min, y.max = x.max, 0
	x.label, y.label = "Attended to (key)", "Attending (query)"
	beside := p.em + bar.verticalWidth(p)
	area = area.inset(p.leftOf(y), p.belowOf(x), max(p.rightOf(x), beside), 0.5*p.em)
	side := min(area.width(), area.height())
	area.x0 += (area.width() - side) / 2
	pn := panel{rect: rect{area.x0, area.y1 - side, area.x0 + side, area.y1}, x: p.fitted(x, side), y: y, p: p}
	p.raster(pn.rect, func(w, h int) *image.RGBA { return a.picture(w, h, scale) })
	if a.Demo {
		p.watermark(pn.rect)
	}
	pn.axes()
	bar.vertical(p, rect{pn.x1 + p.em, pn.y0, pn.x1 + beside, pn.y1})
}

// bar is the colour scale. Where values lie beyond its end the name says so.
func (a AttentionMap) bar(s Scale) colorBar {
	what := a.What
	if what == "" {
		what = "Attention"
	}
	name := fmt.Sprintf("%s over even attention, 1/%d", what, a.Tokens)
	if a.beyond(s) {
		name += fmt.Sprintf("; %s and more in one colour", threeDigits(s.Max))
	}
	return colorBar{colors: a.colors(), norm: s.Norm, ticks: s.ticks(5), name: name}
}

func (a AttentionMap) colors() *ColorMap {
	if a.Colors == nil {
		return Cividis
	}
	return a.Colors
}

// beyond reports whether values lie above the end of the colours.
func (a AttentionMap) beyond(s Scale) bool {
	for _, v := range a.Map {
		if float64(v)*float64(a.Tokens) > s.Max {
			return true
		}
	}
	return false
}

// picture returns w by h pixels of the map. A pixel that covers several cells
// shows their mean.
func (a AttentionMap) picture(w, h int, s Scale) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	n := a.Tokens
	at := coloursOf(s, a.colors())
	line := make([]color.RGBA, w)
	last := [2]int{-1, -1}
	for y := range h {
		q0, q1 := cells(y, h, n)
		if rows := [2]int{q0, q1}; rows != last {
			last = rows
			for x := range w {
				k0, k1 := cells(x, w, n)
				line[x] = at.at(a.mean(q0, q1, k0, k1) * float64(n))
			}
		}
		for x, c := range line {
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// cells returns the cells, of n, that a pixel of w covers: from to before to.
func cells(pixel, w, n int) (from, to int) {
	from = pixel * n / w
	return from, max(from+1, (pixel+1)*n/w)
}

// mean returns the mean of the cells of some queries and keys.
func (a AttentionMap) mean(q0, q1, k0, k1 int) float64 {
	sum := 0.0
	for q := q0; q < q1; q++ {
		for _, v := range a.Map[q*a.Tokens+k0 : q*a.Tokens+k1] {
			sum += float64(v)
		}
	}
	return sum / float64((q1-q0)*(k1-k0))
}
