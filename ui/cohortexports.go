package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"circascope/app"
	"circascope/plots"
)

func (p *cohortPage) exports() []exportItem {
	if len(p.shown) == 0 {
		return nil
	}
	items := []exportItem{p.tableExport("Table, a row a recording", "cohort", p.w.wb.CohortTable)}
	if slices.ContainsFunc(p.columns, func(f app.Field) bool { return f.Measure != nil }) {
		items = append(items, p.tableExport("Table, a row a measure of a recording", "measures", p.w.wb.CohortLong, "--long"))
	}
	if x, y := p.scatter.x(), p.scatter.y(); x.Name != "" {
		scatter := p.chartExport("Scatter of "+y.Name+" against "+x.Name, "scatter-"+x.Name+"-"+y.Name, x, y)
		of := p.distribution.field()
		distribution := p.chartExport("Distribution of "+of.Name, "distribution-"+of.Name, of, app.Field{})
		switch p.views.Chosen() {
		case scatterView:
			items = append([]exportItem{scatter, distribution}, items...)
		case distributionView:
			items = append([]exportItem{distribution, scatter}, items...)
		default:
			items = append(items, scatter, distribution)
		}
	}
	if p.views.Chosen() == componentsView {
		return append(p.components.exports(), items...)
	}
	return append(items, p.components.exports()...)
}

// options are those of an export of what is shown, in columns of those names.
func (p *cohortPage) options(columns ...string) app.CohortOptions {
	return app.CohortOptions{Recordings: app.Only(idsOf(p.shown)...), Definition: p.definition(), Columns: columns}
}

func (p *cohortPage) tableExport(name, base string, make func(context.Context, app.CohortOptions, app.Progress) (app.Table, app.Sources, error), flags ...string) exportItem {
	var columns []string
	for _, f := range p.columns {
		columns = append(columns, f.Name)
	}
	o := p.options(columns...)
	return exportItem{
		name: name + p.ofShown(), base: base,
		pat: p.command(append([]string{"cohort", "--definition", string(o.Definition), "--columns", quoted(strings.Join(columns[1:], ","))}, flags...)...),
		table: func(ctx context.Context) (app.Table, app.Sources, error) {
			return make(ctx, o, nil)
		},
	}
}

// chartExport is a scatter, or without y a distribution.
func (p *cohortPage) chartExport(name, base string, x, y app.Field) exportItem {
	by, chart := "", app.CohortChartOptions{CohortOptions: p.options(), X: x.Name, Y: y.Name}
	if g := p.groups(); g != nil {
		by, chart.By = " by "+g.Name, g.Name
	}
	words := []string{"cohort-chart", "--definition", string(p.definition()), "--x", quoted(x.Name)}
	if y.Name != "" {
		words = append(words, "--y", quoted(y.Name))
	}
	if chart.By != "" {
		words = append(words, "--by", quoted(chart.By))
	}
	return exportItem{
		name: name + by + p.ofShown(), base: base, pat: p.command(words...),
		chart: func(ctx context.Context) (plots.Chart, app.Sources, error) {
			return p.w.wb.CohortChart(ctx, chart, nil)
		},
	}
}

// ofShown says how many are exported where a search hides some.
func (p *cohortPage) ofShown() string {
	if len(p.shown) == len(p.w.study.rows) {
		return ""
	}
	return fmt.Sprintf(" (the %d shown)", len(p.shown))
}

// command returns arguments of "pat export", which knows only all recordings.
func (p *cohortPage) command(words ...string) []string {
	if len(p.shown) < len(p.w.study.rows) {
		return nil
	}
	return words
}
