package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// The views of the page.
const (
	overviewTab  = "Overview"
	mapsTab      = "Maps"
	peopleTab    = "People"
	publishedTab = "Published"
)

// compare is the page that puts the model sizes side by side.
type compare struct {
	w        *Window
	root     *fyne.Container
	title    *pageTitle
	tabs     *controls.Segments
	choice   *controls.Select // of the conditions there are results under
	loader   *loader
	result   app.Comparison
	coloring plots.Coloring
	of       *app.Condition // chosen by the user; nil takes the best

	maps   *compareMaps
	people *comparePeople
}

func newCompare(w *Window) *compare {
	p := &compare{
		w: w, title: newPageTitle("Compare"), root: container.NewStack(look.Gap(0, 0)),
		tabs: controls.NewSegments(overviewTab, mapsTab, peopleTab, publishedTab), loader: newLoader(w.tasks),
	}
	p.maps, p.people = newCompareMaps(p), newComparePeople(p)
	p.tabs.OnChange = func(string) { p.show() }
	p.choice = controls.NewSelect(nil, func(string) { p.choose() })
	w.study.watch(func(c studyChange) {
		if c == markedChanged || c == chosenChanged {
			p.maps.showSelected()
		}
	})
	return p
}

func (p *compare) content() fyne.CanvasObject { return p.root }

func (p *compare) wants(e app.Event) bool {
	return e == app.LibraryChanged || e == app.ResultsChanged || e == app.RecordingsChanged || e == app.ProtocolChanged
}

// compared is what a reading of the page gives.
type compared struct {
	result   app.Comparison
	coloring plots.Coloring
	columns  []app.Field // by which points can be coloured
}

func (p *compare) refresh() {
	column, o := p.maps.color.Selected(), app.CompareOptions{Condition: p.of}
	if len(p.result.Sizes) == 0 {
		p.swap(newPage(p.title.content, nil, container.NewCenter(look.NewText("Comparing the sizes ... a large library takes a while; Jobs shows how far it is.", look.Muted))))
	}
	load(p.loader, func(ctx context.Context) (compared, error) {
		c, err := p.w.wb.Compare(ctx, o, nil)
		if err == nil && len(c.Sizes) == 0 && o.Condition != nil { // those results are gone
			c, err = p.w.wb.Compare(ctx, app.CompareOptions{}, nil)
		}
		if err != nil || len(c.Sizes) == 0 {
			return compared{result: c}, err
		}
		columns, err := colorChoices(ctx, p.w.wb)
		if err != nil {
			return compared{result: c}, err
		}
		coloring, err := p.w.wb.Coloring(ctx, colorColumn(oneOf(columns, column)), c.Sizes[0].Set.Results)
		return compared{c, coloring, columns}, err
	}, func(c compared, err error) {
		if err != nil {
			p.result = app.Comparison{}
			p.swap(newPage(p.title.content, nil, p.stopped()))
			p.w.fail("Comparing the sizes", err)
			return
		}
		p.result, p.coloring = c.result, c.coloring
		p.maps.offer(c.columns)
		p.people.result = nil
		p.show()
	})
}

// stopped is shown where the comparison was cancelled or failed.
func (p *compare) stopped() fyne.CanvasObject {
	return controls.NewEmptyState(look.IconCompare, "Not compared", "The comparison was stopped, or failed. What is stored is as it was.",
		primaryButton("Compare again", look.IconCompare, p.refresh))
}

// choose compares the results of another condition.
func (p *compare) choose() {
	i := p.choice.SelectedIndex()
	if i < 0 || i >= len(p.result.Choices) || p.result.Choices[i].Condition == p.result.Condition {
		return
	}
	condition := p.result.Choices[i].Condition
	p.of = &condition
	p.refresh()
}

func (p *compare) show() {
	if len(p.result.Sizes) == 0 || p.result.Weeks == 0 {
		p.title.set("", false)
		p.swap(newPage(p.title.content, nil, p.nothing()))
		return
	}
	p.title.set(p.result.Summary(), p.result.Demo())
	tools := []fyne.CanvasObject{toolButton("Export ...", look.IconExport, p.w.showExport), primaryButton("Run PAT ...", look.IconRun, p.w.showRun)}
	bar := container.NewBorder(nil, nil, p.tabs.Content, nil, look.InsetBy(0, look.M, p.chooser()))
	body := container.NewBorder(look.InsetBy(0, look.L, bar), nil, nil, nil, look.InsetBy(look.S, look.L, p.tab()))
	p.swap(newPage(p.title.content, tools, body))
}

func (p *compare) tab() fyne.CanvasObject {
	switch p.tabs.Chosen() {
	case mapsTab:
		return p.maps.content()
	case peopleTab:
		return p.people.content()
	case publishedTab:
		return published()
	default:
		return p.overview()
	}
}

// chooser is the choice of what to compare, where there is more than one.
func (p *compare) chooser() fyne.CanvasObject {
	choices := p.result.Choices
	if len(choices) < 2 {
		return look.Gap(0, 0)
	}
	p.choice.Options = nil
	for _, c := range choices {
		p.choice.Options = append(p.choice.Options, c.Label())
	}
	p.choice.Selected = p.choice.Options[0]
	p.choice.Refresh()
	return p.choice
}

// nothing says how to get something to compare.
func (p *compare) nothing() fyne.CanvasObject {
	advice := "Run at least two model sizes on the same recordings: this page then shows how far they agree, whom they place differently, how long a week takes in each, and which size suits this machine."
	if len(p.result.Sizes) > 0 {
		advice = "The sizes were run on different recordings: no week was embedded by each of them. Run them on the same recordings."
	}
	return controls.NewEmptyState(look.IconCompare, "Nothing to compare yet", advice, primaryButton("Run PAT ...", look.IconRun, p.w.showRun))
}

func (p *compare) swap(o fyne.CanvasObject) {
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}

func (p *compare) exports() []exportItem {
	if len(p.result.Sizes) == 0 || p.result.Weeks == 0 {
		return nil
	}
	var command []string // the command line takes the best condition
	if p.of == nil {
		command = []string{"compare", "--color", quoted(p.maps.column())}
	}
	chart := func(name, base string, pat []string, of func() (plots.Chart, app.Sources)) exportItem {
		return exportItem{name: name, base: base, pat: pat, chart: func(context.Context) (plots.Chart, app.Sources, error) {
			c, src := of()
			return c, src, nil
		}}
	}
	list := []exportItem{
		chart("Report on the sizes", "compare", nil, func() (plots.Chart, app.Sources) { return app.CompareReport(p.result, p.coloring) }),
		chart("Maps side by side", "comparison", command, func() (plots.Chart, app.Sources) { return app.CompareChart(p.result, p.coloring) }),
		chart("Maps laid over each other", "overlay", nil, func() (plots.Chart, app.Sources) { return app.OverlayChart(p.people.shown()) }),
	}
	names := []string{"Table of sizes", "Table of pairs of sizes", "Table of people, most different first"}
	for i, t := range app.CompareTables(p.result) {
		list = append(list, exportItem{name: names[i], base: t.Name, table: func(context.Context) (app.Table, app.Sources, error) {
			return t, app.CompareSources("comparison of model sizes", p.result), nil
		}})
	}
	return append(list, exportItem{name: "Table of embeddings of all sizes", base: "embeddings", table: func(ctx context.Context) (app.Table, app.Sources, error) {
		return p.w.wb.EmbeddingsExport(ctx, p.result.Sets())
	}})
}

// figuresTable is a small table of texts: the first column to the left, in bold,
// the others to the right.
func figuresTable(head []string, rows [][]string) fyne.CanvasObject {
	grid := container.NewGridWithColumns(len(head))
	for i, text := range head {
		grid.Add(look.NewShortText(text, look.Muted).Align(trailingAfterFirst(i)))
	}
	for _, row := range rows {
		for i, text := range row {
			role := look.Body
			if i == 0 {
				role = look.Strong
			}
			grid.Add(look.NewText(text, role).Align(trailingAfterFirst(i)))
		}
	}
	return grid
}

func trailingAfterFirst(column int) fyne.TextAlign {
	if column == 0 {
		return fyne.TextAlignLeading
	}
	return fyne.TextAlignTrailing
}

// joined writes sentences as one text.
func joined(sentences []string) string { return strings.Join(sentences, " ") }
