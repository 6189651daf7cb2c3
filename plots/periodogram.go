package plots

import "cmp"

// Periodogram shows how strong a rhythm is at each period, by one or more
// methods below each other, with the level that noise passes rarely.
type Periodogram struct {
	Labels
	Spectra []Spectrum
}

// Spectrum is the strength of a rhythm at each period by one method.
type Spectrum struct {
	Name      string    // of the method
	Axis      string    // what the strength is
	Hours     []float64 // periods, ascending
	Power     []float64 // one a period
	Level     []float64 // of significance: one a period, or one for all; nil without one
	LevelName string
	Peak      int     // the period that is marked; -1 for none
	Period    float64 // what the mark says, h, where it lies between two; 0 for that of the peak
	Reason    string  // why there is no curve
}

// spectrumHeight is the height of a panel over the em, with its axis.
const spectrumHeight = 16

// Aspect gives every method a panel.
func (g Periodogram) Aspect(s Style) float64 {
	none := func(*page) []key { return nil }
	return (spectrumHeight*float64(max(len(g.Spectra), 1))*s.FontPt + around(g.Labels, none, s)) / (s.WidthMM * ptPerMM)
}

func (g Periodogram) draw(p *page, area rect) {
	if len(g.Spectra) == 0 {
		p.message(area, "No periods were tried.")
		return
	}
	var hours [][]float64
	for _, s := range g.Spectra {
		hours = append(hours, s.Hours)
	}
	from, to, _ := span(hours...)
	x := axis{label: "Period (h)", min: from, max: to, ticks: niceTicks(from, to, max(2, min(12, int(area.width()/p.em/5))))}
	left := 0.0
	for _, s := range g.Spectra {
		left = max(left, p.leftOf(s.vertical()))
	}
	for i, s := range g.Spectra {
		part := cell(area, i, len(g.Spectra), blockGap*p.em, true)
		s.draw(p, part, x, left, g.Demo)
	}
}

func (s Spectrum) draw(p *page, area rect, x axis, left float64, demo bool) {
	if s.Reason != "" {
		p.message(area, s.Name+": "+s.Reason)
		return
	}
	area = p.keys(s.legend(p), area)
	pn := panel{rect: area.inset(left, p.belowOf(x), p.rightOf(x), tickSize*capHeight*p.em/2), x: x, y: s.vertical(), p: p, left: left}
	pn.grid()
	if demo {
		p.watermark(pn.rect)
	}
	at := func(i int) float64 { return s.Hours[i] }
	n := min(len(s.Hours), len(s.Power))
	p.strokeRuns(pn.runs(at, s.Power[:n]), line{color: p.accent, width: dataLine * p.em})
	switch {
	case len(s.Level) == 1 && finite(s.Level[0]):
		y := pn.atY(s.Level[0])
		p.rule(xy{pn.x0, y}, xy{pn.x1, y}, dashed(p, p.second))
	case len(s.Level) > 1:
		p.strokeRuns(pn.runs(at, s.Level[:min(n, len(s.Level))]), dashed(p, p.second))
	}
	s.mark(pn)
	pn.axes()
}

// vertical is the axis of the strength, with room above the peak for its name.
func (s Spectrum) vertical() axis {
	_, hi, _ := span(s.Power, s.Level)
	lo, _, _ := span(s.Power)
	lo, hi = min(lo, 0), atLeast(hi, 1)
	return axis{label: s.Axis, min: lo, max: lo + (hi-lo)*1.2, ticks: niceTicks(lo, hi, 3)}
}

// mark marks the peak, and names its period above it where there is room.
func (s Spectrum) mark(pn panel) {
	if s.Peak < 0 || s.Peak >= min(len(s.Hours), len(s.Power)) || !finite(s.Power[s.Peak]) {
		return
	}
	p := pn.p
	at := pn.point(s.Hours[s.Peak], s.Power[s.Peak])
	p.fill(marker(Disc, at, 0.3*p.em), p.accent)
	if at.y+(0.6+tickSize*capHeight)*p.em > pn.y1 {
		return // there is no room above it
	}
	words := number(bounded(cmp.Or(s.Period, s.Hours[s.Peak])), 0.01) + " h"
	h, half := 0.5, textWidth(words, tickSize*p.em, true)/2
	if at.x-half < pn.x0 {
		h = 0
	}
	if at.x+half > pn.x1 {
		h = 1
	}
	p.put(words, xy{at.x, at.y + 0.6*p.em}, label{size: tickSize * p.em, bold: true, h: h})
}

func (s Spectrum) legend(p *page) []key {
	curve, level := line{color: p.accent, width: dataLine * p.em}, dashed(p, p.second)
	keys := []key{{name: s.Name, line: &curve}}
	if len(s.Level) > 0 {
		keys = append(keys, key{name: s.LevelName, line: &level})
	}
	return keys
}
