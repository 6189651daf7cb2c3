package plots

import "math"

const quarterTurn = math.Pi / 2

// axis is a scale with its ticks.
type axis struct {
	label    string
	min, max float64
	ticks    []tick
	bare     bool // marks without labels, where a panel below carries them
}

// at returns where a value lies on the axis, from 0 to 1.
func (a axis) at(v float64) float64 {
	if a.max == a.min {
		return 0.5
	}
	return (v - a.min) / (a.max - a.min)
}

// panel is a plot area with a horizontal and a vertical axis.
type panel struct {
	rect
	x, y axis
	p    *page
	left float64 // room left of the axis, where it is shared with other panels; 0 for its own
}

// point returns where data lie on the page.
func (pn panel) point(x, y float64) xy { return xy{pn.atX(x), pn.atY(y)} }

// atX and atY return where a value lies on the page; one beyond the axis lies on
// its end.
func (pn panel) atX(x float64) float64 { return pn.x0 + pn.width()*clamp01(pn.x.at(x)) }
func (pn panel) atY(y float64) float64 { return pn.y0 + pn.height()*clamp01(pn.y.at(y)) }

func clamp01(t float64) float64 { return min(max(t, 0), 1) }

// leftOf returns the room a vertical axis needs.
func (p *page) leftOf(a axis) float64 {
	w := 0.0
	for _, t := range a.ticks {
		w = max(w, textWidth(clean(t.label), tickSize*p.em, false))
	}
	w += (tickLength + gap) * p.em
	if a.label != "" {
		w += (1 + gap) * p.em
	}
	return w
}

// belowOf returns the room a horizontal axis needs.
func (p *page) belowOf(a axis) float64 {
	if a.bare {
		return tickLength * p.em
	}
	h := (tickLength + gap + tickSize*capHeight + descent*tickSize) * p.em
	if a.label != "" {
		h += (capHeight + gap + descent) * p.em
	}
	return h
}

// rightOf returns how far the last tick's label hangs over the end of the axis.
func (p *page) rightOf(a axis) float64 {
	if a.bare || len(a.ticks) == 0 {
		return 0
	}
	last := a.ticks[len(a.ticks)-1]
	hang := textWidth(clean(last.label), tickSize*p.em, false) / 2
	return max(0, hang) * a.at(last.at)
}

// axes draws both axes: a line to the left and below, ticks outwards.
func (pn panel) axes() {
	pn.xAxis()
	pn.yAxis()
}

func (pn panel) xAxis() {
	p, l := pn.p, pn.p.axisLine()
	p.rule(xy{pn.x0 - l.width/2, pn.y0}, xy{pn.x1 + l.width/2, pn.y0}, l)
	base := pn.y0 - (tickLength+gap+tickSize*capHeight)*p.em
	for _, t := range pn.x.ticks {
		x := pn.atX(t.at)
		length := tickLength * p.em
		if t.label == "" {
			length *= 0.6
		}
		p.rule(xy{x, pn.y0}, xy{x, pn.y0 - length}, l)
		if !pn.x.bare {
			p.put(clean(t.label), xy{x, base}, label{size: tickSize * p.em, h: 0.5})
		}
	}
	if pn.x.label != "" && !pn.x.bare {
		base -= (descent*tickSize + gap + capHeight) * p.em
		s := shorten(clean(pn.x.label), pn.width()*1.1, p.em, false)
		p.put(s, xy{(pn.x0 + pn.x1) / 2, base}, label{h: 0.5})
	}
}

func (pn panel) yAxis() {
	p, l := pn.p, pn.p.axisLine()
	p.rule(xy{pn.x0, pn.y0 - l.width/2}, xy{pn.x0, pn.y1 + l.width/2}, l)
	last := math.Inf(-1) // where the label before stands
	for _, t := range pn.y.ticks {
		y := pn.atY(t.at)
		p.rule(xy{pn.x0, y}, xy{pn.x0 - tickLength*p.em, y}, l)
		if math.Abs(y-last) < tickSize*p.em {
			continue // it would overprint its neighbour
		}
		last = y
		p.put(clean(t.label), xy{pn.x0 - (tickLength+gap*0.7)*p.em, y}, label{size: tickSize * p.em, h: 1, v: 0.5})
	}
	pn.yLabel()
}

// yLabel writes the name of the vertical axis, turned, left of its ticks.
func (pn panel) yLabel() {
	if pn.y.label == "" {
		return
	}
	p := pn.p
	s := shorten(clean(pn.y.label), pn.height()*1.05, p.em, false)
	x := pn.x0 - max(pn.left, p.leftOf(pn.y)) + capHeight*p.em
	p.put(s, xy{x, (pn.y0 + pn.y1) / 2}, label{h: 0.5, angle: quarterTurn})
}

// grid draws lines behind the data at the ticks of both axes.
func (pn panel) grid() {
	pn.verticalGrid()
	for _, t := range pn.y.ticks {
		y := pn.atY(t.at)
		pn.p.rule(xy{pn.x0, y}, xy{pn.x1, y}, pn.p.gridLine())
	}
}

func (pn panel) verticalGrid() {
	for _, t := range pn.x.ticks {
		if t.label == "" {
			continue
		}
		x := pn.atX(t.at)
		pn.p.rule(xy{x, pn.y0}, xy{x, pn.y1}, pn.p.gridLine())
	}
}

// runs returns the points of a series, broken where a value is missing.
func (pn panel) runs(x func(i int) float64, y []float64) [][]xy {
	var runs [][]xy
	var run []xy
	for i, v := range y {
		if math.IsNaN(v) {
			if run != nil {
				runs = append(runs, run)
			}
			run = nil
			continue
		}
		run = append(run, pn.point(x(i), v))
	}
	if run != nil {
		runs = append(runs, run)
	}
	return runs
}

// caption says above a panel, small, what it shows.
func (pn panel) caption(s string) {
	p, size := pn.p, captionSize*pn.p.em
	p.put(shorten(clean(s), pn.width(), size, false), xy{pn.x0 + 0.2*p.em, pn.y1 + 0.3*p.em}, label{size: size, color: &p.muted})
}

// newPanel cuts a panel out of an area, leaving room for its axes.
func (p *page) newPanel(area rect, x, y axis) panel {
	r := area.inset(p.leftOf(y), p.belowOf(x), p.rightOf(x), tickSize*capHeight*p.em/2)
	return panel{rect: r, x: x, y: y, p: p}
}
