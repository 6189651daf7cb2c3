package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/inference/latency"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// latencyRow shows the latency of one model, precision and device.
type latencyRow struct {
	key     latency.Key
	content fyne.CanvasObject
	alerts  map[latency.Rule]*noteLine
	figures []*figure
	series  *controls.Bars // the last times, in their order
	spread  *controls.Bars // how many of them took how long
}

// figure is a number under its name.
type figure struct{ name, value *look.Text }

func (f *figure) set(name, value string) {
	f.name.SetText(name)
	f.value.SetText(value)
}

const latencyFigures = 7

func newLatencyRow(k latency.Key) *latencyRow {
	r := &latencyRow{key: k, alerts: map[latency.Rule]*noteLine{}, series: controls.NewBars(), spread: controls.NewBars()}
	column := look.Column(look.XS)
	for _, rule := range []latency.Rule{latency.SlowRule, latency.ErrorsRule} {
		r.alerts[rule] = newNoteLine()
		column.Add(r.alerts[rule].content)
	}
	grid := container.NewGridWithColumns(latencyFigures)
	for range latencyFigures {
		f := &figure{look.NewText("", look.Caption), look.NewText("", look.Body)}
		r.figures = append(r.figures, f)
		grid.Add(look.Column(0, f.name, f.value))
	}
	device := look.NewShortText(k.DeviceName, look.Caption)
	name := look.AtLeast(140, 0, look.Column(2, look.NewText("PAT-"+string(k.Model), look.Subheading), look.NewText(dotted(k.Precision, k.DeviceKind), look.Caption), device))
	charts := look.Row(look.M, look.AtLeast(190, 0, r.series), look.AtLeast(140, 0, r.spread))
	column.Add(container.NewBorder(nil, nil, name, charts, container.NewVBox(look.InsetBy(look.M, 0, grid))))
	r.content = column
	return r
}

func (r *latencyRow) set(s latency.Stats) {
	texts := map[latency.Rule]string{}
	for _, a := range s.Alerts {
		texts[a.Rule] = a.Text
	}
	for rule, line := range r.alerts {
		line.set(texts[rule])
	}
	n := len(s.Recent.Seconds)
	for i, f := range []struct{ name, value string }{
		{fmt.Sprintf("mean of %d", n), seconds(s.Recent.Mean)},
		{"p50", seconds(s.P50)},
		{"p95", seconds(s.P95)},
		{"p99", seconds(s.P99)},
		{"mean of all", seconds(s.Mean)},
		{"embeddings", thousands(int(s.Count))},
		{"errors", number(int(s.Errors))},
	} {
		r.figures[i].set(f.name, f.value)
	}
	errors := r.figures[latencyFigures-1].value
	errors.SetRole(look.Body)
	if s.Recent.Errors > 0 {
		errors.SetRole(look.Failure)
	}
	r.draw(s.Recent.Seconds)
}

// draw shows the last times twice: one after the other, and how they spread.
func (r *latencyRow) draw(times []float64) {
	if len(times) == 0 {
		r.series.SetCounts(nil, "", "")
		r.spread.SetCounts(nil, "", "")
		return
	}
	series := make([]int, len(times))
	for i, t := range times {
		series[i] = int(1e6 * t)
	}
	longest := slices.Max(times)
	r.series.SetCounts(series, fmt.Sprintf("last %d, one by one", len(times)), "up to "+seconds(longest))
	counts, least := spreadOf(times)
	r.spread.SetCounts(counts, seconds(least), seconds(longest))
}

// spreadOf counts values in bins of one width from the least to the largest.
func spreadOf(values []float64) (counts []int, least float64) {
	const bins = 12
	counts = make([]int, bins)
	least, most := slices.Min(values), slices.Max(values)
	for _, v := range values {
		i := 0
		if most > least {
			i = min(int(bins*(v-least)/(most-least)), bins-1)
		}
		counts[i]++
	}
	return counts, least
}
