package plots

import "fmt"

// Overlay shows projections of the same weeks laid over each other: each week is a
// point in every layer, and a line joins them. Short lines mean that the layers
// place the week alike.
type Overlay struct {
	Labels
	Layers []Projection // aligned; point i is the same week in each
	Marked []int        // weeks whose points stand out and are named
	Names  []string     // of the weeks
}

// maxJoined is up to how many weeks all lines are drawn: more would hide the
// points.
const maxJoined = 300

// Aspect is that of a plot a little wider than high.
func (o Overlay) Aspect(s Style) float64 {
	return 0.75 + 4*s.FontPt/(s.WidthMM*ptPerMM)
}

func (o Overlay) draw(p *page, area rect) {
	weeks := o.weeks()
	if len(weeks) == 0 {
		p.message(area, "No embeddings to show.")
		return
	}
	var keys []key
	for i, l := range o.Layers {
		m := MarkOf(i)
		keys = append(keys, key{name: l.Name, color: inkOf(m.Color), shape: m.Shape})
	}
	area = p.keys(keys, area)
	x, y := o.axes(area.width()/p.em, area.height()/p.em)
	pn := p.newPanel(area, x, y)
	pn.grid()
	if o.Demo {
		p.watermark(pn.rect)
	}
	o.joined(pn, weeks)
	marked := o.marked()
	for i, l := range o.Layers {
		pn.scatter(l, paintAs(i, len(l.X)), marked)
	}
	pn.axes()
	pn.names(o.Layers[len(o.Layers)-1], o.Names, marked)
}

// paintAs gives n points the look of the i-th category.
func paintAs(i, n int) Paint {
	paint := Paint{Points: make([]Mark, n)}
	for k := range paint.Points {
		paint.Points[k] = MarkOf(i)
	}
	return paint
}

// weeks returns the weeks that have a place in every layer.
func (o Overlay) weeks() []int {
	var weeks []int
	if len(o.Layers) == 0 {
		return nil
	}
	for _, i := range o.Layers[0].shown() {
		everywhere := true
		for _, l := range o.Layers {
			everywhere = everywhere && i < min(len(l.X), len(l.Y)) && finite(l.X[i]) && finite(l.Y[i])
		}
		if everywhere {
			weeks = append(weeks, i)
		}
	}
	return weeks
}

// marked returns the marked weeks that there are.
func (o Overlay) marked() []int {
	n := len(o.Layers[0].X)
	var list []int
	for _, i := range o.Marked {
		if i >= 0 && i < n {
			list = append(list, i)
		}
	}
	return list
}

// axes returns axes that hold the points of every layer.
func (o Overlay) axes(widthEm, heightEm float64) (x, y axis) {
	all := Projection{Explained: o.Layers[0].Explained}
	for i := range all.Axes {
		all.Axes[i] = o.Layers[0].Axes[i]
		if all.Axes[i] == "" {
			all.Axes[i] = fmt.Sprintf("PC%d of %s", i+1, o.Layers[0].Name)
		}
	}
	for _, l := range o.Layers {
		all.X, all.Y = append(all.X, l.X...), append(all.Y, l.Y...)
	}
	return all.axes(widthEm, heightEm)
}

// joined draws the lines between a week's points.
func (o Overlay) joined(pn panel, weeks []int) {
	p := pn.p
	strong := make(map[int]bool, len(o.Marked))
	for _, i := range o.Marked {
		strong[i] = true
	}
	thin := line{color: faded(p.muted, 0.6), width: hairline * p.em}
	thick := line{color: p.ink, width: 1.6 * hairline * p.em}
	for _, i := range weeks {
		if !strong[i] && len(weeks) > maxJoined {
			continue
		}
		points := make([]xy, len(o.Layers))
		for k, l := range o.Layers {
			points[k] = pn.point(l.X[i], l.Y[i])
		}
		look := thin
		if strong[i] {
			look = thick
		}
		p.stroke(polyline(points...), look)
	}
}
