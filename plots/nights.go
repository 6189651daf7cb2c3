package plots

import (
	"image/color"
	"math"
	"slices"
	"strconv"
)

// Nights shows rest and sleep night by night, one a row, from noon to noon or as
// far as they reach.
type Nights struct {
	Labels
	Rows []NightRow // in their order in time
}

// NightRow is one night. Times are in hours since the midnight after its evening,
// negative before it; NaN where one is not known.
type NightRow struct {
	Name     string // "Mon 3 Mar"
	Weekend  bool   // the evening before a day off
	Bed      float64
	Rise     float64
	Onset    float64 // falling asleep
	Offset   float64 // waking for good
	Midsleep float64
	Awake    [][2]float64 // awakenings: from, to
	Naps     []Nap        // of the day from noon to noon
	Clock    string       // that the clock was changed in the night; empty where it was not
	Invalid  string       // why the night does not count, or that there is none; empty if it does
}

// Nap is a rest by day, in hours as those of its row.
type Nap struct {
	From, To      float64
	Onset, Offset float64 // of sleep in it; NaN without
}

// none reports whether a row has no night.
func (r NightRow) none() bool { return !finite(r.Bed) || !finite(r.Rise) }

// Sizes over the em.
const (
	nightRow    = 1.45
	minNightRow = 0.5
	maxNightRow = 2.2
	bedShare    = 0.85 // of a row's height; sleep is thinner
	sleepShare  = 0.5
	napShare    = 0.6
	napSleep    = 0.3
)

// Aspect gives every night a line of text, and less where there are many.
func (n Nights) Aspect(s Style) float64 {
	width := s.WidthMM * ptPerMM / s.FontPt // in em
	rows := float64(max(len(n.Rows), 3))
	row := min(max(width*1.1/rows, minNightRow), nightRow)
	return (rows*row+4)/width + around(n.Labels, n.legend, s)/(s.WidthMM*ptPerMM)
}

func (n Nights) draw(p *page, area rect) {
	if len(n.Rows) == 0 {
		p.message(area, "There are no nights to show.")
		return
	}
	area = p.keys(n.legend(p), area)
	y := axis{min: float64(len(n.Rows)), ticks: n.rowTicks(area.height() / p.em)}
	x := n.hours(area.width()*0.85, p.em)
	pn := p.newPanel(area, x, y)
	pn.y0 = max(pn.y0, pn.y1-maxNightRow*p.em*float64(len(n.Rows)))
	n.stripes(pn)
	pn.verticalGrid()
	if n.Demo {
		p.watermark(pn.rect)
	}
	for _, weekend := range []bool{false, true} {
		n.meanMidsleep(pn, weekend)
	}
	for i, r := range n.Rows {
		n.night(pn, i, r)
		for _, nap := range r.Naps {
			pn.nap(i, nap)
		}
	}
	pn.axes()
}

func (n Nights) rowTicks(heightEm float64) []tick {
	every := 1
	if perRow := max(heightEm-4, 1) / float64(len(n.Rows)); perRow < lineHeight {
		every = int(math.Ceil(lineHeight / perRow))
	}
	var ticks []tick
	for i := 0; i < len(n.Rows); i += every {
		ticks = append(ticks, tick{float64(i) + 0.5, n.Rows[i].Name})
	}
	return ticks
}

// hours is the horizontal axis: from 18 to 12, and further where a night reaches
// further, by whole hours.
func (n Nights) hours(width, em float64) axis {
	var all []float64
	for _, r := range n.Rows {
		all = append(all, r.Bed, r.Rise)
		for _, nap := range r.Naps {
			all = append(all, nap.From, nap.To)
		}
	}
	lo, hi, _ := span(all)
	from, to := max(min(-6, math.Floor(lo)), -24), min(max(12, math.Ceil(hi)), 36)
	every := 12
	for _, h := range []int{2, 3, 6} {
		if width/((to-from)/float64(h)) >= 2.6*em {
			every = h
			break
		}
	}
	a := axis{label: "Clock time (h)", min: from, max: to}
	for h := int(from); h <= int(to); h++ {
		if mod(h, every) == 0 {
			a.ticks = append(a.ticks, tick{float64(h), strconv.Itoa(mod(h, 24))})
		}
	}
	return a
}

// stripes shade the nights before days off.
func (n Nights) stripes(pn panel) {
	for i, r := range n.Rows {
		if r.Weekend {
			pn.p.fill(rect{pn.x0, pn.atY(float64(i + 1)), pn.x1, pn.atY(float64(i))}.path(), faded(pn.p.grid, 0.55))
		}
	}
}

// meanMidsleep draws the mean of the valid nights before workdays or days off.
func (n Nights) meanMidsleep(pn panel, weekend bool) {
	if mean, ok := n.mean(weekend); ok {
		at := pn.atX(mean)
		pn.p.rule(xy{at, pn.y0}, xy{at, pn.y1}, dashed(pn.p, n.ink(pn.p, weekend)))
	}
}

func (n Nights) mean(weekend bool) (mean float64, ok bool) {
	var list []float64
	for _, r := range n.Rows {
		if r.Weekend == weekend && r.Invalid == "" && finite(r.Midsleep) {
			list = append(list, r.Midsleep)
		}
	}
	mean, _ = momentsOf(list)
	return mean, len(list) > 0
}

func (n Nights) ink(p *page, weekend bool) color.NRGBA {
	if weekend {
		return p.second
	}
	return p.accent
}

// night draws the time in bed, sleep in it, awakenings as gaps, and midsleep.
func (n Nights) night(pn panel, i int, r NightRow) {
	p, ink := pn.p, n.ink(pn.p, r.Weekend)
	bar := func(from, to, share float64) rect { return pn.rowBar(i, from, to, share) }
	if r.none() {
		y := pn.atY(float64(i) + 0.5)
		p.rule(xy{pn.x0, y}, xy{pn.x1, y}, dotted(p, p.muted))
		pn.reason(i, rect{pn.x0, 0, pn.x1, 0}, r.Invalid) // in the middle: naps lie at the sides
		return
	}
	bed := bar(r.Bed, r.Rise, bedShare)
	if r.Invalid != "" {
		p.hatched(bed)
		pn.reason(i, bed, r.Invalid)
		p.stroke(bed.path(), line{color: ink, width: hairline * p.em}) // the reason may lie over the hatching
		return
	}
	p.fill(bed.path(), faded(ink, 0.28))
	pn.reason(i, bed, r.Clock)
	if finite(r.Onset) && finite(r.Offset) {
		p.fill(bar(r.Onset, r.Offset, sleepShare).path(), ink)
		for _, w := range r.Awake {
			p.fill(bar(w[0], w[1], sleepShare).path(), p.paper)
		}
	}
	if finite(r.Midsleep) {
		at := pn.point(r.Midsleep, float64(i)+0.5)
		size := min(0.28*p.em, 0.3*bed.height())
		p.fill(marker(Diamond, at, 1.5*size), p.paper)
		p.fill(marker(Diamond, at, size), p.ink)
	}
}

func (pn panel) rowBar(row int, from, to, share float64) rect {
	return rect{pn.atX(from), pn.atY(float64(row) + 0.5 + share/2), pn.atX(to), pn.atY(float64(row) + 0.5 - share/2)}
}

// nap draws a rest by day, thinner and in an ink of its own.
func (pn panel) nap(row int, nap Nap) {
	if !finite(nap.From) || !finite(nap.To) {
		return
	}
	ink := napInk()
	whole := pn.rowBar(row, nap.From, nap.To, napShare)
	pn.p.fill(whole.path(), faded(ink, 0.28))
	if finite(nap.Onset) && finite(nap.Offset) {
		pn.p.fill(pn.rowBar(row, nap.Onset, nap.Offset, napSleep).path(), ink)
	}
	pn.p.stroke(whole.path(), line{color: ink, width: hairline * pn.p.em})
}

// napInk differs from that of workdays and days off on white and on dark.
func napInk() color.NRGBA { return inkOf(CategoryColor(2)) }

// reason says beside a night why it does not count, or over it where neither side
// has room.
func (pn panel) reason(i int, bed rect, why string) {
	p := pn.p
	size := min(captionSize*p.em, pn.height()/math.Max(pn.y.min, 1)*0.8)
	if why == "" || size < 0.45*p.em {
		return
	}
	words := shorten(clean(why), pn.width()-2*gap*p.em, size, false)
	width, y := textWidth(words, size, false), pn.atY(float64(i)+0.5)
	x := bed.x1 + gap*p.em
	if x+width > pn.x1 {
		x = bed.x0 - gap*p.em - width
	}
	if x < pn.x0 {
		x = min(max((bed.x0+bed.x1-width)/2, pn.x0+gap*p.em), pn.x1-width)
		p.fill(rect{x, y - size*0.6, x + width, y + size*0.6}.path(), faded(p.paper, 0.85))
	}
	p.put(words, xy{x, y}, label{size: size, v: 0.5, color: &p.muted})
}

func (n Nights) legend(p *page) []key {
	var keys []key
	for _, weekend := range []bool{false, true} {
		if !slices.ContainsFunc(n.Rows, func(r NightRow) bool { return r.Weekend == weekend }) {
			continue
		}
		words := "Workday nights"
		if weekend {
			words = "Nights before days off"
		}
		ink := n.ink(p, weekend)
		keys = append(keys, key{name: words + ": asleep", color: ink, shape: Square}, key{name: "in bed", color: faded(ink, 0.28), shape: Square})
		if mean, ok := n.mean(weekend); ok {
			look := dashed(p, ink)
			keys = append(keys, key{name: "mean midsleep " + TimeOfDay(mean), line: &look})
		}
	}
	keys = append(keys, key{name: "midsleep", color: p.ink, shape: Diamond})
	if slices.ContainsFunc(n.Rows, func(r NightRow) bool { return len(r.Naps) > 0 }) {
		keys = append(keys, key{name: "Naps: asleep", color: napInk(), shape: Square}, key{name: "in bed", color: faded(napInk(), 0.28), shape: Square})
	}
	if slices.ContainsFunc(n.Rows, func(r NightRow) bool { return r.none() }) {
		none := dotted(p, p.muted)
		keys = append(keys, key{name: "no night", line: &none})
	}
	if slices.ContainsFunc(n.Rows, func(r NightRow) bool { return r.Invalid != "" && !r.none() }) {
		keys = append(keys, key{name: "hatched: not valid, with the reason", color: faded(p.muted, 0.4), shape: Square, long: true})
	}
	return keys
}
