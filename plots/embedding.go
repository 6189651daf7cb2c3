package plots

// Embedding shows weeks as points of a projection.
type Embedding struct {
	Labels
	Projection
	Color    Coloring
	Selected []int    // indices of points drawn with a ring; the others fade
	Names    []string // of the points; written beside the selected ones
	NameAll  bool     // written beside all, where there is room
}

// Title returns the heading.
func (e Embedding) Title() string { return e.Heading }

// Aspect is that of a plot a little wider than high.
func (e Embedding) Aspect(s Style) float64 {
	extra := 2.0
	if e.Color.Categories != nil {
		extra += 2.5
	}
	return 0.78 + extra*s.FontPt/(s.WidthMM*ptPerMM)
}

func (e Embedding) draw(p *page, area rect) {
	n := min(len(e.X), len(e.Y))
	paint := e.Color.Paint(n)
	area = p.legendOf(e.Color, paint, area, n)
	x, y := e.axes(area.width()/p.em, area.height()/p.em)
	pn := p.newPanel(area, x, y)
	pn.grid()
	if e.Demo {
		p.watermark(pn.rect)
	}
	if len(e.shown()) == 0 {
		pn.axes()
		p.message(pn.rect, "No embeddings to show.")
		return
	}
	pn.scatter(e.Projection, paint, e.Selected)
	pn.axes()
	ids := e.Selected
	if e.NameAll {
		ids = append(append([]int(nil), ids...), e.shown()...)
	}
	pn.names(e.Projection, e.Names, ids)
}

// legendOf draws the legend of a colouring, keys above or a bar to the right,
// and returns the area that is left.
func (p *page) legendOf(c Coloring, paint Paint, area rect, n int) rect {
	switch {
	case c.Categories != nil && n > 0:
		if c.Name != "" {
			size := tickSize * p.em
			p.put(shorten(clean(c.Name), area.width(), size, true), xy{area.x0, area.y1 - size*capHeight}, label{size: size, bold: true})
			area.y1 -= size * lineHeight
		}
		return p.keys(paint.keys(), area)
	case c.Numbers != nil && n > paint.NoValue:
		if paint.NoValue > 0 {
			area = p.keys(paint.keys(), area)
		}
		b := c.bar(paint)
		r := area
		r.x0 = max(r.x1-b.verticalWidth(p), r.x0)
		// As high as the plot beside it, whose axis needs room below.
		r.y0 += p.belowOf(axis{label: "x", ticks: []tick{{}}})
		r.y1 -= tickSize * capHeight * p.em / 2
		if r.y1 > r.y0 {
			b.vertical(p, r)
		}
		area.x1 = max(r.x0-1.2*p.em, area.x0)
	}
	return area
}
