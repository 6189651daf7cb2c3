package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// compare is the page that puts the model sizes side by side.
type compare struct {
	w        *Window
	root     *fyne.Container
	title    *pageTitle
	color    *controls.Select
	hover    *look.Text
	loader   *loader
	result   app.Comparison
	coloring plots.Coloring
	panels   []*controls.Scatter
	speed    speed
}

func newCompare(w *Window) *compare {
	p := &compare{
		w: w, title: newPageTitle("Compare"), root: container.NewStack(look.Gap(0, 0)),
		hover: look.NewShortText("", look.Body), loader: newLoader(w.tasks), speed: speed{},
	}
	p.color = controls.NewSelect(append([]string{plainColor}, app.ColorColumns()...), nil)
	p.color.Selected = w.prefs.store.StringWithFallback(prefColorBy, app.ColorActivity)
	p.color.OnChanged = func(string) { p.refresh() }
	w.study.watch(func(c studyChange) {
		if c == markedChanged || c == chosenChanged {
			p.showSelected()
		}
	})
	return p
}

func (p *compare) content() fyne.CanvasObject { return p.root }

func (p *compare) wants(e app.Event) bool {
	return e == app.LibraryChanged || e == app.ResultsChanged || e == app.RecordingsChanged
}

// compared is what a reading of the page gives.
type compared struct {
	result   app.Comparison
	coloring plots.Coloring
}

func (p *compare) refresh() {
	column := colorColumn(p.color.Selected)
	load(p.loader, func(ctx context.Context) (compared, error) {
		c, err := p.w.wb.Compare(ctx)
		if err != nil || len(c.Models) == 0 {
			return compared{result: c}, err
		}
		coloring, err := p.w.wb.Coloring(ctx, column, c.Models[0].Set.Results)
		return compared{c, coloring}, err
	}, func(c compared, err error) {
		if err != nil {
			p.w.fail("Comparing the models", err)
			return
		}
		p.result, p.coloring = c.result, c.coloring
		p.show()
	})
}

func (p *compare) show() {
	p.panels = nil
	if len(p.result.Models) < 2 || p.result.Weeks == 0 {
		p.title.set("", false)
		p.swap(newPage(p.title.content, nil, controls.NewEmptyState(look.IconCompare, "Nothing to compare yet",
			"Run at least two model sizes on the same recordings: this page then shows the same weeks in each, how long a week takes, and how far the models agree on who is whose neighbour.",
			primaryButton("Run PAT ...", look.IconRun, p.w.showRun))))
		return
	}
	p.title.set(p.summary(), p.demo())
	paint := p.coloring.Paint(p.result.Weeks)
	grid := look.Grid(len(p.result.Models))
	for _, m := range p.result.Models {
		grid.Add(p.panel(m, paint))
	}
	tools := []fyne.CanvasObject{
		container.NewCenter(look.NewText("Colour", look.Muted)), look.AtLeast(210, 0, p.color),
		toolButton("Export ...", look.IconExport, p.w.showExport),
		primaryButton("Run PAT ...", look.IconRun, p.w.showRun),
	}
	foot := look.InsetBy(look.S, look.L, look.Grid(3,
		controls.NewCard(container.NewVScroll(controls.NewLegend(p.coloring, paint))), controls.NewCard(p.agreement()), controls.NewCard(p.speedTable())))
	body := container.NewBorder(look.InsetBy(0, look.L, look.AtLeast(0, 20, p.hover)), foot, nil, nil, look.InsetBy(0, look.L, grid))
	p.swap(newPage(p.title.content, tools, body))
}

func (p *compare) swap(o fyne.CanvasObject) {
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}

func (p *compare) summary() string {
	text := fmt.Sprintf("The same %s in each model", count(p.result.Weeks, "week"))
	if p.result.Left > 0 {
		text += fmt.Sprintf("; %s left out that not every model embedded", count(p.result.Left, "week"))
	}
	return text
}

func (p *compare) demo() bool {
	for _, m := range p.result.Models {
		if m.Set.Demo() {
			return true
		}
	}
	return false
}

func (p *compare) panel(m app.Projection, paint plots.Paint) fyne.CanvasObject {
	s := controls.NewScatter()
	x, y := columnsOf(m.XY)
	s.SetPoints(controls.Points{
		X: x, Y: y, Marks: paint.Points, Selected: pointsOf(m.Set.Results, p.w.study), Chosen: chosenPoint(m.Set.Results, p.w.study),
		XTitle: shortAxis(1, m.Explained[0]), YTitle: shortAxis(2, m.Explained[1]),
	})
	s.OnHover = p.hovered
	s.OnLasso = func(ids []int) { p.w.study.mark(recordingsOf(m.Set.Results, ids)) }
	s.Lasso = true
	s.OnTap = func(i int) {
		p.w.study.choose(m.Set.Results[i].Recording)
		p.w.goTo(activityPlace)
	}
	p.panels = append(p.panels, s)
	head := look.NewText("PAT-"+string(m.Set.Model), look.Subheading)
	return container.NewBorder(head, nil, nil, nil, s)
}

func shortAxis(component int, explained float64) string {
	return fmt.Sprintf("PC%d (%.1f %%)", component, 100*explained)
}

// hovered marks the same week in every panel.
func (p *compare) hovered(i int) {
	for _, s := range p.panels {
		s.SetHover(i)
	}
	if results := p.result.Models[0].Set.Results; i >= 0 && i < len(results) {
		p.hover.SetText(describePoint(results[i], p.coloring, i))
		return
	}
	p.hover.SetText(p.w.study.markedWords())
}

func (p *compare) showSelected() {
	for i, s := range p.panels {
		results := p.result.Models[i].Set.Results
		s.Select(pointsOf(results, p.w.study), chosenPoint(results, p.w.study))
	}
	p.hover.SetText(p.w.study.markedWords())
}

// agreement is how many of a week's nearest neighbours two models share.
func (p *compare) agreement() fyne.CanvasObject {
	column := look.Column(look.XS, look.NewText("Agreement", look.Strong))
	if p.result.Neighbours == 0 {
		column.Add(look.NewText("Too few weeks to compare neighbours", look.Muted))
		return column
	}
	n := len(p.result.Models)
	grid := container.NewGridWithColumns(n + 1)
	grid.Add(look.NewText("", look.Body))
	for _, m := range p.result.Models {
		grid.Add(look.NewText(string(m.Set.Model), look.Strong).Align(fyne.TextAlignTrailing))
	}
	for i, m := range p.result.Models {
		grid.Add(look.NewText("PAT-"+string(m.Set.Model), look.Body))
		for j := range n {
			role := look.Body
			if i == j {
				role = look.Muted
			}
			grid.Add(look.NewText(fmt.Sprintf("%.0f %%", 100*p.result.Overlap[i][j]), role).Align(fyne.TextAlignTrailing))
		}
	}
	column.Add(grid)
	column.Add(look.NewShortText(fmt.Sprintf("share of the %d nearest neighbours in common", p.result.Neighbours), look.Caption))
	return column
}

func (p *compare) exports() []exportItem {
	if len(p.result.Models) < 2 {
		return nil
	}
	return []exportItem{{
		name: "Models side by side", base: "comparison", pat: []string{"compare", "--color", quoted(colorColumn(p.color.Selected))},
		chart: func(context.Context) (plots.Chart, app.Sources, error) {
			chart, src := app.CompareChart(p.result, p.coloring)
			return chart, src, nil
		},
	}, {
		name: "Table of embeddings of all models", base: "embeddings",
		table: func(context.Context) (app.Table, app.Sources, error) {
			sets := make([]app.EmbeddingSet, len(p.result.Models))
			for i, m := range p.result.Models {
				sets[i] = m.Set
			}
			return app.EmbeddingsTable(sets), app.SetSources("embeddings", sets...), nil
		},
	}}
}
