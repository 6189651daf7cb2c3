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

	Counted      DayMatrix   // what counts of the activity, for the average day; without rows all of it
	CountedLight DayMatrix   // and of the light
	Off          []DayOff    // days that do not count
	Windows      []DayWindow // times of day that are marked: L5, M10
	Fit          DayFit      // a curve over the average day; without values none
	NoAverage    bool        // leaves out the average day of activity
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
	strips := float64(len(a.strips())) * (stripHeight + stripGap)
	const around = 2*margin + titleSize*lineHeight + 4 + horizontalBarHeight + 3
	masks := 0.0
	if n := len(a.overlaid()); n > 0 {
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
			Days: a.days(), Colors: a.Colors, Scale: a.Scale(), Dark: p.dark, Dot: p.dot(), Masks: a.Masks, Windows: a.Windows, Off: a.Off,
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
		ticks = append(ticks, tick{float64(i) + 0.5, a.DayLabel(i)})
	}
	return ticks
}

// legend draws the colour scale and the pattern of missing data at the foot of
// the area and returns the area above.
func (a Actogram) legend(p *page, area rect) rect {
	entries := a.swatches()
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
		p.boxed(xy{bar.x1 + 1.8*p.em, y + float64(len(entries)-1-i)*(barHeight+gap)*p.em - float64(len(entries)-1)*0.5*(barHeight+gap)*p.em}, e.words, func(r rect) { e.fill(p, r) })
	}
	area.y0 = min(foot.y1+gap*p.em, area.y1)
	return a.maskLegend(p, area)
}

// maskLegend names masks and overlays, in rows at the foot of the area, and returns
// the area above.
func (a Actogram) maskLegend(p *page, area rect) rect {
	entries := a.overlaid()
	if len(entries) == 0 {
		return area
	}
	rows := [][]swatchOf{nil}
	x := area.x0
	for _, e := range entries {
		width := (swatchWidth+gap+1.6)*p.em + textWidth(e.words, tickSize*p.em, false)
		if n := len(rows) - 1; len(rows[n]) > 0 && x+width > area.x1 {
			rows, x = append(rows, nil), area.x0
		}
		n := len(rows) - 1
		rows[n] = append(rows[n], e)
		x += width
	}
	area.y0 += maskLegendGap * p.em
	for i := len(rows) - 1; i >= 0; i-- {
		x := area.x0 + 0.8*p.em
		for _, e := range rows[i] {
			x = p.boxed(xy{x, area.y0}, e.words, func(r rect) { e.fill(p, r) }) + 1.6*p.em
		}
		area.y0 += maskLegendRow * p.em
	}
	return area
}

// overlaid lists what lies over the activity: masks and the like, the curve of the
// average day, windows of the day, and days that do not count.
func (a Actogram) overlaid() []swatchOf {
	var list []swatchOf
	for _, m := range a.Masks {
		list = append(list, swatchOf{m.Name, func(p *page, r rect) {
			p.raster(r, func(w, h int) *image.RGBA { return MaskSwatch(m.Pattern, w, h, p.dot(), p.dark) })
		}})
	}
	for i, d := range a.Windows {
		list = append(list, swatchOf{d.Legend(), func(p *page, r rect) { p.fill(r.path(), faded(inkOf(WindowColor(i)), windowShare)) }})
	}
	if len(a.Fit.Values) > 0 && !a.NoAverage {
		list = append(list, swatchOf{a.Fit.Name, func(p *page, r rect) {
			y := (r.y0 + r.y1) / 2
			p.rule(xy{r.x0, y}, xy{r.x1, y}, p.fitLine())
		}})
	}
	if len(a.Off) > 0 {
		list = append(list, swatchOf{"× day that does not count", func(p *page, r rect) {
			p.raster(r, func(w, h int) *image.RGBA { return OffSwatch(w, h, p.dot(), a.Colors, p.dark) })
		}})
	}
	return list
}

// windowShare is how strongly a window tints the average day.
const windowShare = 0.3

func (p *page) fitLine() line { return line{color: p.ink, width: dataLine * p.em} }

// Heights of the legend of masks over the em.
const (
	maskLegendRow = 1.5
	maskLegendGap = 0.6 // under it
)

// swatchOf is an entry of the legend: a box and what it means.
type swatchOf struct {
	words string
	fill  func(*page, rect)
}

// swatches lists what cells without a colour of the scale mean, and the marks that
// there are.
func (a Actogram) swatches() []swatchOf {
	list := []swatchOf{{"not recorded", (*page).hatched}}
	for _, kind := range []ClockMarkKind{Skipped, Twice} {
		if slices.ContainsFunc(a.Activity.Marks, func(m ClockMark) bool { return m.Kind == kind }) {
			list = append(list, swatchOf{kind.String(), func(p *page, r rect) { p.marked(r, kind) }})
		}
	}
	return list
}

// strip is the average day of one channel.
type strip struct {
	name    string
	mean    []float64
	y       axis
	log     bool
	windows []DayWindow
	fit     []float64
}

func (a Actogram) strips() []strip {
	var strips []strip
	if !a.NoAverage {
		own := newStrip(a.Average(), "Average day", false, a.Fit.Values)
		own.windows = a.Windows
		strips = append(strips, own)
	}
	if a.Light.Rows() > 0 && a.Light.Validate() == nil {
		strips = append(strips, newStrip(a.AverageLight(), "Light in lux, average day (log scale)", true, nil))
	}
	return strips
}

func newStrip(m DayMatrix, name string, log bool, fit []float64) strip {
	mean := m.Mean(stripMinutes)
	_, top, ok := span(mean, fit)
	if !ok || top <= 0 {
		top = 1
	}
	s := Scale{Log: log, Max: top}
	y := axis{max: 1}
	for _, t := range s.ticks(2) {
		y.ticks = append(y.ticks, tick{s.Norm(t.at), t.label})
	}
	return strip{name: name, mean: normed(s, mean), y: y, log: log, fit: normed(s, fit)}
}

func normed(s Scale, values []float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = s.Norm(v)
	}
	return out
}

// draw draws the average day once or twice, as an area under a line.
func (s strip) draw(pn panel, days int) {
	p := pn.p
	pn.verticalGrid()
	s.drawWindows(pn, days)
	twice := repeated(s.mean, days)
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
	if n := len(s.fit); n > 0 {
		at := func(i int) float64 { return (float64(i) + 0.5) * 24 / float64(n) }
		p.strokeRuns(pn.runs(at, repeated(s.fit, days)), p.fitLine())
	}
	pn.axes()
	pn.caption(s.name)
}

// repeated returns a day's values once for each of some days.
func repeated(values []float64, days int) []float64 {
	all := make([]float64, 0, days*len(values))
	for range days {
		all = append(all, values...)
	}
	return all
}

// drawWindows tints the times of the windows and names them.
func (s strip) drawWindows(pn panel, days int) {
	p := pn.p
	for i, d := range s.windows {
		for day := range days {
			for _, part := range d.parts() {
				r := rect{pn.atX(part[0] + 24*float64(day)), pn.y0, pn.atX(part[1] + 24*float64(day)), pn.y1}
				p.fill(r.path(), faded(inkOf(WindowColor(i)), windowShare))
				if textWidth(d.Name, tickSize*p.em, false)+gap*p.em < r.width() {
					p.put(d.Name, xy{(r.x0 + r.x1) / 2, r.y1 - gap*p.em/2}, label{size: tickSize * p.em, h: 0.5, v: 1})
				}
			}
		}
	}
}
