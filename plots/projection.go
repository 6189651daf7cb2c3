package plots

import (
	"fmt"
	"math"
)

// Projection is a set of points in the plane: an embedding's first two principal
// components, or any other two coordinates.
type Projection struct {
	Name      string     // of the panel where there are several: "PAT-M"
	X, Y      []float64  // NaN = not shown
	Axes      [2]string  // names of the axes; empty for PC1 and PC2
	Clock     [2]bool    // the axis is of hours, and its ticks are times of day
	Explained [2]float64 // shares of variance, 0 to 1; 0 = not stated
}

// shown returns which points have a place.
func (pr Projection) shown() []int {
	var ids []int
	for i := range min(len(pr.X), len(pr.Y)) {
		if finite(pr.X[i]) && finite(pr.Y[i]) {
			ids = append(ids, i)
		}
	}
	return ids
}

// axisName returns for example "PC1 (34.2 %)".
func (pr Projection) axisName(i int) string {
	name := pr.Axes[i]
	if name == "" {
		name = fmt.Sprintf("PC%d", i+1)
	}
	if pr.Explained[i] > 0 {
		name += fmt.Sprintf(" (%.1f %%)", 100*pr.Explained[i])
	}
	return name
}

// axes returns the axes of the projection over a plot area of a size in em.
func (pr Projection) axes(widthEm, heightEm float64) (x, y axis) {
	make1 := func(values []float64, i int, em float64) axis {
		lo, hi, _ := span(values)
		lo, hi = padded(lo, hi, 0.06)
		ticks := niceTicks(lo, hi, max(2, min(6, int(em/6))))
		if pr.Clock[i] {
			ticks = clockTicks(ticks)
		}
		return axis{label: pr.axisName(i), min: lo, max: hi, ticks: ticks}
	}
	return make1(pr.X, 0, widthEm), make1(pr.Y, 1, heightEm)
}

// pointRadius returns the radius of n points in a panel: small enough that they
// do not cover each other much.
func (pn panel) pointRadius(n int) float64 {
	side := math.Sqrt(pn.width() * pn.height())
	r := min(0.36*pn.p.em, 0.014*side)
	if n > 150 {
		r *= math.Pow(float64(n)/150, -0.3)
	}
	return max(r, 0.09*pn.p.em)
}

// scatter draws the points of a projection in a panel: in the order of the data,
// so that no group hides another, then the selected ones with a ring on top.
func (pn panel) scatter(pr Projection, paint Paint, selected []int) {
	p := pn.p
	ids := pr.shown()
	radius := pn.pointRadius(len(ids))
	chosen := make(map[int]bool, len(selected))
	for _, i := range selected {
		chosen[i] = true
	}
	opacity := 0.9
	if len(chosen) > 0 {
		opacity = 0.35
	}
	for _, i := range ids {
		if !chosen[i] {
			m := paint.Points[i]
			outline := marker(m.Shape, pn.point(pr.X[i], pr.Y[i]), radius)
			p.fill(outline, faded(inkOf(m.Color), opacity))
			if p.dark { // dark ends of a colour map are hard to see on a dark page
				p.stroke(outline, line{color: faded(p.muted, 0.7*opacity), width: hairline * p.em})
			}
		}
	}
	for _, i := range ids {
		if chosen[i] {
			m := paint.Points[i]
			outline := marker(m.Shape, pn.point(pr.X[i], pr.Y[i]), radius*1.35)
			p.fill(outline, inkOf(m.Color))
			p.stroke(outline, line{color: p.ring, width: 1.5 * hairline * p.em})
		}
	}
}

// names writes labels beside points, leaving out those that would overprint one
// that is there.
func (pn panel) names(pr Projection, names []string, ids []int) {
	p := pn.p
	size := captionSize * p.em
	var taken []rect
	for _, i := range ids {
		if i < 0 || i >= len(names) || i >= min(len(pr.X), len(pr.Y)) || !finite(pr.X[i]) || !finite(pr.Y[i]) {
			continue
		}
		s := shorten(clean(names[i]), 12*p.em, size, false)
		if box, at, ok := pn.place(pn.point(pr.X[i], pr.Y[i]), textWidth(s, size, false), size, taken); ok {
			taken = append(taken, box)
			p.put(s, at, label{size: size})
		}
	}
}

// place finds room for a name beside a point: right, left, above or below.
func (pn panel) place(c xy, width, size float64, taken []rect) (rect, xy, bool) {
	d := 0.55 * pn.p.em
	for _, at := range []xy{
		{c.x + d, c.y - size*capHeight/2},
		{c.x - d - width, c.y - size*capHeight/2},
		{c.x - width/2, c.y + d},
		{c.x - width/2, c.y - d - size*capHeight},
	} {
		box := rect{at.x, at.y - size*descent, at.x + width, at.y + size*capHeight}
		if box.x0 < pn.x0 || box.x1 > pn.x1 || box.y0 < pn.y0 || box.y1 > pn.y1 {
			continue
		}
		free := true
		for _, t := range taken {
			if box.x0 < t.x1 && t.x0 < box.x1 && box.y0 < t.y1 && t.y0 < box.y1 {
				free = false
				break
			}
		}
		if free {
			return box, at, true
		}
	}
	return rect{}, xy{}, false
}
