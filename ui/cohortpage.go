package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// The views of the page.
const (
	tableView        = "Table"
	scatterView      = "Scatter"
	distributionView = "Distribution"
	componentsView   = "Components"
)

// noGroups is how the choice of one group is named.
const noGroups = "no groups"

// cohortPage is the page of the measures of all recordings: a table, two of them as a
// scatter, one as a distribution by group.
type cohortPage struct {
	w     *Window
	root  *fyne.Container
	full  fyne.CanvasObject
	empty fyne.CanvasObject
	title *pageTitle
	set   *controls.Select
	by    *controls.Select
	find  *controls.Entry
	views *controls.Segments
	state *measuresState
	body  *fyne.Container // holds the view
	foot  *look.Text      // tells who is chosen, or what is under the pointer

	table        *cohortTable
	scatter      *cohortScatter
	distribution *cohortDistribution
	components   *cohortComponents

	protocol *protocolBar
	method   string // how values were measured: the key of a study

	values  *app.FieldValues
	loader  *loader
	unasked int         // up to how many recordings are measured without being asked to
	fields  []app.Field // that can be chosen
	columns []app.Field // that are
	shown   []app.Row   // filtered and sorted
}

func newCohortPage(w *Window) *cohortPage {
	p := &cohortPage{
		w: w, title: newPageTitle("Cohort"), body: container.NewStack(), foot: look.NewShortText("", look.Body),
		values: app.NewFieldValues(), loader: newLoader(w.tasks), unasked: 500,
	}
	p.protocol = newProtocolBar(w, p.lookAt)
	p.makeControls()
	p.table, p.scatter, p.distribution = newCohortTable(p), newCohortScatter(p), newCohortDistribution(p)
	p.components = newCohortComponents(p)
	p.state = newMeasuresState(p.stop, p.measure, func() {})
	show(p.state.fold, false) // there are no groups to fold
	tools := []fyne.CanvasObject{
		container.NewCenter(look.NewText("Defined by", look.Muted)), look.AtLeast(124, 0, p.set),
		look.AtLeast(150, 0, p.by),
		look.AtLeast(200, 0, p.find),
		widget.NewButtonWithIcon("Columns ...", theme.ListIcon(), p.chooseColumns),
		toolButton("Export ...", look.IconExport, w.showExport),
	}
	choices := container.NewStack(p.scatter.choices, p.distribution.choices, p.components.choices)
	state := container.NewStack(p.state.content, p.components.state.content)
	line := container.NewBorder(nil, nil, p.views.Content, choices, look.InsetBy(0, look.M, state))
	foot := look.InsetBy(look.XS, look.L, p.foot)
	p.full = newPage(p.title.content, tools, container.NewBorder(look.InsetBy(0, look.L, container.NewVBox(p.protocol.content, line)), foot, nil, nil, p.body))
	p.empty = controls.NewEmptyState(look.IconCohort, "No recordings yet",
		"Import recordings to see the measures of all participants side by side: as a table, as a scatter of two, or as the distribution of one by group.",
		primaryButton("Import ...", look.IconImport, func() { w.showImport(nil) }))
	p.root = container.NewStack(p.empty)
	w.study.watch(func(c studyChange) {
		if c == rowsChanged {
			w.revisit(cohortPlace)
		} else {
			p.showSelection()
		}
	})
	p.show()
	return p
}

func (p *cohortPage) makeControls() {
	store := p.w.prefs.store
	var sets []string
	for _, d := range metrics.Definitions() {
		sets = append(sets, string(d))
	}
	p.set = controls.NewSelect(sets, nil)
	p.set.Selected = string(p.w.definition())
	p.set.OnChanged = func(c string) { p.lookAt(metrics.Definition(c)) }
	p.by = controls.NewSelect([]string{noGroups}, nil)
	p.by.Selected = noGroups
	p.by.OnChanged = func(c string) { store.SetString(prefCohortBy, c); p.arrange() }
	p.find = controls.NewEntry("Search id, sex=F, IS<0.5")
	p.find.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.find.OnChanged = func(string) { p.arrange() }
	p.find.OnEscape = func() { p.find.SetText(""); p.w.focus(p.table.table.Object()) }
	p.find.OnSubmitted = func(string) { p.w.focus(p.table.table.Object()) }
	p.views = controls.NewSegments(tableView, scatterView, distributionView, componentsView)
	p.views.Set(store.String(prefCohortView))
	p.views.OnChange = func(c string) { store.SetString(prefCohortView, c); p.show(); p.arrange() }
}

func (p *cohortPage) content() fyne.CanvasObject { return p.root }

func (p *cohortPage) wants(e app.Event) bool {
	if e == app.DiariesChanged || e == app.LibraryChanged || e == app.RestChanged {
		p.loader.drop()
		p.values = app.NewFieldValues()
		p.components.forget()
		return true
	}
	if e == app.MasksChanged { // the rule of the valid day
		p.components.forget()
	}
	return e == app.MasksChanged || e == app.ProtocolChanged
}

// lookAt shows the measures of another set.
func (p *cohortPage) lookAt(d metrics.Definition) {
	p.w.lookAt(d)
	p.refresh()
}

// settleStudy follows the study: its usual set, which another page may have changed, and
// how its measures are computed.
func (p *cohortPage) settleStudy() {
	if key := p.w.study.how.Key(); key != p.method {
		p.method, p.values = key, app.NewFieldValues()
		p.components.forget()
		p.loader.drop()
	}
	p.protocol.show()
	p.set.Selected = string(p.w.definition())
	p.set.Refresh()
}

func (p *cohortPage) search() { p.w.focus(p.find) }

func (p *cohortPage) step(by int) { p.table.table.Move(by) }

// definition is the set that the measures are of.
func (p *cohortPage) definition() metrics.Definition { return metrics.Definition(p.set.Selected) }

// show puts the chosen view into the page.
func (p *cohortPage) show() {
	view := p.views.Chosen()
	show(p.scatter.choices, view == scatterView)
	show(p.distribution.choices, view == distributionView)
	show(p.components.choices, view == componentsView)
	show(p.components.state.content, view == componentsView)
	show(p.state.content, view != componentsView)
	of := map[string]fyne.CanvasObject{
		tableView: p.table.content, scatterView: p.scatter.content, distributionView: p.distribution.content, componentsView: p.components.content,
	}
	p.body.Objects = []fyne.CanvasObject{of[view]}
	p.body.Refresh()
}

// refresh offers what can be chosen, shows what is known, and measures the rest.
func (p *cohortPage) refresh() {
	rows := p.w.study.rows
	page := p.full
	if len(rows) == 0 {
		page = p.empty
	}
	if p.root.Objects[0] != page {
		p.root.Objects = []fyne.CanvasObject{page}
		p.root.Refresh()
	}
	if len(rows) == 0 {
		p.loader.drop()
		return
	}
	p.settleStudy()
	p.fields = p.w.study.how.Fields(p.definition(), p.w.study.variables())
	p.offer()
	p.arrange()
	p.measureUnlessMany()
}

// offer settles the columns and the groups as they were chosen before.
func (p *cohortPage) offer() {
	p.columns = app.NamedFields(p.fields, append(p.chosenColumns(), app.ColorSubject))
	p.by.Options = []string{noGroups}
	for _, f := range p.fields {
		if f.Measure == nil && f.Name != app.ColorSubject {
			p.by.Options = append(p.by.Options, f.Name)
		}
	}
	p.by.Selected = known(p.w.prefs.store.String(prefCohortBy), p.by.Options)
	p.by.Refresh()
	p.table.make()
	p.scatter.offer()
	p.distribution.offer()
}

// groups returns the field by which recordings are grouped, nil for none.
func (p *cohortPage) groups() *app.Field {
	for _, f := range p.fields {
		if f.Name == p.by.Selected && f.Measure == nil {
			return &f
		}
	}
	return nil
}

// numbers returns the columns that a chart can show.
func (p *cohortPage) numbers() []app.Field {
	return slices.DeleteFunc(slices.Clone(p.columns), func(f app.Field) bool { return !f.Numbers })
}

// measureUnlessMany leaves it to a click where so many are not measured that it may
// take minutes.
func (p *cohortPage) measureUnlessMany() {
	rows, _ := p.values.Unknown(p.w.study.rows, p.columns)
	if len(rows) > p.unasked {
		p.state.stopped(fmt.Sprintf("%s have not been measured yet.", count(len(rows), "recording")), "Measure them")
		return
	}
	p.measure()
}

// measure computes what the columns show and is not known, in the background.
func (p *cohortPage) measure() {
	rows, measures := p.values.Unknown(p.w.study.rows, p.columns)
	if len(rows) == 0 {
		p.loader.drop()
		p.state.idle("")
		p.explain()
		return
	}
	p.state.busy(fmt.Sprintf("Measuring %s", count(len(rows), "recording")), 0)
	values := p.values
	load(p.loader, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, measureRowsOf(ctx, p.w, rows, measures, func(done int, batch map[string]app.Measured) {
			p.w.tasks.back(func() { p.measured(ctx, values, done, len(rows), batch) })
		})
	}, func(_ struct{}, err error) {
		if err != nil {
			p.state.stopped(errorAfter("Not all could be measured", err), "Try again")
		} else {
			p.state.idle("")
		}
		p.arrange()
	})
}

// shownBatch is how many recordings are gathered before the window shows them.
const shownBatch = 16

// measureRowsOf measures recordings and gives them to got some at a time, by id.
func measureRowsOf(ctx context.Context, w *Window, rows []app.Row, measures []metrics.Metric, got func(done int, batch map[string]app.Measured)) error {
	batch, done := map[string]app.Measured{}, 0
	pass := func() {
		done += len(batch)
		got(done, batch)
		batch = map[string]app.Measured{}
	}
	err := w.wb.Measure(ctx, app.MeasureOptions{Recordings: app.Only(idsOf(rows)...), Measures: measures}, nil, func(m app.Measured) error {
		batch[m.ID] = m
		if len(batch) == shownBatch {
			pass()
		}
		return nil
	})
	pass()
	return err
}

// measured takes some measures; those of a pass that was stopped are worth keeping.
func (p *cohortPage) measured(ctx context.Context, into *app.FieldValues, done, total int, batch map[string]app.Measured) {
	for id, m := range batch {
		if row, ok := p.w.study.row(id); ok {
			into.Take(row, m.Values)
		}
	}
	if ctx.Err() == nil {
		p.state.busy(fmt.Sprintf("Measuring: %d of %s", done, count(total, "recording")), float64(done)/float64(total))
		p.table.redraw()
	}
}

func (p *cohortPage) stop() {
	p.loader.drop()
	p.arrange()
	rows, _ := p.values.Unknown(p.w.study.rows, p.columns)
	p.state.stopped(fmt.Sprintf("Stopped; %s left to measure.", count(len(rows), "recording")), "Go on")
}

// arrange filters and sorts the rows and draws the view again.
func (p *cohortPage) arrange() {
	if len(p.fields) == 0 {
		return
	}
	p.shown = p.values.SearchRows(p.w.study.rows, p.find.Text, p.columns)
	p.components.drop()
	p.table.arrange()
	switch p.views.Chosen() {
	case scatterView:
		p.scatter.draw()
	case distributionView:
		p.distribution.draw()
	case componentsView:
		p.components.draw()
	}
	p.summarize()
	p.showSelection()
}

// summarize counts what is shown.
func (p *cohortPage) summarize() {
	rows := p.w.study.rows
	text := dotted(count(len(p.w.study.subjects(idsOf(rows))), "person"), count(len(rows), "recording"))
	if len(p.shown) != len(rows) {
		text = dotted(text, number(len(p.shown))+" shown")
	}
	masked := 0
	for _, r := range p.shown {
		if r.Mask != "" {
			masked++
		}
	}
	p.title.set(dotted(text, fmt.Sprintf("%d under a mask", masked)), false)
}

// chart is what the charts show, but for the fields.
func (p *cohortPage) chart(x, y app.Field) app.CohortChart {
	return app.CohortChart{Values: p.values, Rows: p.shown, X: x, Y: y, By: p.groups(), Chosen: p.w.study.chosen}
}

// choose makes a row that is shown the chosen participant everywhere.
func (p *cohortPage) choose(i int) {
	if i >= 0 && i < len(p.shown) {
		p.w.study.choose(p.shown[i].ID)
	}
}

// showSelection shows who is chosen and marked.
func (p *cohortPage) showSelection() {
	if p.w.at != cohortPlace {
		p.w.stale[cohortPlace] = true
		return
	}
	p.table.showSelection()
	switch p.views.Chosen() {
	case scatterView:
		p.scatter.showSelection()
	case distributionView:
		p.distribution.draw()
	case componentsView:
		p.components.showSelection()
	}
	p.explain()
}
