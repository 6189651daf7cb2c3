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
	items := []exportItem{p.wideTable()}
	if slices.ContainsFunc(p.columns, func(f app.Field) bool { return f.Measure != nil }) {
		items = append(items, p.longTable())
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

// tableExport is a table of the columns that are shown.
func (p *cohortPage) tableExport(name, base string, flags ...string) exportItem {
	o := p.options(p.columnNames()...)
	return exportItem{
		name: name + p.ofShown(), base: base,
		pat: p.command(append([]string{"cohort", "--definition", string(o.Definition), "--columns", quoted(strings.Join(o.Columns[1:], ","))}, flags...)...),
	}
}

// wideTable has a row a recording, longTable a row a measure of one.
func (p *cohortPage) wideTable() exportItem {
	item, o := p.tableExport("Table, a row a recording", "cohort"), p.options(p.columnNames()...)
	item.table = func(ctx context.Context) (app.Table, app.Sources, error) { return p.w.wb.CohortTable(ctx, o, nil) }
	return item
}

func (p *cohortPage) longTable() exportItem {
	item, o := p.tableExport("Table, a row a measure of a recording", "measures", "--long"), p.options(p.columnNames()...)
	item.rows = func(ctx context.Context) (app.RowSource, error) { return p.w.wb.CohortLong(ctx, o, nil) }
	return item
}

func (p *cohortPage) columnNames() []string {
	names := make([]string, len(p.columns))
	for i, f := range p.columns {
		names[i] = f.Name
	}
	return names
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
