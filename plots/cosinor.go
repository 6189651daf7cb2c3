package plots

import (
	"fmt"
	"image/color"
	"math"
	"strings"
)

// Cosinor shows activity with the curves that were fitted to it: on the average
// day, or over the whole recording.
type Cosinor struct {
	Labels
	Activity DayCurve // in even steps from a midnight on
	Days     []string // names of the days of a whole recording; nil for an average day
	Unit     string
	Fits     []FittedCurve
}

// FittedCurve is a fitted curve and what is marked of it.
type FittedCurve struct {
	Name      string    // with how well it fits, for the legend
	Curve     []float64 // in even steps over the same days
	Period    float64   // h, after which moments come again; 0 for never
	Level     Estimate  // the mesor: a line across
	Amplitude Estimate  // from the level up, at the first moment
	Moments   []Estimate
	Interval  string // what Low and High of the estimates are: "95 % confidence interval"
}

// Estimate is a named number with its interval; Low and High are NaN without one.
// Moments are in hours since midnight.
type Estimate struct {
	Name             string // empty for an estimate that there is not
	Value, Low, High float64
}

// bounded reports whether an estimate has an interval.
func (e Estimate) bounded() bool { return finite(e.Low) && finite(e.High) }

// text writes an estimate by a function that writes its numbers.
func (e Estimate) text(number func(float64) string) string {
	s := e.Name + " " + number(e.Value)
	if e.bounded() {
		s += fmt.Sprintf(" (%s to %s)", number(e.Low), number(e.High))
	}
	return s
}

// TimeOfDay writes hours as a time of day.
func TimeOfDay(hours float64) string {
	m := int(math.Round(math.Mod(hours, 24)*60)+24*60) % (24 * 60)
	return fmt.Sprintf("%02d:%02d", m/60, m%60)
}

// Aspect is that of a wide, low plot with its legend.
func (c Cosinor) Aspect(s Style) float64 {
	return 0.36 + (around(c.Labels, c.legend, s)+4*s.FontPt)/(s.WidthMM*ptPerMM)
}

func (c Cosinor) draw(p *page, area rect) {
	lo, hi, ok := c.span()
	if !ok {
		p.message(area, "Nothing was recorded.")
		return
	}
	area = p.keys(c.legend(p), area)
	x := c.horizontal(p, area.width()*0.85)
	y := axis{label: c.Unit, min: lo, max: hi, ticks: niceTicks(lo, hi, max(2, min(5, int(area.height()/p.em/3))))}
	pn := p.newPanel(area, x, y)
	pn.grid()
	if c.Demo {
		p.watermark(pn.rect)
	}
	c.activity(pn)
	for i, f := range c.Fits {
		c.fit(pn, f, c.ink(p, i))
	}
	pn.axes()
}

// activity draws the average day with its band, or all days thinly, so that curves
// stand out.
func (c Cosinor) activity(pn panel) {
	if len(c.Days) == 0 {
		pn.curve(c.Activity, pn.x.max, pn.p.muted)
		return
	}
	bin := pn.x.max / float64(max(len(c.Activity.Mean), 1))
	middle := func(i int) float64 { return (float64(i) + 0.5) * bin }
	pn.p.strokeRuns(pn.runs(middle, c.Activity.Mean), line{color: faded(pn.p.muted, 0.7), width: hairline * pn.p.em})
}

// span returns the range of the vertical axis, which holds 0.
func (c Cosinor) span() (lo, hi float64, ok bool) {
	all := [][]float64{c.Activity.Mean, c.Activity.Upper}
	low := [][]float64{}
	for _, f := range c.Fits {
		all, low = append(all, f.Curve), append(low, f.Curve)
	}
	_, hi, ok = span(all...)
	lo, _, _ = span(append(low, c.Activity.Mean)...)
	lo, hi = min(lo, 0), max(hi, 0)
	if hi <= lo {
		_, hi = padded(lo, hi, 0.05)
	}
	return lo, hi, ok
}

// horizontal is the clock of an average day, or the days of a recording.
func (c Cosinor) horizontal(p *page, width float64) axis {
	if len(c.Days) == 0 {
		return axis{label: "Clock time (h)", max: 24, ticks: hourTicks(1, width, p.em)}
	}
	widest := 0.0
	for _, n := range c.Days {
		widest = max(widest, textWidth(clean(n), tickSize*p.em, false))
	}
	every := max(1, int(math.Ceil((widest+p.em)*float64(len(c.Days))/max(width, 1))))
	x := axis{max: 24 * float64(len(c.Days))}
	for d, name := range c.Days {
		t := tick{at: 24 * float64(d)}
		if d%every == 0 {
			t.label = name
		}
		x.ticks = append(x.ticks, t)
	}
	return x
}

// fit draws a curve over what is marked of it.
func (c Cosinor) fit(pn panel, f FittedCurve, ink color.NRGBA) {
	p := pn.p
	if l := f.Level; l.Name != "" && finite(l.Value) {
		if l.bounded() {
			p.fill(rect{pn.x0, pn.atY(l.Low), pn.x1, pn.atY(l.High)}.path(), faded(ink, 0.2))
		}
		p.rule(xy{pn.x0, pn.atY(l.Value)}, xy{pn.x1, pn.atY(l.Value)}, dashed(p, ink))
	}
	for _, m := range f.Moments {
		f.moment(pn, m, ink)
	}
	step := pn.x.max / float64(max(len(f.Curve)-1, 1))
	p.strokeRuns(pn.runs(func(i int) float64 { return float64(i) * step }, f.Curve), line{color: ink, width: 1.6 * dataLine * p.em * c.slender()})
	f.amplitude(pn, ink)
}

// slender is how much thinner curves are drawn over many days, where thick ones would
// hide the activity.
func (c Cosinor) slender() float64 { return min(1, max(0.25, 20/float64(max(len(c.Days), 1)))) }

// moment draws a time in each period, also where only its interval is in view.
func (f FittedCurve) moment(pn panel, m Estimate, ink color.NRGBA) {
	p, cycles := pn.p, 1.0
	if f.Period > 0 {
		cycles = math.Ceil(pn.x.max/f.Period) + 1
	}
	if !finite(m.Value) || cycles > maxCycles {
		return
	}
	for k := -1.0; k < cycles; k++ {
		at := m.Value + k*f.Period
		if m.bounded() {
			p.fill(rect{pn.atX(at + m.Low - m.Value), pn.y0, pn.atX(at + m.High - m.Value), pn.y1}.path(), faded(ink, 0.2))
		}
		if at >= 0 && at <= pn.x.max {
			p.rule(xy{pn.atX(at), pn.y0}, xy{pn.atX(at), pn.y1}, dotted(p, ink))
		}
	}
}

// maxCycles is up to how many periods the moments are marked: more would hide the
// curve.
const maxCycles = 40

// amplitude draws the height of a curve as a line with a foot and a head, and its
// interval around the head.
func (f FittedCurve) amplitude(pn panel, ink color.NRGBA) {
	p := pn.p
	if f.Amplitude.Name == "" || len(f.Moments) == 0 || !finite(f.Amplitude.Value) || !finite(f.Level.Value) {
		return
	}
	x := pn.atX(f.Moments[0].Value)
	look := line{color: p.ink, width: dataLine * p.em}
	across := func(value, half float64) {
		y := pn.atY(f.Level.Value + value)
		p.rule(xy{x - half, y}, xy{x + half, y}, look)
	}
	p.rule(pn.point(f.Moments[0].Value, f.Level.Value), pn.point(f.Moments[0].Value, f.Level.Value+f.Amplitude.Value), look)
	across(0, 0.5*p.em)
	across(f.Amplitude.Value, 0.5*p.em)
	if f.Amplitude.bounded() {
		across(f.Amplitude.Low, 0.25*p.em)
		across(f.Amplitude.High, 0.25*p.em)
	}
}

func dashed(p *page, ink color.NRGBA) line {
	return line{color: ink, width: dataLine * p.em, dash: []float64{0.6 * p.em, 0.35 * p.em}}
}

func dotted(p *page, ink color.NRGBA) line {
	return line{color: ink, width: dataLine * p.em, dash: []float64{0.15 * p.em, 0.3 * p.em}}
}

func (c Cosinor) ink(p *page, i int) color.NRGBA {
	if len(c.Fits) == 1 {
		return p.accent
	}
	return []color.NRGBA{p.accent, p.second}[i%2]
}

func (c Cosinor) legend(p *page) []key {
	data := line{color: p.muted, width: 1.5 * dataLine * p.em}
	keys := []key{{name: c.Activity.legendName(), line: &data}}
	for i, f := range c.Fits {
		ink := c.ink(p, i)
		curve, level, moment, height := line{color: ink, width: 1.6 * dataLine * p.em}, dashed(p, ink), dotted(p, ink), line{color: p.ink, width: dataLine * p.em}
		keys = append(keys, key{name: f.Name, line: &curve})
		if f.Level.Name != "" {
			keys = append(keys, key{name: f.Level.text(significant), line: &level})
		}
		if f.Amplitude.Name != "" {
			keys = append(keys, key{name: f.Amplitude.text(significant), line: &height})
		}
		if len(f.Moments) > 0 {
			keys = append(keys, key{name: f.moments(), line: &moment})
		}
		if f.Interval != "" {
			keys = append(keys, key{name: "shaded, and in brackets: " + f.Interval, color: faded(ink, 0.35), shape: Square, long: true})
		}
	}
	return keys
}

func (f FittedCurve) moments() string {
	list := make([]string, len(f.Moments))
	for i, m := range f.Moments {
		list[i] = m.text(TimeOfDay)
	}
	return strings.Join(list, ", ")
}
