package plots

import (
	"fmt"
	"image"
	"math"

	"circascope/actigraphy"
)

// Hours shows one or more values an hour as heatmaps with a day a row, from the
// first minute on, one below the other.
type Hours struct {
	Labels
	Start  actigraphy.LocalTime // of the first hour
	Panels []HourPanel
	Colors *ColorMap // nil for cividis
}

// HourPanel is one of the heatmaps.
type HourPanel struct {
	Name   string    // with its unit
	Values []float64 // one an hour; 0 or more, NaN for none
}

// hourRow is the height of a row over the em.
const hourRow = 1.35

// Aspect gives every day a line of text.
func (h Hours) Aspect(s Style) float64 {
	em := 3.0 // title and footer
	for _, p := range h.Panels {
		em += float64(p.rows())*hourRow + horizontalBarHeight + 5
	}
	return max(em*s.FontPt/(s.WidthMM*ptPerMM), 0.2)
}

func (h Hours) draw(p *page, area rect) {
	if len(h.Panels) == 0 {
		p.message(area, "No hours to show.")
		return
	}
	step := area.height() / float64(len(h.Panels))
	for i, one := range h.Panels {
		part := area
		part.y1 = area.y1 - float64(i)*step
		part.y0 = part.y1 - step + 0.8*p.em
		h.panel(p, part, one)
	}
}

func (h Hours) panel(p *page, area rect, one HourPanel) {
	if len(one.Values) == 0 {
		p.message(area, fmt.Sprintf("%s: nothing to show.", one.Name))
		return
	}
	colors := h.Colors
	if colors == nil {
		colors = Cividis
	}
	m := one.matrix(h.Start)
	_, top, ok := span(m.Values)
	if !ok || top <= 0 {
		top = 1
	}
	s := Scale{Max: top}
	bar := rect{area.x0 + 0.8*p.em, area.y0, min(area.x1-0.8*p.em, area.x0+33*p.em), area.y0 + horizontalBarHeight*p.em}
	colorBar{colors: colors, norm: s.Norm, ticks: s.ticks(5), name: one.Name, room: area.width()}.horizontal(p, bar)
	area.y0 = min(bar.y1+gap*p.em, area.y1)

	x := axis{max: 24, label: hoursOfRows(h.Start)}
	y := axis{min: float64(m.Rows())}
	for i, name := range m.Labels {
		y.ticks = append(y.ticks, tick{float64(i) + 0.5, name})
	}
	area.x0 += p.leftOf(y)
	x.ticks = hourTicks(1, area.width(), p.em)
	area = area.inset(0, p.belowOf(x), p.rightOf(x), 0)
	pn := panel{rect: area, x: x, y: y, p: p}
	p.raster(pn.rect, func(w, high int) *image.RGBA {
		var raster HeatmapRaster
		return raster.Draw(m, w, high, HeatmapView{Colors: colors, Scale: s, Dark: p.dark, Dot: p.dot()})
	})
	if h.Demo {
		p.watermark(pn.rect)
	}
	pn.axes()
}

const hoursADay = 24

func (o HourPanel) rows() int { return (len(o.Values) + hoursADay - 1) / hoursADay }

// matrix lays the hours out by day; what the last day lacks is blank.
func (o HourPanel) matrix(start actigraphy.LocalTime) DayMatrix {
	m := DayMatrix{Labels: dayLabels(start, o.rows()), Columns: hoursADay, To: len(o.Values)}
	m.Values = append(m.Values, o.Values...)
	for len(m.Values) < o.rows()*hoursADay {
		m.Values = append(m.Values, math.NaN())
	}
	return m
}
