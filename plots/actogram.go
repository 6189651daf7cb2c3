package plots

import (
	"image"
	"math"
	"slices"

	"circascope/actigraphy"
)

// Actogram shows one recording day by day as a heatmap, the average day under it
// and, where the device measured light, the average day of light.
type Actogram struct {
	Labels
	Activity DayMatrix
	Light    DayMatrix // in lux; without rows where there is none
	Double   bool      // 48 hours a row, each day drawn twice
	Linear   bool      // colours by v instead of log(1+v)
	Max      float64   // upper end of the colour scale; 0 for AutoScale's
	Colors   *ColorMap // nil for cividis
	Masks    []MaskPaint
}

// stripMinutes is the bin of the average-day strips.
const stripMinutes = 10

// NewActogram returns the actogram of a recording, headed by the participant.
func NewActogram(r *actigraphy.Recording) (Actogram, error) {
	activity, err := Days(r, "")
	if err != nil {
		return Actogram{}, err
	}
	a := Actogram{Labels: Labels{Heading: r.Subject}, Activity: activity}
	if _, _, lit := span(r.Channels[actigraphy.ChannelLight]); lit {
		a.Light, err = Days(r, actigraphy.ChannelLight)
	}
	return a, err
}

// Scale returns the colour scale of the actogram.
func (a Actogram) Scale() Scale {
	s := AutoScale(a.Activity.Values, !a.Linear)
	if a.Max > 0 {
		s.Max = a.Max
	}
	return s
}

// Heights over the em.
const (
	rowHeight       = 2.0
	minRowHeight    = 0.35
	stripHeight     = 3.4
	stripGap        = 1.5 // room for the strip's name
	minHeatHeight   = 6.0 // what strips leave to the days
	maxHeatHeight   = 14.0
	minLegendHeight = 12.0
)

// Aspect gives every day two lines of text, and less where there are many days.
func (a Actogram) Aspect(s Style) float64 {
	width := s.WidthMM * ptPerMM / s.FontPt // in em
	rows := float64(max(a.Activity.Rows(), 3))
	row := min(max(min(rowHeight, width*1.1/rows), minRowHeight), rowHeight)
	strips := stripHeight + stripGap
	if a.Light.Rows() > 0 {
		strips *= 2
	}
	const around = 2*margin + titleSize*lineHeight + 4 + horizontalBarHeight + 3
	masks := 0.0
	if n := len(a.Masks); n > 0 {
		masks = maskLegendGap + maskLegendRow*float64((n+1)/2)
	}
	return (rows*row + strips + masks + around) / width
}

func (a Actogram) days() int {
	if a.Double {
		return 2
	}
	return 1
}

func (a Actogram) draw(p *page, area rect) {
	if a.Activity.Validate() != nil || a.Activity.Rows() == 0 {
		p.message(area, "This recording has no epochs to show.")
		return
	}
	if area.height() > minLegendHeight*p.em {
		area = a.legend(p, area)
	}
	strips := a.strips()
	heatHeight := min(max(lineHeight*float64(a.Activity.Rows()), minHeatHeight), maxHeatHeight)
	for len(strips) > 0 && area.height() < (heatHeight+float64(len(strips))*(stripHeight+stripGap))*p.em {
		strips = strips[:len(strips)-1] // a small view shows the days first
	}
	x := axis{label: a.Activity.Hours, max: float64(24 * a.days())}
	heat := axis{min: float64(a.Activity.Rows()), ticks: a.rowTicks(area.height()/p.em - float64(len(strips))*(stripHeight+stripGap))}
	left := p.leftOf(heat)
	for _, s := range strips {
		left = max(left, p.leftOf(s.y))
	}
	area.x0 += left
	x.ticks = hourTicks(a.days(), area.width(), p.em)
	area.x1 -= p.rightOf(x)
	area.y0 += p.belowOf(x)

	for i := len(strips) - 1; i >= 0; i-- {
		r := area
		r.y1 = min(r.y0+stripHeight*p.em, area.y1)
		axisOf := x
		axisOf.bare = i < len(strips)-1
		strips[i].draw(panel{rect: r, x: axisOf, y: strips[i].y, p: p}, a.days())
		area.y0 = min(r.y1+stripGap*p.em, area.y1)
	}
	x.bare = true
	a.heatmap(panel{rect: area, x: x, y: heat, p: p})
}

func (a Actogram) heatmap(pn panel) {
	p := pn.p
	p.raster(pn.rect, func(w, h int) *image.RGBA {
		var raster HeatmapRaster
		return raster.Draw(a.Activity, w, h, HeatmapView{
			Days: a.days(), Colors: a.Colors, Scale: a.Scale(), Dark: p.dark, Dot: p.dot(), Masks: a.Masks,
		})
	})
	pn.axes()
}

// rowTicks labels the middle of the days, every day or every few where they are
// closer than a line of text.
func (a Actogram) rowTicks(heightEm float64) []tick {
	rows := a.Activity.Rows()
	every := 1
	if perRow := max(heightEm, 1) / float64(rows); perRow < lineHeight {
		every = int(math.Ceil(lineHeight / perRow))
	}
	var ticks []tick
	for i := 0; i < rows; i += every {
		ticks = append(ticks, tick{float64(i) + 0.5, a.Activity.Labels[i]})
	}
	return ticks
}

// legend draws the colour scale and the pattern of missing data at the foot of
// the area and returns the area above.
func (a Actogram) legend(p *page, area rect) rect {
	entries := a.swatches(p)
	h := horizontalBarHeight * p.em
	widest := 0.0
	for _, e := range entries {
		widest = max(widest, (swatchWidth+gap)*p.em+textWidth(e.words, tickSize*p.em, false))
	}
	foot := rect{area.x0, area.y0, area.x1, area.y0 + h}
	bar := foot
	bar.x1 = max(bar.x0+4*p.em, min(bar.x1-widest-2.5*p.em, bar.x0+32*p.em))
	bar.x0 += 0.8 * p.em
	s := a.Scale()
	name := "Activity: " + a.Activity.Unit
	if s.Log {
		name += " (log scale)"
	}
	colors := a.Colors
	if colors == nil {
		colors = Cividis
	}
	_, top, _ := span(a.Activity.Values)
	colorBar{colors: colors, norm: s.Norm, ticks: s.ticks(5), name: name, more: top > s.Max, room: foot.x1 - bar.x0}.horizontal(p, bar)
	y := bar.y1 - (capHeight+gap+descent*0.5+barHeight)*p.em
	for i, e := range entries {
		p.boxed(xy{bar.x1 + 1.8*p.em, y + float64(len(entries)-1-i)*(barHeight+gap)*p.em - float64(len(entries)-1)*0.5*(barHeight+gap)*p.em}, e.words, e.fill)
	}
	area.y0 = min(foot.y1+gap*p.em, area.y1)
	return a.maskLegend(p, area)
}

// maskLegend names the masks, in rows at the foot of the area, and returns the
// area above.
func (a Actogram) maskLegend(p *page, area rect) rect {
	if len(a.Masks) == 0 {
		return area
	}
	rows := [][]MaskPaint{nil}
	x := area.x0
	for _, m := range a.Masks {
		width := (swatchWidth+gap+1.6)*p.em + textWidth(m.Name, tickSize*p.em, false)
		if n := len(rows) - 1; len(rows[n]) > 0 && x+width > area.x1 {
			rows, x = append(rows, nil), area.x0
		}
		n := len(rows) - 1
		rows[n] = append(rows[n], m)
		x += width
	}
	area.y0 += maskLegendGap * p.em
	for i := len(rows) - 1; i >= 0; i-- {
		x := area.x0 + 0.8*p.em
		for _, m := range rows[i] {
			x = p.maskSwatch(xy{x, area.y0}, m) + 1.6*p.em
		}
		area.y0 += maskLegendRow * p.em
	}
	return area
}

// Heights of the legend of masks over the em.
const (
	maskLegendRow = 1.5
	maskLegendGap = 0.6 // under it
)

// swatchOf is an entry of the legend: a box and what it means.
type swatchOf struct {
	words string
	fill  func(rect)
}

// swatches lists what cells without a colour of the scale mean, and the marks that
// there are.
func (a Actogram) swatches(p *page) []swatchOf {
	list := []swatchOf{{"not recorded", p.hatched}}
	for _, kind := range []ClockMarkKind{Skipped, Twice} {
		if slices.ContainsFunc(a.Activity.Marks, func(m ClockMark) bool { return m.Kind == kind }) {
			list = append(list, swatchOf{kind.String(), func(r rect) { p.marked(r, kind) }})
		}
	}
	return list
}

// strip is the average day of one channel.
type strip struct {
	name string
	mean []float64
	y    axis
	log  bool
}

func (a Actogram) strips() []strip {
	strips := []strip{newStrip(a.Activity, "Average day", false)}
	if a.Light.Rows() > 0 && a.Light.Validate() == nil {
		strips = append(strips, newStrip(a.Light, "Light in lux, average day (log scale)", true))
	}
	return strips
}

func newStrip(m DayMatrix, name string, log bool) strip {
	mean := m.Mean(stripMinutes)
	_, top, ok := span(mean)
	if !ok || top <= 0 {
		top = 1
	}
	s := Scale{Log: log, Max: top}
	y := axis{max: 1}
	for _, t := range s.ticks(2) {
		y.ticks = append(y.ticks, tick{s.Norm(t.at), t.label})
	}
	out := make([]float64, len(mean))
	for i, v := range mean {
		out[i] = s.Norm(v)
	}
	return strip{name: name, mean: out, y: y, log: log}
}

// draw draws the average day once or twice, as an area under a line.
func (s strip) draw(pn panel, days int) {
	p := pn.p
	pn.verticalGrid()
	twice := make([]float64, 0, days*len(s.mean))
	for range days {
		twice = append(twice, s.mean...)
	}
	bin := 24 / float64(len(s.mean))
	ink := p.accent
	if s.log {
		ink = p.second
	}
	runs := pn.runs(func(i int) float64 { return (float64(i) + 0.5) * bin }, twice)
	for _, run := range runs {
		base := []xy{{run[0].x, pn.y0}, {run[len(run)-1].x, pn.y0}}
		p.fill(band(run, base), faded(ink, 0.25))
	}
	p.strokeRuns(runs, line{color: ink, width: dataLine * p.em})
	pn.axes()
	pn.caption(s.name)
}
