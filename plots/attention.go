package plots

import (
	"fmt"
	"math"

	"circascope/actigraphy"
)

// Attention shows where in a week a model attends, above the week's activity.
type Attention struct {
	Labels
	Start    actigraphy.LocalTime // of the first minute
	Activity []float64            // one a minute; NaN = not recorded
	Unit     string               // of the activity
	Profile  []float32            // one a token, in order, sum 1: attention received
	What     string               // what the profile is; "" is Attention
}

// what names the profile at the head of a sentence.
func (a Attention) what() string {
	if a.What == "" {
		return "Attention"
	}
	return a.What
}

// Aspect is that of two low panels.
func (a Attention) Aspect(s Style) float64 {
	return 0.3 + 10*s.FontPt/(s.WidthMM*ptPerMM)
}

func (a Attention) draw(p *page, area rect) {
	if len(a.Activity) == 0 || len(a.Profile) == 0 {
		p.message(area, "No attention profile to show.")
		return
	}
	x := weekAxis(a.Start, len(a.Activity))
	upper, lower := a.attentionAxis(), a.activityAxis()
	left := max(p.leftOf(upper), p.leftOf(lower))
	area = area.inset(left, p.belowOf(x), p.rightOf(x), lineHeight*p.em)
	x = p.fitted(x, area.width())
	between := 1.6 * p.em
	middle := area.y0 + (area.height()-between)/2

	top := x
	top.bare = true
	pn := panel{rect: rect{area.x0, middle + between, area.x1, area.y1}, x: top, y: upper, p: p, left: left}
	a.attention(pn)
	pn.axes()

	pn = panel{rect: rect{area.x0, area.y0, area.x1, middle}, x: x, y: lower, p: p, left: left}
	a.activity(pn)
	pn.axes()
}

// relative returns the profile over its mean: 1 where every token is attended
// alike.
func (a Attention) relative() []float64 {
	out := make([]float64, len(a.Profile))
	for i, v := range a.Profile {
		out[i] = float64(v) * float64(len(a.Profile))
	}
	return out
}

func (a Attention) attentionAxis() axis {
	_, hi, _ := span(a.relative())
	hi = max(hi*1.05, 1.2)
	return axis{label: a.what(), max: hi, ticks: niceTicks(0, hi, 3)}
}

func (a Attention) activityAxis() axis {
	_, hi, ok := span(a.Activity)
	if !ok || hi <= 0 {
		hi = 1
	}
	return axis{label: "Activity", max: hi, ticks: niceTicks(0, hi, 3)}
}

// attention draws the profile as steps, each as long as a token, and a line at 1.
func (a Attention) attention(pn panel) {
	p := pn.p
	pn.verticalGrid()
	if a.Demo {
		p.watermark(pn.rect)
	}
	values := a.relative()
	token := pn.x.max / float64(len(values))
	for _, run := range stepRuns(pn, values, token) {
		base := []xy{{run[0].x, pn.y0}, {run[len(run)-1].x, pn.y0}}
		p.fill(band(run, base), faded(p.second, 0.25))
		p.stroke(polyline(run...), line{color: p.second, width: 0.7 * dataLine * p.em})
	}
	one := pn.atY(1)
	p.rule(xy{pn.x0, one}, xy{pn.x1, one}, line{color: p.muted, width: hairline * p.em, dash: []float64{0.4 * p.em, 0.3 * p.em}})
	minutes := float64(len(a.Activity)) / float64(len(values))
	pn.caption(fmt.Sprintf("%s each %g-minute token receives (1 = even)", a.what(), minutes))
}

// stepRuns returns the outline of steps of one width, broken at missing values.
func stepRuns(pn panel, values []float64, width float64) [][]xy {
	var runs [][]xy
	var run []xy
	for i, v := range values {
		if !finite(v) {
			if run != nil {
				runs = append(runs, run)
			}
			run = nil
			continue
		}
		run = append(run, pn.point(float64(i)*width, v), pn.point(float64(i+1)*width, v))
	}
	if run != nil {
		runs = append(runs, run)
	}
	return runs
}

// activity draws the highest minute of every few, so that no burst is lost, and
// hatches what was not recorded.
func (a Attention) activity(pn panel) {
	p := pn.p
	pn.verticalGrid()
	const perEm = 16 // bars an em
	bars := max(1, min(len(a.Activity), int(pn.width()/p.em*perEm)))
	n := int(math.Ceil(float64(len(a.Activity)) / float64(bars)))
	tops := highest(a.Activity, n)
	width := float64(n) / day.Minutes()
	for _, run := range stepRuns(pn, tops, width) {
		base := []xy{{run[0].x, pn.y0}, {run[len(run)-1].x, pn.y0}}
		p.fill(band(run, base), p.accent)
	}
	pn.caption(a.activityCaption(n, pn.hatchMissing(tops, width)))
}

func (a Attention) activityCaption(n int, missing bool) string {
	s := a.Unit
	if s == "" {
		s = "activity per minute"
	}
	if n > 1 {
		s += fmt.Sprintf(", highest of every %d minutes", n)
	}
	if missing {
		s += "; hatched: not recorded"
	}
	return s
}

// highest returns the highest value of every n, NaN where none was recorded.
func highest(values []float64, n int) []float64 {
	var tops []float64
	for i := 0; i < len(values); i += n {
		top := math.NaN()
		for _, v := range values[i:min(i+n, len(values))] {
			if finite(v) && !(v <= top) {
				top = v
			}
		}
		tops = append(tops, top)
	}
	return tops
}

// hatchMissing hatches runs of missing bins and reports whether there are any.
func (pn panel) hatchMissing(values []float64, width float64) bool {
	found := false
	for i := 0; i < len(values); {
		j := i
		for j < len(values) && math.IsNaN(values[j]) {
			j++
		}
		if j > i {
			pn.p.hatched(rect{pn.atX(float64(i) * width), pn.y0, pn.atX(float64(j) * width), pn.y1})
			found = true
		}
		i = max(j, i+1)
	}
	return found
}
