package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"circascope/plots"
)

// namedChart is a chart and the end of its file's name.
type namedChart struct {
	name  string
	chart plots.Chart
}

// charts are all that the measurements can fill.
func charts(m measurements) []namedChart {
	var c []namedChart
	if p := m.peers; p != nil {
		caption := fmt.Sprintf("%s, %d cores; median of %d alternating rounds", p.Machine.CPU, p.Machine.Cores, p.Plan.Rounds)
		if p.Note != "" {
			caption += "; " + p.Note
		}
		c = append(c,
			namedChart{"throughput", throughputChart(p, caption)},
			namedChart{"single", singleChart(p, caption)},
			namedChart{"memory", memoryChart(p, caption)},
		)
	}
	if p := m.product; p != nil {
		c = append(c, namedChart{"weeks", memoryOverWeeks(p)})
	}
	return c
}

// throughputChart draws weeks a second as multiples of the fastest peer's.
func throughputChart(p *peerResults, caption string) plots.Bars {
	return against(p, fastest, func(f, best figures) []float64 { return ratiosOf(f.Rounds, best.Rounds) },
		plots.Bars{
			Labels: plots.Labels{Heading: "Throughput of many weeks", Caption: caption},
			Axis:   "Weeks a second, over the fastest peer's", ReferenceName: "fastest peer at its best",
		})
}

// singleChart draws the speed of single weeks as multiples of the quickest peer's.
func singleChart(p *peerResults, caption string) plots.Bars {
	return against(p, quickest, func(f, best figures) []float64 { return ratiosOf(best.SingleRounds, f.SingleRounds) },
		plots.Bars{
			Labels: plots.Labels{Heading: "One week alone", Caption: caption},
			Axis:   "Speed of a single week, over the quickest peer's", ReferenceName: "quickest peer at its best",
		})
}

// against fills a chart with the median ratio of each program to the best rival.
func against(p *peerResults, best func([]peer) (peer, bool), ratios func(f, best figures) []float64, chart plots.Bars) plots.Bars {
	chart.Series, chart.Reference = seriesOf(p), 1
	chart.Rows = rowsOf(p, func(s peersOfSize, f figures) float64 {
		rival, ok := best(s.rivals("float32"))
		if !ok {
			return math.NaN()
		}
		return median(ratios(f, rival.figures))
	})
	return chart
}

// memoryChart draws the peak memory of each program in its fastest setting, the
// smallest first.
func memoryChart(p *peerResults, caption string) plots.Bars {
	rows := rowsOf(p, func(_ peersOfSize, f figures) float64 { return f.PeakMB })
	slices.Reverse(rows[1:])
	return plots.Bars{
		Labels: plots.Labels{Heading: "Peak memory in the fastest setting", Caption: caption}, Axis: "Peak memory (MB)",
		Series: seriesOf(p), Rows: rows,
	}
}

// memoryOverWeeks draws the peak memory of each size.
func memoryOverWeeks(p *productResults) plots.Lines {
	l := plots.Lines{
		Labels: plots.Labels{Heading: "Memory over weeks", Caption: fmt.Sprintf("%s, %d cores", p.Machine.CPU, p.Machine.Cores)},
		XAxis:  "Weeks in one run", YAxis: "Peak memory (MB)", LogX: true,
	}
	for _, size := range measured(p.Memory) {
		c := plots.LineCurve{Name: "PAT-" + size}
		for _, r := range p.Memory[size] {
			c.X, c.Y = append(c.X, float64(r.Weeks)), append(c.Y, r.PeakMB)
		}
		l.Curves = append(l.Curves, c)
	}
	return l
}

func seriesOf(p *peerResults) []string {
	var series []string
	for _, size := range measured(p.Sizes) {
		series = append(series, "PAT-"+size)
	}
	return series
}

// rowsOf returns a row for Circascope and then one for each float32 peer, the
// highest first; a peer without figures of a size has NaN there.
func rowsOf(p *peerResults, value func(peersOfSize, figures) float64) []plots.BarRow {
	found := measured(p.Sizes)
	own := plots.BarRow{Name: "Circascope", Strong: true}
	var rows []plots.BarRow
	for i, size := range found {
		s := p.Sizes[size]
		own.Values = append(own.Values, value(s, s.Circascope["float32"].figures))
		for _, other := range s.in("float32") {
			k := slices.IndexFunc(rows, func(r plots.BarRow) bool { return r.Name == other.Name })
			if k < 0 {
				k = len(rows)
				rows = append(rows, plots.BarRow{Name: other.Name, Values: slices.Repeat([]float64{math.NaN()}, len(found))})
			}
			rows[k].Values[i] = value(s, other.figures)
		}
	}
	slices.SortStableFunc(rows, func(a, b plots.BarRow) int { return cmp.Compare(top(b), top(a)) })
	return append([]plots.BarRow{own}, rows...)
}

// top returns the greatest of a row's values that there are.
func top(r plots.BarRow) float64 {
	most := math.Inf(-1)
	for _, v := range r.Values {
		if v > most {
			most = v
		}
	}
	return most
}
