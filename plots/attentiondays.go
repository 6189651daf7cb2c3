package plots

import (
	"fmt"
	"math"

	"circascope/inference"
)

// AttentionDays lays what a model attends to over the activity, a day a row from
// the first minute on, or one row with the mean over the whole days. All rows
// share one scale for the activity and one for the attention.
type AttentionDays struct {
	Attention
	Average bool
}

// overlayRow is the height of a row over the em.
const overlayRow = 3.2

// Aspect gives every day a low row, and the average day a panel.
func (a AttentionDays) Aspect(s Style) float64 {
	width := s.WidthMM * ptPerMM / s.FontPt // in em
	rows := max(float64(len(a.rows()))*overlayRow, 12)
	return min((rows+12)/width, 1.4)
}

func (a AttentionDays) draw(p *page, area rect) {
	rows := a.rows()
	if len(rows) == 0 || len(a.Profile) == 0 {
		p.message(area, "No attention profile to show.")
		return
	}
	activity, attention := a.scales(rows)
	area = p.keys(a.legend(p, activity, attention), area)
	x := axis{max: 24, label: hoursOfRows(a.Start)}
	if a.Average {
		x.label += fmt.Sprintf(", mean over %d days", a.wholeDays())
	}
	left := p.leftOf(axis{label: activity.label, ticks: activity.ticks})
	for _, r := range rows {
		left = max(left, p.leftOf(axis{ticks: []tick{{label: r.name}}}))
	}
	area = area.inset(left, p.belowOf(x), p.leftOf(attention), 0.5*p.em)
	x.ticks = hourTicks(1, area.width(), p.em)
	if a.Demo {
		p.watermark(area)
	}
	step := area.height() / float64(len(rows))
	for i, r := range rows {
		top := area.y1 - float64(i)*step
		y := axis{max: activity.max, ticks: []tick{{activity.max / 2, r.name}}}
		if a.Average {
			y = activity
		}
		axisOf := x
		axisOf.bare = i < len(rows)-1
		pn := panel{rect: rect{area.x0, top - 0.92*step, area.x1, top}, x: axisOf, y: y, p: p, left: left}
		a.row(pn, r, attention)
	}
}

// dayRow is one day: minutes of activity and of attention over even attention.
type dayRow struct {
	name                string
	activity, attention []float64
}

// rows returns the days, or the average one.
func (a AttentionDays) rows() []dayRow {
	const perDay = 24 * 60
	minutes := len(a.Activity)
	if minutes == 0 || len(a.Profile) == 0 {
		return nil
	}
	if a.Average {
		return a.averageRow()
	}
	attention := perMinute(a.relative(), minutes)
	labels := dayLabels(a.Start, (minutes+perDay-1)/perDay)
	rows := make([]dayRow, len(labels))
	for i, name := range labels {
		from, to := i*perDay, min((i+1)*perDay, minutes)
		rows[i] = dayRow{name, a.Activity[from:to], attention[from:to]}
	}
	return rows
}

func (a AttentionDays) wholeDays() int { return len(a.Activity) / (24 * 60) }

// averageRow is both averaged over the whole days, without what was not recorded.
func (a AttentionDays) averageRow() []dayRow {
	const perDay = 24 * 60
	attention := inference.Daily(a.Profile, len(a.Activity))
	if attention == nil {
		return nil
	}
	for i := range attention {
		attention[i] *= float64(len(a.Profile))
	}
	days := make([][]float64, a.wholeDays())
	for i := range days {
		days[i] = a.Activity[i*perDay : (i+1)*perDay]
	}
	activity, _, _ := meanAndSD(days)
	return []dayRow{{"Average day", activity, attention}}
}

// perMinute repeats each of the values over its share of the minutes.
func perMinute(values []float64, minutes int) []float64 {
	out := make([]float64, minutes)
	for m := range out {
		out[m] = values[m*len(values)/minutes]
	}
	return out
}

// scales returns the axes that all rows share.
func (a AttentionDays) scales(rows []dayRow) (activity, attention axis) {
	var acts, atts [][]float64
	for _, r := range rows {
		acts, atts = append(acts, r.activity), append(atts, r.attention)
	}
	_, top, ok := span(acts...)
	if !ok || top <= 0 {
		top = 1
	}
	activity = axis{label: "Activity", max: top, ticks: niceTicks(0, top, 3)}
	_, top, _ = span(atts...)
	top = max(top*1.05, 1.2)
	return activity, axis{label: a.what() + " (1 = even)", max: top, ticks: niceTicks(0, top, 3)}
}

func (a AttentionDays) legend(p *page, activity, attention axis) []key {
	unit := a.Unit
	if unit == "" {
		unit = "activity per minute"
	}
	return []key{
		{name: fmt.Sprintf("%s, 0 to %s", unit, threeDigits(activity.max)), color: faded(p.accent, 0.5), shape: Square, long: true},
		{
			name: fmt.Sprintf("%s a token receives, over even attention, 0 to %s", a.what(), threeDigits(attention.max)),
			line: &line{color: p.second, width: dataLine * p.em},
		},
	}
}

// row draws the activity as an area and the attention as a line over it.
func (a AttentionDays) row(pn panel, r dayRow, attention axis) {
	p := pn.p
	pn.verticalGrid()
	bars := max(1, int(pn.width()/p.em*16)) // 16 an em, as in Attention
	n := max(1, int(math.Ceil(float64(len(r.activity))/float64(bars))))
	tops, width := highest(r.activity, n), float64(n)/60
	for _, run := range stepRuns(pn, tops, width) {
		base := []xy{{run[0].x, pn.y0}, {run[len(run)-1].x, pn.y0}}
		p.fill(band(run, base), faded(p.accent, 0.5))
	}
	pn.hatchMissing(tops, width)
	over := pn
	over.y = attention
	for _, run := range stepRuns(over, r.attention, 1.0/60) {
		p.stroke(polyline(run...), line{color: p.second, width: 0.7 * dataLine * p.em})
	}
	one := over.atY(1)
	p.rule(xy{pn.x0, one}, xy{pn.x1, one}, line{color: p.muted, width: hairline * p.em, dash: []float64{0.4 * p.em, 0.3 * p.em}})
	pn.axes()
	if a.Average {
		over.rightAxis()
	} else {
		over.rightTicks([]tick{{at: 1, label: "1"}})
	}
}

// rightAxis draws the vertical axis at the right of the panel, with its name.
func (pn panel) rightAxis() {
	p := pn.p
	pn.rightTicks(pn.y.ticks)
	s := shorten(clean(pn.y.label), pn.height()*1.05, p.em, false)
	p.put(s, xy{pn.x1 + p.leftOf(pn.y), (pn.y0 + pn.y1) / 2}, label{h: 0.5, angle: quarterTurn})
}

func (pn panel) rightTicks(ticks []tick) {
	p, l := pn.p, pn.p.axisLine()
	p.rule(xy{pn.x1, pn.y0}, xy{pn.x1, pn.y1}, l)
	for _, t := range ticks {
		y := pn.atY(t.at)
		p.rule(xy{pn.x1, y}, xy{pn.x1 + tickLength*p.em, y}, l)
		p.put(clean(t.label), xy{pn.x1 + (tickLength+gap*0.7)*p.em, y}, label{size: tickSize * p.em, v: 0.5})
	}
}
