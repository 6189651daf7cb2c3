package plots

import (
	"math"
	"slices"
)

// Lines shows how a quantity goes with another, such as memory with the number
// of weeks, as curves with a point at every measurement. Both axes begin at
// zero, but for a logarithmic horizontal one.
type Lines struct {
	Labels
	XAxis, YAxis  string // what is shown and its unit
	LogX          bool   // decades to the right; points at zero and below are left out
	Curves        []LineCurve
	Reference     float64 // height of a line to compare with; 0 for none
	ReferenceName string  // what the line is, for the legend
}

// LineCurve is one named series of measurements. X and Y have the same length;
// of unequal ones the shorter counts. A point that is not finite or under zero
// breaks the line.
type LineCurve struct {
	Name string
	X, Y []float64
}

// Aspect is that of a wide plot.
func (l Lines) Aspect(s Style) float64 {
	return 0.45 + 5*s.FontPt/(s.WidthMM*ptPerMM)
}

func (l Lines) draw(p *page, area rect) {
	curves := make([]LineCurve, len(l.Curves))
	var xs, ys []float64
	for i, c := range l.Curves {
		curves[i] = l.drawable(c)
		xs, ys = append(xs, curves[i].X...), append(ys, curves[i].Y...)
	}
	if _, _, ok := span(ys); !ok {
		p.message(area, "Nothing measured yet.")
		return
	}
	area = p.keys(l.legend(p), area)
	pn := p.newPanel(area, l.horizontal(p, xs, area.width()), l.vertical(ys))
	pn.grid()
	if l.Demo {
		p.watermark(pn.rect)
	}
	if l.Reference > 0 {
		y := pn.atY(bounded(l.Reference))
		p.rule(xy{pn.x0, y}, xy{pn.x1, y}, l.referenceLine(p))
	}
	for i, c := range curves {
		look := l.curveLine(p, i)
		p.strokeRuns(pn.runs(func(k int) float64 { return c.X[k] }, c.Y), look)
		for k := range c.Y {
			if finite(c.Y[k]) {
				p.fill(marker(CategoryShape(i), pn.point(c.X[k], c.Y[k]), 0.3*p.em), look.color)
			}
		}
	}
	pn.axes()
}

// drawable returns the curve in the axes' coordinates; what can't be drawn is NaN.
func (l Lines) drawable(c LineCurve) LineCurve {
	n := min(len(c.X), len(c.Y))
	out := LineCurve{Name: c.Name, X: slices.Clone(c.X[:n]), Y: slices.Clone(c.Y[:n])}
	for i := range n {
		x, y := out.X[i], out.Y[i]
		if !measured(x) || !measured(y) || l.LogX && x < smallest {
			out.X[i], out.Y[i] = 0, math.NaN()
			if l.LogX {
				out.X[i] = math.NaN()
			}
			continue
		}
		out.X[i], out.Y[i] = bounded(x), bounded(y)
		if l.LogX {
			out.X[i] = math.Log10(out.X[i])
		}
	}
	return out
}

func (l Lines) horizontal(p *page, xs []float64, width float64) axis {
	lo, hi, _ := span(xs)
	n := max(2, min(8, int(width/p.em/7)))
	if !l.LogX {
		hi = atLeast(hi, 1)
		return axis{label: l.XAxis, max: hi * 1.03, ticks: niceTicks(0, hi, n)}
	}
	lo, hi = math.Floor(lo), max(math.Ceil(hi), math.Floor(lo)+1)
	a := axis{label: l.XAxis, min: lo, max: hi}
	every := max(1, math.Ceil((hi-lo)/float64(n)))
	for d := lo; d <= hi; d += every {
		a.ticks = append(a.ticks, tick{d, number(math.Pow(10, d), math.Pow(10, d))})
	}
	return a
}

func (l Lines) vertical(ys []float64) axis {
	_, hi, _ := span(ys, []float64{l.Reference})
	hi = atLeast(hi, 1)
	return axis{label: l.YAxis, max: hi * 1.05, ticks: niceTicks(0, hi, 5)}
}

// atLeast returns a positive v, and otherwise the other.
func atLeast(v, other float64) float64 {
	if v > 0 {
		return v
	}
	return other
}

func (l Lines) legend(p *page) []key {
	var keys []key
	for i, c := range l.Curves {
		look := l.curveLine(p, i)
		keys = append(keys, key{name: c.Name, line: &look})
	}
	if l.Reference > 0 && l.ReferenceName != "" {
		look := l.referenceLine(p)
		keys = append(keys, key{name: l.ReferenceName, line: &look})
	}
	return keys
}

func (l Lines) curveLine(p *page, i int) line {
	return line{color: inkOf(CategoryColor(i)), width: 1.2 * dataLine * p.em}
}

func (l Lines) referenceLine(p *page) line {
	return line{color: p.muted, width: dataLine * p.em, dash: []float64{0.6 * p.em, 0.35 * p.em}}
}
