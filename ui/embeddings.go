package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// embeddings is the page of the projection.
type embeddings struct {
	w      *Window
	root   *fyne.Container
	full   fyne.CanvasObject
	title  *pageTitle
	size   *controls.Segments
	group  *controls.Select
	color  *colorChoice
	lasso  *controls.Check
	points *controls.Scatter
	legend *fyne.Container
	hover  *look.Text

	loader     *loader
	sets       []app.EmbeddingSet // of the size, newest first
	set        int
	projection app.Projection
	coloring   plots.Coloring
	paint      plots.Paint
}

func newEmbeddings(w *Window) *embeddings {
	p := &embeddings{
		w: w, title: newPageTitle("Embeddings"), points: controls.NewScatter(), legend: container.NewStack(),
		hover: look.NewShortText("", look.Body), loader: newLoader(w.tasks),
		size: controls.NewSegments("PAT-S", "PAT-M", "PAT-L"), root: container.NewStack(look.Gap(0, 0)),
	}
	p.makeControls()
	tools := []fyne.CanvasObject{
		p.size.Content, look.NewText("Colour", look.Muted), look.AtLeast(200, 0, p.color.button),
		toolButton("Export ...", look.IconExport, w.showExport),
		primaryButton("Run PAT ...", look.IconRun, w.showRun),
	}
	for i, t := range tools {
		if _, line := t.(*look.Text); line {
			tools[i] = container.NewCenter(t)
		}
	}
	side := look.AtLeast(286, 0, container.NewVScroll(look.Inset(look.M, p.legend)))
	view := look.Row(look.S, p.lasso, iconButton(theme.ZoomFitIcon(), "Show all points", p.points.ShowAll))
	line := container.NewBorder(nil, nil, nil, view, look.InsetBy(6, 0, p.hover))
	plot := container.NewBorder(look.InsetBy(0, look.L, line), nil, nil, nil, look.InsetBy(0, look.L, p.points))
	p.full = newPage(p.title.content, tools, container.NewBorder(nil, nil, nil, side, plot))
	w.study.watch(func(c studyChange) {
		if c == markedChanged || c == chosenChanged {
			p.showSelected()
		}
	})
	return p
}

func (p *embeddings) makeControls() {
	store := p.w.prefs.store
	p.size.OnChange = func(c string) { store.SetString(prefModel, c); p.set = 0; p.refresh() }
	p.color = newColorChoice(p.w, store.StringWithFallback(prefColorBy, app.ColorActivity))
	p.color.OnChanged = func(c string) { store.SetString(prefColorBy, c); p.refresh() }
	p.group = controls.NewSelect(nil, func(string) {
		if i := p.group.SelectedIndex(); i >= 0 && i != p.set {
			p.set = i
			p.refresh()
		}
	})
	p.lasso = controls.NewCheck("Lasso", func(on bool) { p.points.Lasso = on })
	p.points.OnHover = p.hovered
	p.points.OnTap = func(i int) {
		p.w.study.choose(p.projection.Set.Results[i].Recording)
		p.w.goTo(activityPlace)
	}
	p.points.OnLasso = func(ids []int) { p.w.study.mark(recordingsOf(p.projection.Set.Results, ids)) }
}

func (p *embeddings) content() fyne.CanvasObject { return p.root }

func (p *embeddings) wants(e app.Event) bool {
	return e == app.LibraryChanged || e == app.ResultsChanged || e == app.RecordingsChanged || e == app.ProtocolChanged
}

func (p *embeddings) model() models.Size { return models.Size(p.size.Chosen()[len("PAT-"):]) }

// picture is what a reading of the page gives.
type picture struct {
	sets       []app.EmbeddingSet
	projection app.Projection
	coloring   plots.Coloring
	columns    []app.Field // by which points can be coloured
	column     string      // by which they are
}

func (p *embeddings) refresh() {
	if last := p.w.prefs.store.StringWithFallback(prefModel, "PAT-S"); last != p.size.Chosen() { // a run chose it
		p.size.Set(last)
		p.set = 0
	}
	model, at, column := p.model(), p.set, p.color.Selected()
	load(p.loader, func(ctx context.Context) (picture, error) { return readPicture(ctx, p.w.wb, model, at, column) },
		func(pic picture, err error) {
			if err != nil {
				p.w.fail("Reading the embeddings", err)
				return
			}
			p.show(pic)
		})
}

func readPicture(ctx context.Context, wb *app.Workbench, model models.Size, at int, column string) (picture, error) {
	var pic picture
	var err error
	if pic.sets, err = wb.EmbeddingSets(ctx, model); err != nil || len(pic.sets) == 0 {
		return pic, err
	}
	if pic.projection, err = app.Project(pic.sets[min(at, len(pic.sets)-1)]); err != nil {
		return pic, err
	}
	if pic.columns, err = colorChoices(ctx, wb); err != nil {
		return pic, err
	}
	pic.column = oneOf(pic.columns, column)
	pic.coloring, err = wb.Coloring(ctx, colorColumn(pic.column), pic.projection.Set.Results)
	return pic, err
}

func (p *embeddings) show(pic picture) {
	p.sets = pic.sets
	if len(pic.sets) == 0 {
		p.projection = app.Projection{}
		p.title.set("", false)
		p.swap(p.nothing())
		return
	}
	p.set = min(p.set, len(pic.sets)-1)
	p.projection, p.coloring = pic.projection, pic.coloring
	p.color.offer(pic.columns, pic.column)
	p.paint = pic.coloring.Paint(len(pic.projection.XY))
	set := pic.projection.Set
	p.title.set(set.Label(), set.Demo())
	x, y := columnsOf(pic.projection.XY)
	p.points.SetPoints(controls.Points{
		X: x, Y: y, Marks: p.paint.Points, Selected: p.selected(), Chosen: chosenPoint(set.Results, p.w.study),
		XTitle: axisTitle(1, pic.projection.Explained[0]), YTitle: axisTitle(2, pic.projection.Explained[1]),
	})
	p.hovered(-1)
	p.showLegend()
	p.swap(p.full)
}

func (p *embeddings) swap(o fyne.CanvasObject) {
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}

// nothing says how to get embeddings; the size can still be switched.
func (p *embeddings) nothing() fyne.CanvasObject {
	model := p.size.Chosen()
	title, advice := "No embeddings of "+model+" yet", "Run "+model+" on the recordings of this library: each week becomes one point. On two cores forty weeks take seconds."
	action := primaryButton("Run PAT ...", look.IconRun, p.w.showRun)
	if len(p.w.study.rows) == 0 {
		title, advice = "No recordings yet", "Import recordings first; then run PAT on them and see each week as a point."
		action = primaryButton("Import ...", look.IconImport, func() { p.w.showImport(nil) })
	}
	return newPage(p.title.content, []fyne.CanvasObject{p.size.Content}, controls.NewEmptyState(look.IconEmbeddings, title, advice, action))
}

func (p *embeddings) showLegend() {
	column := look.Column(look.L, controls.NewLegend(p.coloring, p.paint))
	if slices.ContainsFunc(p.projection.Set.Results, func(r inference.Result) bool { return r.Score != nil }) {
		column.Add(quiet(scoreCaution))
	}
	if len(p.sets) > 1 {
		labels := make([]string, len(p.sets))
		for i, s := range p.sets {
			labels[i] = fmt.Sprintf("%d: %s", i+1, s.Label())
		}
		p.group.Options = labels
		p.group.Selected = labels[p.set]
		p.group.Refresh()
		column.Add(look.Column(look.XS, look.NewText("Results", look.Strong), p.group,
			look.NewShortText("Never mixed: one scaler, one weights file each", look.Caption)))
	}
	set := p.projection.Set
	column.Add(look.Column(look.XS, look.NewText("Made with", look.Strong), look.InsetBy(0, -6, controls.NewFacts(madeWith(set)...))))
	p.legend.Objects = []fyne.CanvasObject{column}
	p.legend.Refresh()
}

func (p *embeddings) hovered(i int) {
	if i < 0 || i >= len(p.projection.Set.Results) {
		p.hover.SetText(p.w.study.markedWords())
		return
	}
	p.hover.SetText(describePoint(p.projection.Set.Results[i], p.coloring, i))
}

// selected returns the points of marked recordings.
func (p *embeddings) selected() []int {
	return pointsOf(p.projection.Set.Results, p.w.study)
}

func (p *embeddings) showSelected() {
	if len(p.projection.XY) > 0 {
		p.points.Select(p.selected(), chosenPoint(p.projection.Set.Results, p.w.study))
		p.hovered(-1)
	}
}

func (p *embeddings) exports() []exportItem {
	if len(p.projection.XY) == 0 {
		return nil
	}
	model, size := p.size.Chosen(), string(p.model())
	newest := func(words ...string) []string {
		if p.set > 0 {
			return nil // the command line takes the results computed last
		}
		return words
	}
	return []exportItem{{
		name: "Projection of " + model, base: "embeddings-" + model, pat: newest("projection", "--model", size, "--color", quoted(colorColumn(p.color.Selected()))),
		chart: func(ctx context.Context) (plots.Chart, app.Sources, error) {
			chart, src := app.EmbeddingChart(p.projection, p.coloring)
			chart.Selected = p.selected()
			src, err := p.w.wb.ColorSources(ctx, colorColumn(p.color.Selected()), src)
			return chart, src, err
		},
	}, {
		name: "Table of embeddings, 96 numbers a week", base: "embeddings-" + model, pat: newest("embeddings", "--model", size),
		table: func(ctx context.Context) (app.Table, app.Sources, error) {
			return p.w.wb.EmbeddingsExport(ctx, []app.EmbeddingSet{p.projection.Set})
		},
	}, {
		name: "Time a week of " + model, base: "latency-" + model, pat: newest("latency", "--model", size),
		chart: func(context.Context) (plots.Chart, app.Sources, error) {
			chart, src := app.LatencyChart(p.projection.Set)
			return chart, src, nil
		},
	}}
}
