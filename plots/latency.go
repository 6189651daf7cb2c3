package plots

import (
	"fmt"
	"math"
	"slices"
)

// Latency shows how long runs took, as a histogram with its quantiles by nearest
// rank.
type Latency struct {
	Labels
	Seconds []float64 // one a run; NaN and negative values are left out
	Counts  []int64   // how many runs took each of Seconds; nil: one each
}

// quantiles that the chart marks.
var latencyMarks = []struct {
	name string
	q    float64
	dash []float64 // in em
}{
	{"p50", 0.50, nil},
	{"p95", 0.95, []float64{0.8, 0.4}},
	{"p99", 0.99, []float64{0.2, 0.3}},
}

// Aspect is that of a wide, low plot.
func (l Latency) Aspect(s Style) float64 {
	return 0.45 + 5*s.FontPt/(s.WidthMM*ptPerMM)
}

func (l Latency) draw(p *page, area rect) {
	seconds := sortedTimes(l.Seconds, l.Counts)
	if seconds.n() == 0 {
		p.message(area, "No runs yet.")
		return
	}
	unit, factor := timeUnit(seconds.quantile(0.5))
	for i := range seconds.values {
		seconds.values[i] *= factor
	}
	shown := withoutStragglers(seconds)
	area = p.keys(l.legend(p, seconds, seconds.n()-shown.n(), unit), area)
	h := newHistogram(shown)
	x := axis{label: fmt.Sprintf("Time an embedding (%s)", unit), min: h.lo, max: h.hi, ticks: niceTicks(h.lo, h.hi, max(3, min(8, int(area.width()/p.em/6))))}
	top := float64(slices.Max(h.counts))
	y := axis{label: "Runs", max: top * 1.05, ticks: wholeTicks(top, 4)}
	pn := p.newPanel(area, x, y)
	pn.grid()
	if l.Demo {
		p.watermark(pn.rect)
	}
	pn.bars(h)
	for i, m := range latencyMarks {
		at := pn.atX(seconds.nearestRank(m.q))
		p.rule(xy{at, pn.y0}, xy{at, pn.y1}, l.markLine(p, i))
	}
	pn.axes()
}

// stragglers is how many times the 99th percentile a run may take and still be
// drawn: a single stall would squeeze all others into one bar.
const stragglers = 3

// withoutStragglers cuts the longest of sorted times off. The legend counts them.
func withoutStragglers(t times) times {
	limit := stragglers * t.quantile(0.99)
	n := len(t.values)
	for n > 1 && t.values[n-1] > limit {
		n--
	}
	return times{t.values[:n], t.upTo[:n]}
}

func (l Latency) legend(p *page, seconds times, beyond int, unit string) []key {
	var keys []key
	for i, m := range latencyMarks {
		look := l.markLine(p, i)
		keys = append(keys, key{name: fmt.Sprintf("%s %s %s", m.name, significant(seconds.nearestRank(m.q)), unit), line: &look})
	}
	longest := seconds.values[len(seconds.values)-1]
	name := fmt.Sprintf("%s runs, mean %s %s, longest %s %s",
		thousands(fmt.Sprint(seconds.n())), significant(seconds.mean()), unit, significant(longest), unit)
	if beyond > 0 {
		name += fmt.Sprintf(" (%d beyond the axis)", beyond)
	}
	return append(keys, key{
		name:  name,
		color: faded(p.accent, 0.6), shape: Square, long: true,
	})
}

func (l Latency) markLine(p *page, i int) line {
	look := line{color: p.second, width: 1.3 * dataLine * p.em}
	for _, d := range latencyMarks[i].dash {
		look.dash = append(look.dash, d*p.em)
	}
	return look
}

// timeUnit returns the unit that suits a number of seconds, and the factor to it.
func timeUnit(seconds float64) (string, float64) {
	switch {
	case seconds < 1e-3:
		return "µs", 1e6
	case seconds < 1:
		return "ms", 1e3
	default:
		return "s", 1
	}
}

// significant writes a value with three significant digits.
func significant(v float64) string {
	if v == 0 {
		return "0"
	}
	step := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-2)
	return number(v, min(1, step))
}

// histogram counts values in bins of one width.
type histogram struct {
	lo, hi float64
	counts []int
}

// Numbers of bins of a histogram.
const minBins, maxBins = 8, 60

// newHistogram bins sorted values by the rule of Freedman and Diaconis (1981),
// 2 IQR n^(-1/3), within 8 to 60 bins.
func newHistogram(t times) histogram {
	lo, hi := t.values[0], t.values[len(t.values)-1]
	if lo == hi {
		lo, hi = padded(lo, hi, 0)
	}
	width := 2 * (t.quantile(0.75) - t.quantile(0.25)) / math.Cbrt(float64(t.n()))
	bins := maxBins
	if width > 0 {
		bins = int(min(max(math.Ceil((hi-lo)/width), minBins), maxBins))
	} else if t.n() < 2*minBins {
		bins = minBins
	}
	h := histogram{lo: lo, hi: hi, counts: make([]int, bins)}
	for i, v := range t.values {
		k := int((v - lo) / (hi - lo) * float64(bins))
		h.counts[min(k, bins-1)] += t.count(i)
	}
	return h
}

// bars draws a histogram.
func (pn panel) bars(h histogram) {
	p := pn.p
	width := (h.hi - h.lo) / float64(len(h.counts))
	for i, n := range h.counts {
		if n == 0 {
			continue
		}
		x := h.lo + float64(i)*width
		r := rect{pn.atX(x), pn.y0, pn.atX(x + width), pn.atY(float64(n))}
		p.fill(r.path(), faded(p.accent, 0.6))
		p.stroke(r.path(), line{color: p.paper, width: hairline * p.em})
	}
}

// wholeTicks returns ticks at whole numbers only.
func wholeTicks(top float64, n int) []tick {
	var ticks []tick
	for _, t := range niceTicks(0, max(top, 1), n) {
		if t.at == math.Trunc(t.at) {
			ticks = append(ticks, t)
		}
	}
	return ticks
}
