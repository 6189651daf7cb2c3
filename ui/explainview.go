package ui

import (
	"context"
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2/container"

	"circascope/app"
	"circascope/inference"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// show puts up the view of what was computed, or says that it is being computed.
func (p *explain) show() {
	r := p.results[p.at]
	p.drawer.drop()
	p.panel.offer(r)
	p.words.SetText("")
	if p.explanation == nil {
		p.title.set(dotted(r.Subject, weekFrom(r.WeekStart), "PAT-"+string(r.Model)), r.Demo())
		p.lead.SetText("")
		p.put(container.NewCenter(look.NewText("Computing the attention of PAT-"+string(r.Model)+" ...", look.Muted)))
		return
	}
	p.title.set(dotted(r.Subject, weekFrom(r.WeekStart), "PAT-"+string(r.Model), p.explanation.Describe()), r.Demo())
	occlusion, there := p.panel.of(r)
	if there {
		p.words.SetText(agreementWords(*p.explanation, occlusion))
	}
	if p.view.Chosen() == occlusionView && !there {
		p.lead.SetText("")
		p.put(controls.NewEmptyState(look.IconExplain, "Not measured yet",
			"Occlusion masks every hour of the week in turn, embeds the week without it, and measures how far the embedding moves: what the model's answer depends on, beside where it looked."))
		return
	}
	p.lead.SetText(p.leadText())
	p.put(p.figure)
	p.figure.Renew()
}

func agreementWords(e app.Explanation, o app.Occlusion) string {
	agreement, err := app.Agree(e, o)
	if err != nil {
		return errorWords(err)
	}
	return agreement.Sentence(strings.ToLower(e.What()))
}

// leadText says what the view shows.
func (p *explain) leadText() string {
	what := strings.ToLower(p.explanation.What())
	switch p.view.Chosen() {
	case daysView:
		return fmt.Sprintf("A day a row: activity as an area, the %s each piece of the week receives as a line over it; dashed is even %s.", what, what)
	case averageView:
		return fmt.Sprintf("Activity and %s received, averaged over the days.", what)
	case mapView:
		return "Each row is a piece of the week that looks, each column one that is looked at; bright is more than even."
	case occlusionView:
		return fmt.Sprintf("Above: how far the embedding moves when the hour is masked. Below: the %s the hour receives.", what)
	}
	return fmt.Sprintf("Above: how much %s each piece of the week receives from all others; dashed is even %s. Below: the activity.", what, what)
}

// measured hears that an occlusion is there.
func (p *explain) measured() {
	if p.w.at == explainPlace && len(p.results) > 0 {
		p.show()
	}
}

// paint draws the chart of the view for the window, away from its goroutine.
func (p *explain) paint(size controls.FigureSize) {
	if p.explanation == nil {
		return
	}
	e, view := *p.explanation, p.view.Chosen()
	occlusion, _ := p.panel.of(e.Result)
	load(p.drawer, func(context.Context) (*image.RGBA, error) {
		chart, err := screenChart(e, occlusion, view)
		if err != nil {
			return nil, err
		}
		return plots.Image(chart, size.Width, size.Height, size.Scale, size.Dark), nil
	}, func(img *image.RGBA, err error) {
		if err != nil {
			p.put(controls.NewEmptyState(look.IconExplain, "The chart can't be drawn", errorWords(err)))
			return
		}
		p.figure.ShowPicture(img)
	})
}

// screenChart returns the chart of a view without heading and caption, which the
// page has.
func screenChart(e app.Explanation, o app.Occlusion, view string) (plots.Chart, error) {
	switch view {
	case daysView, averageView:
		c, _ := e.DaysChart(view == averageView)
		c.Labels = blankLabels(c.Labels)
		return c, nil
	case mapView:
		c, _ := e.MapChart()
		c.Labels = blankLabels(c.Labels)
		return c, nil
	case occlusionView:
		c, _, err := app.OcclusionChart(o, e)
		c.Labels = blankLabels(c.Labels)
		return c, err
	}
	c, _ := e.WeekChart()
	c.Labels = blankLabels(c.Labels)
	return c, nil
}

// exports lists the chart that is shown first.
func (p *explain) exports() []exportItem {
	if p.explanation == nil {
		return nil
	}
	e := *p.explanation
	base := fmt.Sprintf("%s-PAT-%s-%s", e.Result.Subject, e.Result.Model, e.Name())
	items := []exportItem{
		{name: "Attention over the week", base: base + "-week", chart: chartOf(e.WeekChart)},
		{name: "Attention day by day over the activity", base: base + "-days", chart: chartOf(func() (plots.AttentionDays, app.Sources) { return e.DaysChart(false) })},
		{name: "Attention on the average day", base: base + "-average-day", chart: chartOf(func() (plots.AttentionDays, app.Sources) { return e.DaysChart(true) })},
		{name: "Query x key map", base: base + "-map", chart: chartOf(e.MapChart)},
		{name: "Table of the attention each token receives", base: base + "-profile", table: tableOf(e.ProfileTable)},
		{name: "Table of the average day", base: base + "-average-day", table: tableOf(e.AverageDayTable)},
		{name: "Table of the query x key map, whole", base: base + "-map", table: tableOf(e.MapTable), explain: []string{"--map-table"}},
	}
	if o, there := p.panel.of(e.Result); there {
		beside := fmt.Sprintf("%s-PAT-%s-occlusion-beside-%s", e.Result.Subject, e.Result.Model, e.Name())
		items = append(items, exportItem{
			name: "Occlusion by hour beside the attention", base: beside, explain: []string{"--occlusion"},
			chart: func(context.Context) (plots.Chart, app.Sources, error) { return app.OcclusionChart(o, e) },
		}, exportItem{
			name: "Table of the occlusion by hour", base: beside, explain: []string{"--occlusion"},
			table: func(context.Context) (app.Table, app.Sources, error) { return app.OcclusionTable(o, e) },
		})
	}
	words := p.explainWords(e.Result)
	for i := range items {
		if words != nil {
			items[i].explain = append(words[:len(words):len(words)], items[i].explain...)
		} else {
			items[i].explain = nil
		}
	}
	return p.shownFirst(items)
}

// shownFirst moves the chart that is shown to the front.
func (p *explain) shownFirst(items []exportItem) []exportItem {
	at := map[string]int{daysView: 1, averageView: 2, mapView: 3, occlusionView: 7}[p.view.Chosen()]
	if at == 0 || at >= len(items) {
		return items
	}
	return append([]exportItem{items[at]}, append(items[:at:at], items[at+1:]...)...)
}

// explainWords are the arguments of "pat explain" for the choices of the page, nil
// where it would take another result of the same week.
func (p *explain) explainWords(r inference.Result) []string {
	for _, o := range p.results {
		if o.ID == r.ID {
			break
		}
		if o.WeekStart == r.WeekStart {
			return nil // the command takes the first, which was computed last
		}
	}
	words := []string{"--recording", r.Recording, "--model", string(r.Model), "--week", quoted(r.WeekStart)}
	switch o := p.asked.options; {
	case o.Rollout:
		words = append(words, "--rollout")
	default:
		words = append(words, "--layer", fmt.Sprint(o.Layer))
		if o.Head != inference.MeanHead {
			words = append(words, "--head", fmt.Sprint(o.Head))
		}
	}
	if r.Demo() {
		words = append(words, "--demo")
	}
	return words
}

func chartOf[C plots.Chart](make func() (C, app.Sources)) func(context.Context) (plots.Chart, app.Sources, error) {
	return func(context.Context) (plots.Chart, app.Sources, error) {
		chart, src := make()
		return chart, src, nil
	}
}

func tableOf(make func() (app.Table, app.Sources)) func(context.Context) (app.Table, app.Sources, error) {
	return func(context.Context) (app.Table, app.Sources, error) {
		table, src := make()
		return table, src, nil
	}
}
