package plots

import (
	"fmt"
	"math"
)

// Components shows in which ways average days differ between people: a panel a
// principal component, with the mean of all days and what a person has whose score is
// one SD above and below it.
type Components struct {
	Labels
	Mean       []float64 // over evenly spaced bins from midnight to midnight
	Components []DayComponent
	Unit       string
}

// DayComponent is one component.
type DayComponent struct {
	Curve     []float64 // as long as the mean: what a score of one SD adds to it
	Explained float64   // share of the variance
}

// Sizes of a panel over the em, with its axes.
const (
	componentWidth  = 20 // that one has at least where there is height enough
	componentNarrow = 12 // that one has at least
	componentHeight = 14
	componentLow    = 10 // under which panels rather stand side by side
)

// columns returns how many panels stand side by side on an area of so many em.
func (c Components) columns(width, height float64) int {
	n := len(c.Components)
	columns := max(1, min(int(width/componentWidth), (n+1)/2, 3))
	for columns < n && width/float64(columns+1) >= componentNarrow && height/float64(rowsOf(n, columns)) < componentLow {
		columns++
	}
	return columns
}

func rowsOf(n, columns int) int { return max(1, (n+columns-1)/columns) }

// Aspect gives every row of panels the same height.
func (c Components) Aspect(s Style) float64 {
	rows := rowsOf(len(c.Components), c.columns(s.WidthMM*ptPerMM/s.FontPt, math.Inf(1)))
	return (componentHeight*float64(rows)*s.FontPt + around(c.Labels, c.keys, s)) / (s.WidthMM * ptPerMM)
}

func (c Components) draw(p *page, area rect) {
	lo, hi, ok := c.span()
	if !ok {
		p.message(area, "There are no components.")
		return
	}
	area = p.keys(c.keys(p), area)
	columns := c.columns(area.width()/p.em, area.height()/p.em)
	rows := rowsOf(len(c.Components), columns)
	for i := range c.Components {
		row := cell(area, i/columns, rows, p.em, true)
		c.panel(p, cell(row, i%columns, columns, 1.5*p.em, false), i, lo, hi)
	}
}

// span returns the range of all curves, which the panels share.
func (c Components) span() (lo, hi float64, ok bool) {
	all := [][]float64{c.Mean}
	for _, one := range c.Components {
		all = append(all, c.away(one, 1), c.away(one, -1))
	}
	lo, hi, ok = span(all...)
	lo, hi = padded(min(lo, 0), hi, 0.03)
	return lo, hi, ok && len(c.Components) > 0
}

// away is the day of a person some SD away from the mean.
func (c Components) away(one DayComponent, sd float64) []float64 {
	day := make([]float64, len(c.Mean))
	for i, v := range c.Mean {
		day[i] = math.NaN()
		if i < len(one.Curve) {
			day[i] = v + sd*one.Curve[i]
		}
	}
	return day
}

func (c Components) panel(p *page, area rect, i int, lo, hi float64) {
	one, size := c.Components[i], tickSize*p.em
	name := fmt.Sprintf("Component %d: %.3g %%", i+1, 100*one.Explained)
	if long := name + " of the variance"; textWidth(long, size, true) <= area.width() {
		name = long
	}
	p.put(shorten(name, area.width(), size, true), xy{area.x0, area.y1 - size*capHeight}, label{size: size, bold: true})
	area.y1 -= size * lineHeight
	pn := p.newPanel(area,
		axis{label: "Clock time (h)", max: 24, ticks: hourTicks(1, area.width()*0.85, p.em)},
		axis{label: c.Unit, min: lo, max: hi, ticks: niceTicks(lo, hi, max(2, min(5, int(area.height()/p.em/3))))})
	pn.grid()
	if c.Demo {
		p.watermark(pn.rect)
	}
	bin := 24 / float64(max(len(c.Mean), 1))
	middle := func(i int) float64 { return (float64(i) + 0.5) * bin }
	for k, day := range [][]float64{c.Mean, c.away(one, -1), c.away(one, 1)} {
		p.strokeRuns(pn.runs(middle, day), c.lines(p)[k])
	}
	pn.axes()
}

// lines are those of the mean, of one SD below and of one SD above.
func (c Components) lines(p *page) [3]line {
	below := dashed(p, p.second)
	below.width = 1.2 * dataLine * p.em
	return [3]line{
		{color: p.muted, width: dataLine * p.em},
		below,
		{color: p.accent, width: 1.5 * dataLine * p.em},
	}
}

func (c Components) keys(p *page) []key {
	lines := c.lines(p)
	return []key{
		{name: "mean of the smooth days", line: &lines[0]},
		{name: "a score 1 SD above", line: &lines[2]},
		{name: "a score 1 SD below", line: &lines[1]},
	}
}
