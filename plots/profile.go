package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
)

// DailyProfile shows the average day of one participant or of a cohort, with a
// band for how much it varies.
type DailyProfile struct {
	Labels
	Curves []DayCurve
	Unit   string
	Hours  string // name of the hour axis; empty for clock time
}

// DayCurve is an average day: values at evenly spaced times from midnight to
// midnight. Lower and Upper may be nil.
type DayCurve struct {
	Name         string
	Mean         []float64 // the middle of the band: a mean or a median; NaN = nothing recorded
	Lower, Upper []float64
	Band         string // what the band shows, for the legend: "SD over 7 days"
	N            []int  // how many days or people are behind each value; may be nil
}

// Band says what a DayCurve's band shows.
type Band uint8

// The bands.
const (
	BandSD        Band = iota // mean and one sample SD on both sides
	BandQuartiles             // median, first and third quartile
)

// AverageDay returns the average day of one recording in bins of some minutes:
// each day's mean in the bin, then the centre and spread over days. Nothing is
// smoothed.
func AverageDay(m DayMatrix, binMinutes int, b Band) DayCurve {
	rows := make([][]float64, m.Rows())
	for i := range rows {
		rows[i] = binned(m.Row(i), m.cellsPer(binMinutes))
	}
	c := curveOf(rows, b, "days")
	c.Name = "average day"
	return c
}

// AverageCohort returns the average day of a cohort: each person's average day in
// the bins, so that everyone counts once, then the centre and spread over
// persons. Matrices whose cells do not fit the bins of the first are an error.
func AverageCohort(people []DayMatrix, binMinutes int, b Band) (DayCurve, error) {
	rows := make([][]float64, len(people))
	for i, m := range people {
		rows[i] = m.Mean(binMinutes)
		if len(rows[i]) != len(rows[0]) {
			return DayCurve{}, fmt.Errorf("person %d has %d bins of %d minutes a day, person 1 has %d: choose a bin that all epochs divide", i+1, len(rows[i]), binMinutes, len(rows[0]))
		}
	}
	c := curveOf(rows, b, "people")
	c.Name = "average of the cohort"
	return c, nil
}

// Course returns the means of bins of some minutes over all days, one after the
// other from the first midnight on.
func Course(m DayMatrix, binMinutes int) DayCurve {
	n := m.cellsPer(binMinutes)
	return DayCurve{Name: fmt.Sprintf("activity, mean of %g min", float64(n)*m.CellMinutes()), Mean: binned(m.Values, n)}
}

func curveOf(rows [][]float64, b Band, of string) DayCurve {
	mean, sd, counts := meanAndSD(rows)
	c := DayCurve{Mean: mean, Lower: make([]float64, len(mean)), Upper: make([]float64, len(mean)), N: counts}
	for k := range mean {
		c.Lower[k], c.Upper[k] = mean[k]-sd[k], mean[k]+sd[k]
		if b == BandQuartiles {
			column := columnOf(rows, k)
			c.Mean[k] = quantile(column, 0.5)
			c.Lower[k], c.Upper[k] = quantile(column, 0.25), quantile(column, 0.75)
		}
	}
	centre, spread := "mean", "SD"
	if b == BandQuartiles {
		centre, spread = "median", "quartiles"
	}
	c.Band = fmt.Sprintf("%s and %s over %s %s", centre, spread, c.numbers(), of)
	return c
}

// numbers says how many values stand behind the bins that have any.
func (c DayCurve) numbers() string {
	least, most := math.MaxInt, 0
	for _, n := range c.N {
		most = max(most, n)
		if n > 0 {
			least = min(least, n)
		}
	}
	if least >= most {
		return strconv.Itoa(most)
	}
	return fmt.Sprintf("%d to %d", least, most)
}

// columnOf returns the recorded values of a column, sorted.
func columnOf(rows [][]float64, k int) []float64 {
	var column []float64
	for _, row := range rows {
		if k < len(row) && finite(row[k]) {
			column = append(column, row[k])
		}
	}
	slices.Sort(column)
	return column
}

// Aspect is that of a wide, low plot with its legend.
func (d DailyProfile) Aspect(s Style) float64 {
	return 0.36 + (around(d.Labels, d.keys, s)+4*s.FontPt)/(s.WidthMM*ptPerMM)
}

func (d DailyProfile) draw(p *page, area rect) {
	lo, hi, ok := d.span()
	if !ok {
		p.message(area, "Nothing was recorded.")
		return
	}
	area = p.keys(d.keys(p), area)
	hours := d.Hours
	if hours == "" {
		hours = "Clock time (h)"
	}
	x := axis{label: hours, max: 24, ticks: hourTicks(1, area.width()*0.85, p.em)}
	// Activity is never under 0: a band that is says only that the SD is large.
	y := axis{label: d.Unit, min: min(lo, 0), max: hi, ticks: niceTicks(min(lo, 0), hi, max(2, min(5, int(area.height()/p.em/3))))}
	pn := p.newPanel(area, x, y)
	pn.grid()
	if d.Demo {
		p.watermark(pn.rect)
	}
	for i, c := range d.Curves {
		pn.curve(c, 24, d.look(p, i))
	}
	pn.axes()
}

// span returns the range of the curves and their bands; the axis begins at 0
// where the means do.
func (d DailyProfile) span() (lo, hi float64, ok bool) {
	var all, means [][]float64
	for _, c := range d.Curves {
		all = append(all, c.Mean, c.Upper)
		means = append(means, c.Mean)
	}
	_, hi, ok = span(all...)
	lo, _, _ = span(means...)
	if hi <= lo {
		_, hi = padded(lo, hi, 0.05)
	}
	return lo, hi, ok
}

func (d DailyProfile) keys(p *page) []key {
	var keys []key
	for i, c := range d.Curves {
		look := line{color: d.look(p, i), width: 1.5 * dataLine * p.em}
		keys = append(keys, key{name: c.legendName(), line: &look})
	}
	return keys
}

// legendName is the name with what the band shows.
func (c DayCurve) legendName() string {
	if c.Band == "" {
		return c.Name
	}
	return c.Name + " (" + c.Band + ")"
}

func (d DailyProfile) look(p *page, i int) color.NRGBA {
	if len(d.Curves) == 1 {
		return p.accent
	}
	return inkOf(CategoryColor(i))
}

// curve draws a band over some hours, such as those of a day, and the line in its
// middle.
func (pn panel) curve(c DayCurve, hours float64, ink color.NRGBA) {
	p := pn.p
	bin := hours / float64(max(len(c.Mean), 1))
	middle := func(i int) float64 { return (float64(i) + 0.5) * bin }
	if len(c.Lower) == len(c.Mean) && len(c.Upper) == len(c.Mean) {
		upper, lower := pn.runs(middle, c.Upper), pn.runs(middle, c.Lower)
		// A centre without a spread leaves a gap in the band at the same places.
		for i := range min(len(upper), len(lower)) {
			if len(upper[i]) > 1 && len(upper[i]) == len(lower[i]) {
				p.fill(band(upper[i], lower[i]), faded(ink, 0.2))
			}
		}
	}
	p.strokeRuns(pn.runs(middle, c.Mean), line{color: ink, width: 1.2 * dataLine * p.em})
}
