package plots

import (
	"fmt"
	"image/color"
	"slices"
)

// Distribution shows how one measure is spread over people, one row a group: a box
// from the first to the third quartile with the median, and behind it the people
// as points, or their density where they are many.
type Distribution struct {
	Labels
	Axis   string // the measure and its unit
	Of     string // what a point is: "recording"; empty for a person
	Clock  bool   // values are times of day in hours, which may be below 0 or above 24
	Groups []Group
}

// Group is the people of one row. NaN stands for someone without a value; they are
// counted.
type Group struct {
	Name   string // empty for all people in one row
	Values []float64
	Ringed []int // indices of values that are drawn with a ring
}

// maxPoints is up to how many people a row has points.
const maxPoints = 300

// Heights over the em.
const (
	groupRow   = 3.9 // three lines of text and a gap
	groupShare = 0.82
	boxShare   = 0.2
)

// Aspect gives every group its three lines of text.
func (d Distribution) Aspect(s Style) float64 {
	legend := func(p *page) []key { return d.legend(p, nil) }
	return ((groupRow*float64(max(len(d.Groups), 2))+6)*s.FontPt + around(d.Labels, legend, s)) / (s.WidthMM * ptPerMM)
}

func (d Distribution) draw(p *page, area rect) {
	rows := d.rows()
	pn, left, ok := d.panel(p, area, rows)
	if !ok {
		p.message(area, "Nobody has a value.")
		return
	}
	pn.verticalGrid()
	if d.Demo {
		p.watermark(pn.rect)
	}
	for i, r := range rows {
		d.row(pn, i, r, left)
	}
	pn.axes()
}

func (d Distribution) rows() []groupValues {
	rows := make([]groupValues, len(d.Groups))
	for i, g := range d.Groups {
		rows[i] = newGroupValues(g)
	}
	return rows
}

// panel draws the legend and returns where the rows are drawn below it, and how much
// room the words beside them have; without a value of anybody there is none.
func (d Distribution) panel(p *page, area rect, rows []groupValues) (pn panel, left float64, ok bool) {
	var all [][]float64
	for _, r := range rows {
		all = append(all, r.sorted)
	}
	lo, hi, ok := span(all...)
	if !ok {
		return panel{}, 0, false
	}
	lo, hi = padded(lo, hi, 0.04)
	area = p.keys(d.legend(p, rows), area)
	x := axis{label: d.Axis, min: lo, max: hi, ticks: niceTicks(lo, hi, max(2, min(8, int(area.width()/p.em/7))))}
	if d.Clock {
		x.ticks = clockTicks(x.ticks)
	}
	for i, r := range rows {
		for k, words := range r.words(d.Groups[i].Name, d.written) {
			left = max(left, textWidth(clean(words), tickSize*p.em, k == 0))
		}
	}
	left = min(left, area.width()*0.35)
	return panel{rect: area.inset(left+gap*p.em, p.belowOf(x), p.rightOf(x), 0), x: x, y: axis{min: float64(len(rows))}, p: p}, left, true
}

// row draws the name of a group and its people.
func (d Distribution) row(pn panel, i int, r groupValues, room float64) {
	p, ink := pn.p, d.ink(pn.p, i)
	middle, height := d.place(pn, i)
	size := min(tickSize*p.em, height*0.3)
	for k, words := range r.words(d.Groups[i].Name, d.written) {
		look := label{size: size, h: 1, v: 0.5, bold: k == 0}
		if k > 0 {
			look.color = &p.muted
		}
		p.put(shorten(clean(words), room, size, k == 0), xy{pn.x0 - gap*p.em, middle + (1-float64(k))*size*1.2}, look)
	}
	if len(r.sorted) == 0 {
		return
	}
	half, boxHalf := groupShare*height/2, boxShare*height/2
	if r.many() {
		p.fill(r.violin(pn, middle, half), faded(ink, 0.35))
		r.ground(pn, middle, boxHalf, ink)
	} else { // few people are each to be seen, also in the box
		r.ground(pn, middle, boxHalf, ink)
		r.points(pn, middle, half, ink)
	}
	r.box(pn, middle, boxHalf)
	for _, person := range d.Groups[i].Ringed {
		if k := slices.Index(r.persons, person); k >= 0 {
			outline := disc(r.spot(pn, middle, half, k), 0.3*p.em)
			p.fill(outline, ink)
			p.stroke(outline, line{color: p.ring, width: 1.5 * dataLine * p.em})
		}
	}
}

// place returns the middle of a row and its height.
func (d Distribution) place(pn panel, i int) (middle, height float64) {
	return pn.atY(float64(i) + 0.5), pn.height() / float64(len(d.Groups))
}

// written writes a value of the measure.
func (d Distribution) written(v float64) string {
	if d.Clock {
		return TimeOfDay(v)
	}
	return significant(v)
}

func (d Distribution) ink(p *page, i int) color.NRGBA {
	if len(d.Groups) == 1 {
		return p.accent
	}
	return inkOf(CategoryColor(i))
}

func (d Distribution) legend(p *page, rows []groupValues) []key {
	ink, of := faded(d.ink(p, 0), pointShare), d.Of
	if of == "" {
		of = "person"
	}
	whiskers := line{color: p.ink, width: dataLine * p.em}
	keys := []key{
		{name: "box: quartiles and median", color: p.ink, shape: Square, long: true},
		{name: "to the furthest within 1.5 box lengths", line: &whiskers},
	}
	if slices.ContainsFunc(rows, func(r groupValues) bool { return len(r.sorted) > 0 && !r.many() }) {
		keys = append(keys, key{name: "a " + of, color: ink})
	}
	if slices.ContainsFunc(rows, groupValues.many) {
		keys = append(keys, key{name: fmt.Sprintf("density, for more than %d", maxPoints), color: ink, shape: Square, long: true})
	}
	return keys
}
