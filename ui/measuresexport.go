package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"circascope/actigraphy/metrics"
	"circascope/app"
)

func (p *measuresPage) exports() []exportItem {
	row, ok := p.w.study.row(p.w.study.chosen)
	if !ok {
		return nil
	}
	var own []app.Measured
	for _, d := range p.definitions() {
		if m, known := p.own[d]; known {
			own = append(own, m)
		}
	}
	if len(own) == 0 {
		return nil
	}
	sets := p.definitions()
	names := make([]string, len(sets))
	for i, d := range sets {
		names[i] = string(d)
	}
	wb, how := p.w.wb, p.w.study.how
	var measures []metrics.Metric
	for _, d := range sets {
		measures = append(measures, how.Metrics(d)...)
	}
	pat := []string{"measures", "--definition", strings.Join(names, ",")}
	of := " (" + strings.Join(names, " and ") + ")"
	return []exportItem{{
		name: "Measures of " + row.Subject + of, base: "measures-" + row.Subject, pat: slices.Insert(slices.Clone(pat), 1, row.ID),
		table: func(context.Context) (app.Table, app.Sources, error) {
			return app.MeasuresTable(own), app.MeasureSources(how, own, measures), nil
		},
	}, {
		name: "Measures of all " + count(len(p.w.study.rows), "recording") + of, base: "measures", pat: pat,
		rows: func(ctx context.Context) (app.RowSource, error) {
			return wb.MeasuresExport(ctx, app.All(), sets, nil)
		},
	}}
}

// copyAll puts the participant's measures on the clipboard.
func (p *measuresPage) copyAll() {
	items := p.exports()
	if len(items) == 0 {
		return
	}
	table, _, err := items[0].table(context.Background())
	if err == nil {
		var b strings.Builder
		if err = table.WriteCSV(&b); err == nil {
			p.w.copy(b.String())
			p.w.status.flash(fmt.Sprintf("Copied %s as CSV", count(len(table.Rows), "measure")))
			return
		}
	}
	p.w.fail("Copying the measures", err)
}
