package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// besideNothing is the choice of one set of definitions alone.
const besideNothing = "nothing"

// measuresPage is the page of the measures of the chosen participant: by group, with
// how each lies among the others, in one set of definitions or in two.
type measuresPage struct {
	w      *Window
	root   *fyne.Container
	full   fyne.CanvasObject
	empty  fyne.CanvasObject
	title  *pageTitle
	name   *recordingChoice
	set    *controls.Select
	beside *controls.Select
	find   *controls.Entry
	body   *fyne.Container // holds the table
	table  *controls.Table
	detail *measureDetail
	state  *measuresState

	by      *protocolBar
	method  string  // how all that is here was measured: the key of a study
	loader  *loader // of the participant's own measures
	others  *loader // of those of the others
	key     string  // of what own is of
	own     map[metrics.Definition]app.Measured
	cohorts map[metrics.Definition]*cohort
	places  map[string]app.Place   // of the first set
	peers   int                    // others of the same unit and epoch
	unasked int                    // up to how many are measured without being asked to
	open    map[metrics.Group]bool // groups whose measures are listed

	rows   []measureRow
	chosen string // id of the measure whose panel is open
}

func newMeasuresPage(w *Window) *measuresPage {
	p := &measuresPage{
		w: w, title: newPageTitle("Measures"), body: container.NewStack(), loader: newLoader(w.tasks), others: newLoader(w.tasks),
		own: map[metrics.Definition]app.Measured{}, cohorts: map[metrics.Definition]*cohort{}, unasked: 200, open: map[metrics.Group]bool{},
	}
	p.detail = newMeasureDetail(w)
	p.state = newMeasuresState(p.cancelOthers, p.placeAmongOthers, p.toggleAll)
	p.by = newProtocolBar(w, p.lookAt)
	p.makeControls()
	p.makeTable()
	tools := []fyne.CanvasObject{
		iconButton(theme.NavigateBackIcon(), "Participant before (arrow left)", func() { p.step(-1) }),
		look.AtLeast(130, 0, p.name.Select),
		iconButton(theme.NavigateNextIcon(), "Next participant (arrow right)", func() { p.step(1) }),
		container.NewCenter(look.NewText("Defined by", look.Muted)), look.AtLeast(112, 0, p.set),
		container.NewCenter(look.NewText("beside", look.Muted)), look.AtLeast(112, 0, p.beside),
		look.AtLeast(144, 0, p.find),
		iconButton(theme.ContentCopyIcon(), "Copy all as CSV", p.copyAll),
		toolButton("Export ...", look.IconExport, w.showExport),
	}
	list := container.NewBorder(look.InsetBy(look.XS, look.L, container.NewVBox(p.by.content, p.state.content)), nil, nil, nil, p.body)
	p.full = newPage(p.title.content, tools, container.NewBorder(newLine(), nil, nil, p.detail.content, list))
	p.empty = controls.NewEmptyState(look.IconMeasures, "Nothing to measure yet",
		"Import recordings, or choose a participant, to see every measure with its definition and how it lies among the others.",
		primaryButton("Import ...", look.IconImport, func() { w.showImport(nil) }))
	p.root = container.NewStack(p.empty)
	w.study.watch(func(c studyChange) {
		if c != markedChanged {
			w.revisit(measuresPlace)
		}
	})
	return p
}

func (p *measuresPage) content() fyne.CanvasObject { return p.root }

// wants hears of diaries and of rest periods changed by hand, which measures of sleep
// may be taken within; else the page follows the study.
func (p *measuresPage) wants(e app.Event) bool {
	if e == app.DiariesChanged || e == app.LibraryChanged || e == app.RestChanged {
		p.forget()
		return true
	}
	return e == app.MasksChanged || e == app.ProtocolChanged
}

// forget drops what was computed.
func (p *measuresPage) forget() {
	p.others.drop()
	p.key = ""
	clear(p.cohorts)
}

// refresh shows the chosen participant, and computes what is not known.
func (p *measuresPage) refresh() {
	row, ok := p.w.study.row(p.w.study.chosen)
	if !ok {
		p.put(p.empty)
		p.forget()
		return
	}
	p.put(p.full)
	p.settle(row)
	p.settleStudy()
	if key := app.MeasureKey(row); key != p.key {
		p.key, p.places = key, nil
		clear(p.own)
		p.others.drop()
		p.arrange() // nothing of another one stands under this name
	}
	var missing []metrics.Metric
	for _, d := range p.definitions() {
		if _, known := p.own[d]; !known {
			missing = append(missing, p.w.study.how.Metrics(d)...)
		}
	}
	if len(missing) == 0 {
		p.arrange()
		p.placeSoon()
		return
	}
	p.state.busy("Computing the measures of "+row.Subject, 0)
	load(p.loader, func(ctx context.Context) ([]app.Measured, error) {
		return p.w.wb.MeasuresOf(ctx, app.Only(row.ID), missing, nil)
	}, func(list []app.Measured, err error) {
		if err != nil {
			p.state.stopped(errorAfter("The measures could not be computed", err), "Try again")
			p.arrange()
			return
		}
		for _, m := range list {
			p.take(m)
		}
		p.arrange()
		p.placeSoon()
	})
}

// take keeps the measures of a recording by their definitions.
func (p *measuresPage) take(m app.Measured) {
	for _, d := range p.definitions() {
		of := app.Measured{Info: m.Info}
		for _, v := range m.Values {
			if v.Definition == d {
				of.Values = append(of.Values, v)
			}
		}
		if len(of.Values) > 0 {
			p.own[d] = of
		}
	}
}

func (p *measuresPage) put(o fyne.CanvasObject) {
	if p.root.Objects[0] != o {
		p.root.Objects = []fyne.CanvasObject{o}
		p.root.Refresh()
	}
}

// settle shows whose measures they are.
func (p *measuresPage) settle(row app.Row) {
	p.name.settle(row)
	counted := "no mask"
	if row.Mask != "" {
		counted = "worn time only"
	}
	p.title.set(dotted(row.Unit.String(), actigraphy.InWords(row.Epoch), counted), false)
}

// arrange lists what is known as the search and the open groups say.
func (p *measuresPage) arrange() {
	sets := make([][]metrics.Value, 0, 2)
	for _, d := range p.definitions() {
		sets = append(sets, p.own[d].Values)
	}
	p.rows = measureRows(sets, p.find.Text, p.open)
	p.table.SetRows(len(p.rows))
	p.state.folds(p.allOpen(), p.find.Text == "")
	lead := slices.IndexFunc(p.rows, func(r measureRow) bool { return !r.heading && r.id == p.chosen })
	if lead >= 0 {
		p.table.Select(lead, lead)
	}
	p.showDetail(lead)
}

// showDetail opens the panel of a row; without one it says what there is to do.
func (p *measuresPage) showDetail(row int) {
	if row < 0 || row >= len(p.rows) || p.rows[row].heading {
		p.detail.show(nil, nil)
		return
	}
	r := p.rows[row]
	var place *app.Place
	if at, known := p.places[r.id]; known {
		place = &at
	}
	p.detail.show(&r, place)
}
