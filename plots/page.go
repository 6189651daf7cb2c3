package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// page is a surface with the measures of a style. Everything on it is sized by
// the em, the font size in points, so that a slide is a paper figure grown.
type page struct {
	surface
	theme
	w, h float64
	em   float64
	dark bool
}

// Sizes over the em.
const (
	tickSize    = 0.9
	captionSize = 0.8
	titleSize   = 1.15
	lineHeight  = 1.25
	margin      = 0.7
	tickLength  = 0.35
	gap         = 0.4
	hairline    = 0.06
	dataLine    = 0.12

	minTitledHeight = 10 // a lower page has no room for a title
)

// drawPage draws the paper, the title, the footer and the chart between them.
func drawPage(s surface, c Chart, style Style, w, h float64) {
	p := &page{surface: s, theme: themeOf(style.Dark), w: w, h: h, em: style.FontPt, dark: style.Dark}
	p.fill(rect{0, 0, w, h}.path(), p.paper)
	m := margin * p.em
	if _, sheet := c.(Report); sheet {
		m = sheetMargin * p.em
	}
	area := rect{0, 0, w, h}.inset(m, m, m, m)
	l := c.labels()
	if style.HideTitle || h < minTitledHeight*p.em {
		l.Heading = ""
	}
	area = p.title(l.Heading, area)
	area = p.footer(l, area)
	c.draw(p, area)
}

// title draws the heading and returns the area below it.
func (p *page) title(s string, area rect) rect {
	if s == "" {
		return area
	}
	size := titleSize * p.em
	s = shorten(clean(s), area.width(), size, true)
	p.put(s, xy{area.x0, area.y1 - size*capHeight}, label{size: size, bold: true})
	area.y1 -= size * lineHeight
	return area
}

// footer draws the provenance and the demo notice and returns the area above
// them.
func (p *page) footer(l Labels, area rect) rect {
	size := captionSize * p.em
	lines := wrap(clean(l.Caption), area.width(), size)
	y := area.y0 + size*descent
	for i := len(lines) - 1; i >= 0; i-- {
		p.put(lines[i], xy{area.x0, y}, label{size: size, color: &p.muted})
		y += size * lineHeight
	}
	if l.Demo {
		p.put(shorten(DemoNotice, area.width(), size, true), xy{area.x0, y}, label{size: size, bold: true, color: &p.warning})
		y += size * lineHeight
	}
	if top := y - size*descent; top > area.y0 {
		area.y0 = min(top+gap*p.em, area.y1)
	}
	return area
}

// watermark writes the demo notice behind the data of a panel.
func (p *page) watermark(r rect) {
	const full = 20.0
	unit := textWidth(DemoNotice, 1, true)
	angle := math.Atan2(r.height(), r.width()) * 0.8
	// As large as fits the panel's width and height when turned.
	size := min(0.85*r.width()/(unit*math.Cos(angle)+0.01), 0.85*r.height()/(unit*math.Sin(angle)+0.7), full*p.em)
	if size < 1 {
		return
	}
	ink := faded(p.warning, 0.13)
	p.put(DemoNotice, xy{(r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2}, label{size: size, bold: true, color: &ink, h: 0.5, v: 0.5, angle: angle})
}

// label says how put places text. The zero label starts at the point, on its
// baseline, in ink, at the size of axis labels.
type label struct {
	size  float64
	bold  bool
	color *color.NRGBA
	h     float64 // where the point lies along the text: 0 start, 0.5 middle, 1 end
	v     float64 // where it lies above the baseline, over the height of capitals
	angle float64
}

// put draws one line of clean text.
func (p *page) put(s string, at xy, l label) {
	if s == "" {
		return
	}
	if l.size == 0 {
		l.size = p.em
	}
	ink := p.ink
	if l.color != nil {
		ink = *l.color
	}
	dx := -l.h * textWidth(s, l.size, l.bold)
	dy := -l.v * l.size * capHeight
	sin, cos := math.Sincos(l.angle)
	at = xy{at.x + dx*cos - dy*sin, at.y + dx*sin + dy*cos}
	p.text(text{s: s, at: at, size: l.size, bold: l.bold, angle: l.angle, color: ink})
}

// rule strokes a straight line.
func (p *page) rule(from, to xy, l line) { p.stroke(polyline(from, to), l) }

// axisLine is the look of axes and ticks.
func (p *page) axisLine() line { return line{color: p.ink, width: hairline * p.em * 1.3} }

// gridLine is the look of the grid behind the data.
func (p *page) gridLine() line { return line{color: p.grid, width: hairline * p.em} }

// strokeRuns strokes the runs of points between breaks.
func (p *page) strokeRuns(runs [][]xy, l line) {
	for _, run := range runs {
		if len(run) == 1 {
			p.fill(disc(run[0], l.width), l.color) // a single value between gaps is still seen
			continue
		}
		p.stroke(polyline(run...), l)
	}
}

// message writes a sentence in the middle of a panel that has nothing to show.
func (p *page) message(r rect, s string) {
	lines := wrap(clean(s), r.width()*0.9, p.em)
	y := (r.y0+r.y1)/2 + float64(len(lines)-1)/2*p.em*lineHeight
	for _, l := range lines {
		p.put(l, xy{(r.x0 + r.x1) / 2, y}, label{h: 0.5, v: 0.5, color: &p.muted})
		y -= p.em * lineHeight
	}
}

// band is the outline between two lines of points.
func band(upper, lower []xy) vg.Path {
	points := append([]xy(nil), upper...)
	for i := len(lower) - 1; i >= 0; i-- {
		points = append(points, lower[i])
	}
	return polygon(points...)
}
