package plots

import (
	"image/color"
	"slices"
)

// Bars compares measured amounts, such as the time a week takes in several
// programs, as horizontal bars from zero.
type Bars struct {
	Labels
	Axis          string   // what is measured and its unit: "Time a week (ms)"
	Series        []string // names of the bars of a row, for the legend; a single one needs none
	Rows          []BarRow // from the top
	Reference     float64  // where a line to compare with stands; 0 for none
	ReferenceName string   // what the line is, for the legend
}

// BarRow is one name with a bar for each series.
type BarRow struct {
	Name   string
	Values []float64 // one a series; NaN and negative values are shown as not measured
	Strong bool      // set apart from the other rows: in bold, and in full colour
}

// Heights over the em.
const (
	barThickness = 1.05 // of one bar
	barRowGap    = 0.6  // between rows
)

// notMeasured stands in the place of a bar without a value.
const notMeasured = "not measured"

// series returns how many bars a row has, at least one.
func (b Bars) series() int {
	n := 1
	for _, r := range b.Rows {
		n = max(n, len(r.Values))
	}
	return n
}

// Aspect gives every bar a line of text.
func (b Bars) Aspect(s Style) float64 {
	rows := float64(max(len(b.Rows), 2)) * (barThickness*float64(b.series()) + barRowGap)
	const around = 8.5 // title, legend, axis and footer
	return (rows + around) * s.FontPt / (s.WidthMM * ptPerMM)
}

func (b Bars) draw(p *page, area rect) {
	if len(b.Rows) == 0 {
		p.message(area, "Nothing measured yet.")
		return
	}
	area = p.keys(b.legend(p), area)
	top := b.longest()
	size := tickSize * p.em
	y := axis{max: float64(len(b.Rows))}
	for i, r := range b.Rows {
		name := shorten(clean(r.Name), area.width()*0.4, size, r.Strong)
		y.ticks = append(y.ticks, tick{at: float64(len(b.Rows)-i) - 0.5, label: name})
	}
	x := axis{label: b.Axis, max: top * 1.02, ticks: niceTicks(0, top, max(2, min(8, int(area.width()/p.em/8))))}
	pn := p.newPanel(area, x, y)
	if pn.width() > 0 { // values are written past the bars' ends
		pn.x.max = top * min(pn.width()/max(pn.width()-b.valueWidth(p), 0), 3)
	}
	pn.verticalGrid()
	if b.Demo {
		p.watermark(pn.rect)
	}
	for i, r := range b.Rows {
		b.row(pn, i, r)
	}
	if b.Reference > 0 && finite(b.Reference) {
		at := pn.atX(bounded(b.Reference))
		p.rule(xy{at, pn.y0}, xy{at, pn.y1}, b.referenceLine(p))
	}
	pn.xAxis()
	p.rule(xy{pn.x0, pn.y0}, xy{pn.x0, pn.y1}, p.axisLine())
}

// longest returns the end of the longest bar or the reference, whichever is
// further; 1 where there is none.
func (b Bars) longest() float64 {
	values := []float64{b.Reference}
	for _, r := range b.Rows {
		values = append(values, r.Values...)
	}
	if _, hi, _ := span(values); hi > 0 {
		return hi
	}
	return 1
}

// measured reports whether a value can be drawn as a bar.
func measured(v float64) bool { return v >= 0 && finite(v) }

func valueText(v float64) string {
	if !measured(v) {
		return notMeasured
	}
	return significant(bounded(v))
}

// valueWidth returns the room that the widest value needs.
func (b Bars) valueWidth(p *page) float64 {
	w := 0.0
	for _, r := range b.Rows {
		for _, v := range r.Values {
			if measured(v) {
				w = max(w, textWidth(valueText(v), tickSize*p.em, r.Strong))
			}
		}
	}
	return w + 2*gap*p.em
}

// row draws the name of a row and its bars from the top down.
func (b Bars) row(pn panel, i int, r BarRow) {
	p, n := pn.p, b.series()
	size := tickSize * p.em
	t := pn.y.ticks[i]
	p.put(t.label, xy{pn.x0 - gap*p.em, pn.atY(t.at)}, label{size: size, h: 1, v: 0.5, bold: r.Strong})
	share := barRowGap / (barThickness*float64(n) + barRowGap)
	height := pn.height() / float64(len(b.Rows)) * (1 - share) / float64(n)
	top := pn.atY(t.at) + height*float64(n)/2
	size = min(size, height*0.95)
	for k, v := range r.Values {
		bar := rect{pn.x0, top - height*float64(k+1), pn.x0, top - height*float64(k)}
		look := label{size: size, v: 0.5, bold: r.Strong, color: &p.ink}
		if measured(v) {
			bar.x1 = pn.atX(bounded(v))
			p.fill(bar.path(), b.ink(p, k, r.Strong))
			p.stroke(bar.path(), line{color: p.paper, width: hairline * p.em})
		} else {
			look.color = &p.muted
		}
		p.put(valueText(v), xy{bar.x1 + gap*p.em, (bar.y0 + bar.y1) / 2}, look)
	}
}

// ink returns the colour of a series. Where rows are set apart, the others are
// paler.
func (b Bars) ink(p *page, k int, strong bool) color.NRGBA {
	c := p.accent
	if b.series() > 1 {
		c = inkOf(CategoryColor(k))
	}
	if !strong && slices.ContainsFunc(b.Rows, func(r BarRow) bool { return r.Strong }) {
		return faded(c, 0.45)
	}
	return faded(c, 0.85)
}

func (b Bars) legend(p *page) []key {
	var keys []key
	for k, name := range b.Series {
		keys = append(keys, key{name: name, color: b.ink(p, k, true), shape: Square})
	}
	if b.Reference > 0 && b.ReferenceName != "" {
		look := b.referenceLine(p)
		keys = append(keys, key{name: b.ReferenceName, line: &look})
	}
	return keys
}

func (b Bars) referenceLine(p *page) line {
	return line{color: p.second, width: dataLine * p.em, dash: []float64{0.6 * p.em, 0.35 * p.em}}
}
