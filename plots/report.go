package plots

// Report is a page of text, tables and charts below each other.
type Report struct {
	Labels
	Blocks []Block
}

// Block is a part of a report: a Paragraph, a Grid, a Figure or Beside.
type Block interface {
	// height is what the block takes of a width, both in points.
	height(width, em float64) float64
	draw(p *page, area rect)
}

// sheetMargin is the margin of a report, which is printed as a sheet of its own,
// in em.
const sheetMargin = 4

// blockGap is the room between the blocks of a report, in em.
const blockGap = 1.1

// A4 is a sheet of 210 by 297 mm with 8 pt text.
func A4() Style { return Style{WidthMM: 210, HeightMM: 297, FontPt: 8, DPI: 300} }

// Aspect is as high as the blocks.
func (r Report) Aspect(s Style) float64 {
	em, width := s.FontPt, s.WidthMM*ptPerMM
	high := 2 * sheetMargin * em
	if r.Heading != "" && !s.HideTitle {
		high += titleSize * lineHeight * em
	}
	inner := width - 2*sheetMargin*em
	high += (float64(len(wrap(clean(r.Caption), inner, captionSize*em)))*captionSize*lineHeight + gap) * em
	if r.Demo {
		high += captionSize * lineHeight * em
	}
	for _, b := range r.Blocks {
		high += b.height(inner, em) + blockGap*em
	}
	return high / width
}

func (r Report) draw(p *page, area rect) {
	for _, b := range r.Blocks {
		high := b.height(area.width(), p.em)
		b.draw(p, rect{area.x0, area.y1 - high, area.x1, area.y1})
		area.y1 -= high + blockGap*p.em
	}
}

// heading draws a bold line at the top of an area and returns the rest.
func (p *page) heading(s string, area rect) rect {
	if s == "" {
		return area
	}
	p.put(shorten(clean(s), area.width(), p.em, true), xy{area.x0, area.y1 - p.em*capHeight}, label{bold: true})
	area.y1 -= headingHeight(s, p.em)
	return area
}

func headingHeight(s string, em float64) float64 {
	if s == "" {
		return 0
	}
	return 1.5 * em
}

// Paragraph is text that wraps, under a heading.
type Paragraph struct{ Heading, Text string }

func (t Paragraph) height(width, em float64) float64 {
	return headingHeight(t.Heading, em) + float64(len(wrap(clean(t.Text), width, tickSize*em)))*tickSize*lineHeight*em
}

func (t Paragraph) draw(p *page, area rect) {
	area = p.heading(t.Heading, area)
	p.lines(wrap(clean(t.Text), area.width(), tickSize*p.em), area, tickSize*p.em, false)
}

// lines writes lines from the top of an area.
func (p *page) lines(lines []string, area rect, size float64, muted bool) {
	look := label{size: size}
	if muted {
		look.color = &p.muted
	}
	y := area.y1 - size*capHeight
	for _, l := range lines {
		p.put(l, xy{area.x0, y}, look)
		y -= size * lineHeight
	}
}

// Grid is a table: the first column to the left, the others to the right.
type Grid struct {
	Heading string
	Head    []string
	Rows    [][]string
	Note    string // small, below
}

// gridRow is the height of a table's row, in em.
const gridRow = tickSize * 1.55

func (g Grid) height(width, em float64) float64 {
	note := float64(len(wrap(clean(g.Note), width, captionSize*em))) * captionSize * lineHeight * em
	if g.Note != "" {
		note += 0.3 * em
	}
	return headingHeight(g.Heading, em) + float64(len(g.Rows)+1)*gridRow*em + note
}

func (g Grid) draw(p *page, area rect) {
	area = p.heading(g.Heading, area)
	widths := g.widths(area.width(), p.em)
	g.row(p, g.Head, widths, area, true)
	area.y1 -= gridRow * p.em
	p.rule(xy{area.x0, area.y1 + 0.25*p.em}, xy{area.x1, area.y1 + 0.25*p.em}, p.axisLine())
	for _, cells := range g.Rows {
		g.row(p, cells, widths, area, false)
		area.y1 -= gridRow * p.em
	}
	if g.Note != "" {
		area.y1 -= 0.3 * p.em
		p.lines(wrap(clean(g.Note), area.width(), captionSize*p.em), area, captionSize*p.em, true)
	}
}

// widths shares a width among the columns: what each needs, and equal parts of the
// rest; where they need more than there is, all are narrowed alike.
func (g Grid) widths(width, em float64) []float64 {
	widths := make([]float64, len(g.Head))
	sum := 0.0
	for i := range widths {
		widths[i] = textWidth(clean(g.Head[i]), tickSize*em, true)
		for _, row := range g.Rows {
			if i < len(row) {
				widths[i] = max(widths[i], textWidth(clean(row[i]), tickSize*em, false))
			}
		}
		widths[i] += em
		sum += widths[i]
	}
	for i := range widths {
		if sum > width {
			widths[i] *= width / sum
			continue
		}
		widths[i] += (width - sum) / float64(len(widths))
	}
	return widths
}

func (g Grid) row(p *page, cells []string, widths []float64, area rect, bold bool) {
	size := tickSize * p.em
	x, y := area.x0, area.y1-size*capHeight-0.15*p.em
	for i, cell := range cells {
		if i == len(widths) {
			return
		}
		s := shorten(clean(cell), widths[i]-0.4*p.em, size, bold)
		if i == 0 {
			p.put(s, xy{x, y}, label{size: size, bold: bold})
		} else {
			p.put(s, xy{x + widths[i], y}, label{size: size, bold: bold, h: 1})
		}
		x += widths[i]
	}
}

// Figure is a chart with its heading.
type Figure struct {
	Chart  Chart
	Height float64 // over the width; 0 as the chart's Aspect asks
}

func (f Figure) height(width, em float64) float64 {
	aspect := f.Height
	if aspect == 0 {
		aspect = f.Chart.Aspect(Style{WidthMM: width / ptPerMM, FontPt: em})
	}
	return headingHeight(f.Chart.Title(), em) + aspect*width
}

func (f Figure) draw(p *page, area rect) {
	area = p.heading(f.Chart.Title(), area)
	f.Chart.draw(p, area)
}

// Beside puts blocks side by side in parts of equal width.
type Beside []Block

func (b Beside) height(width, em float64) float64 {
	high := 0.0
	for i := range b {
		part := cell(rect{0, 0, width, 1}, i, len(b), besideGap*em, false)
		high = max(high, b[i].height(part.width(), em))
	}
	return high
}

// besideGap is the room between blocks side by side, in em.
const besideGap = 2

func (b Beside) draw(p *page, area rect) {
	for i := range b {
		part := cell(area, i, len(b), besideGap*p.em, false)
		part.y0 = part.y1 - min(b[i].height(part.width(), p.em), part.height())
		b[i].draw(p, part)
	}
}
