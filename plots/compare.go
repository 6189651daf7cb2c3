package plots

// Compare shows projections of the same weeks side by side, such as those of
// PAT-S, PAT-M and PAT-L. Point i is the same week in each: it has the same
// colour and is selected in all.
type Compare struct {
	Labels
	Panels   []Projection
	Color    Coloring
	Selected []int
	Notes    []string // one a panel, below its axes: time a week, agreement
}

// minPanelEm is the width under which panels stand below each other.
const minPanelEm = 14

// stacked reports whether panels of a page's width would be too narrow.
func (c Compare) stacked(widthEm float64) bool {
	return len(c.Panels) > 1 && widthEm/float64(len(c.Panels)) < minPanelEm
}

// Aspect gives each panel about a square, side by side where the page is wide
// enough.
func (c Compare) Aspect(s Style) float64 {
	n := float64(max(len(c.Panels), 1))
	width := s.WidthMM * ptPerMM / s.FontPt // in em
	const around = 8.5
	if c.stacked(width) {
		return 0.65*n + around/width
	}
	return 1/n + around/width
}

func (c Compare) draw(p *page, area rect) {
	if len(c.Panels) == 0 {
		p.message(area, "No projections to compare.")
		return
	}
	n := 0
	for _, panel := range c.Panels {
		n = max(n, len(panel.X))
	}
	paint := c.Color.Paint(n)
	area = p.legendOf(c.Color, paint, area, n)
	stacked := c.stacked(area.width()/p.em) && area.height() > float64(len(c.Panels))*minPanelEm*p.em*0.6
	for i, projection := range c.Panels {
		c.panel(p, cell(area, i, len(c.Panels), p.em, stacked), projection, paint, i)
	}
}

// cell returns the i-th of n parts of an area with a space between them: below
// each other or side by side.
func cell(area rect, i, n int, space float64, stacked bool) rect {
	part := func(length float64) (start, size float64) {
		size = max(0, (length-float64(n-1)*space)/float64(n))
		return float64(i) * (size + space), size
	}
	if stacked {
		start, size := part(area.height())
		return rect{area.x0, area.y1 - start - size, area.x1, area.y1 - start}
	}
	start, size := part(area.width())
	return rect{area.x0 + start, area.y0, area.x0 + start + size, area.y1}
}

func (c Compare) panel(p *page, r rect, projection Projection, paint Paint, i int) {
	size := tickSize * p.em
	if len(c.Notes) > 0 {
		if i < len(c.Notes) {
			note := shorten(clean(c.Notes[i]), r.width(), captionSize*p.em, false)
			p.put(note, xy{(r.x0 + r.x1) / 2, r.y0 + captionSize*descent*p.em}, label{size: captionSize * p.em, h: 0.5, color: &p.muted})
		}
		r.y0 += captionSize * lineHeight * p.em
	}
	name := shorten(clean(projection.Name), r.width(), size, true)
	top := r.y1
	r.y1 -= size * lineHeight
	x, y := projection.axes(r.width()/p.em, r.height()/p.em)
	pn := p.newPanel(r, x, y)
	p.put(name, xy{pn.x0, top - size*capHeight}, label{size: size, bold: true})
	pn.grid()
	if c.Demo {
		p.watermark(pn.rect)
	}
	if len(projection.shown()) == 0 {
		p.message(pn.rect, "No embeddings to show.")
	}
	pn.scatter(projection, paint, c.Selected)
	pn.axes()
}
