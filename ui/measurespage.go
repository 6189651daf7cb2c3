package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// besideNothing is the choice of one set of definitions alone.
const besideNothing = "nothing"

// cohortDelay is how long a participant is looked at before the others are measured.
const cohortDelay = 300 * time.Millisecond

// measuresPage is the page of the measures of the chosen participant: by group, with
// how each lies among the others, in one set of definitions or in two.
type measuresPage struct {
	w      *Window
	root   *fyne.Container
	full   fyne.CanvasObject
	empty  fyne.CanvasObject
	title  *pageTitle
	name   *controls.Select
	set    *controls.Select
	beside *controls.Select
	find   *controls.Entry
	body   *fyne.Container // holds the table
	table  *controls.Table
	detail *measureDetail
	state  *measuresState

	loader  *loader // of the participant's own measures
	others  *loader // of those of the others
	key     string  // of what own is of
	own     map[metrics.Definition]app.Measured
	cohorts map[metrics.Definition]*cohort
	places  map[string]app.Place   // of the first set
	peers   int                    // others of the same unit and epoch
	unasked int                    // up to how many are measured without being asked to
	open    map[metrics.Group]bool // groups whose measures are listed

	rows     []measureRow
	chosen   string // id of the measure whose panel is open
	settling bool   // the controls are being set, not used
}

func newMeasuresPage(w *Window) *measuresPage {
	p := &measuresPage{
		w: w, title: newPageTitle("Measures"), body: container.NewStack(), loader: newLoader(w.tasks), others: newLoader(w.tasks),
		own: map[metrics.Definition]app.Measured{}, cohorts: map[metrics.Definition]*cohort{}, unasked: 200, open: map[metrics.Group]bool{},
	}
	p.detail = newMeasureDetail(w)
	p.state = newMeasuresState(p.cancelOthers, p.placeAmongOthers, p.toggleAll)
	p.makeControls()
	p.makeTable()
	tools := []fyne.CanvasObject{
		iconButton(theme.NavigateBackIcon(), "Participant before (arrow left)", func() { p.step(-1) }),
		look.AtLeast(130, 0, p.name),
		iconButton(theme.NavigateNextIcon(), "Next participant (arrow right)", func() { p.step(1) }),
		container.NewCenter(look.NewText("Defined by", look.Muted)), look.AtLeast(112, 0, p.set),
		container.NewCenter(look.NewText("beside", look.Muted)), look.AtLeast(112, 0, p.beside),
		look.AtLeast(144, 0, p.find),
		iconButton(theme.ContentCopyIcon(), "Copy all as CSV", p.copyAll),
		toolButton("Export ...", look.IconExport, w.showExport),
	}
	list := container.NewBorder(look.InsetBy(look.XS, look.L, p.state.content), nil, nil, nil, p.body)
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

func (p *measuresPage) makeControls() {
	store := p.w.prefs.store
	p.name = controls.NewSelect(nil, func(string) {
		if i := p.name.SelectedIndex(); !p.settling && i >= 0 && i < len(p.w.study.rows) {
			p.w.study.choose(p.w.study.rows[i].ID)
		}
	})
	var sets []string
	for _, d := range metrics.Definitions() {
		sets = append(sets, string(d))
	}
	p.set = controls.NewSelect(sets, nil)
	p.set.Selected = known(store.String(prefDefinition), sets)
	p.beside = controls.NewSelect(nil, nil)
	p.beside.Selected = store.String(prefBeside)
	p.offerBeside()
	p.set.OnChanged = func(c string) { store.SetString(prefDefinition, c); p.offerBeside(); p.sets() }
	p.beside.OnChanged = func(c string) { store.SetString(prefBeside, c); p.sets() }
	p.find = controls.NewEntry("Find a measure")
	p.find.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.find.OnChanged = func(string) { p.arrange() }
	p.find.OnEscape = func() { p.find.SetText(""); p.w.focus(p.table.Object()) }
	p.find.OnSubmitted = func(string) { p.w.focus(p.table.Object()) }
	for _, g := range store.StringListWithFallback(prefOpen, []string{string(metrics.GroupRhythm)}) {
		p.open[metrics.Group(g)] = true
	}
}

// offerBeside lists the sets that can stand beside the chosen one.
func (p *measuresPage) offerBeside() {
	p.beside.Options = []string{besideNothing}
	for _, set := range p.set.Options {
		if set != p.set.Selected {
			p.beside.Options = append(p.beside.Options, set)
		}
	}
	p.beside.Selected = known(p.beside.Selected, p.beside.Options)
	p.beside.Refresh()
}

// known returns a choice that is offered, or else the first one.
func known(choice string, offered []string) string {
	if slices.Contains(offered, choice) {
		return choice
	}
	return offered[0]
}

// sets hears of other sets of definitions.
func (p *measuresPage) sets() {
	p.others.drop()
	p.places = nil
	p.makeTable()
	p.refresh()
}

func (p *measuresPage) content() fyne.CanvasObject { return p.root }

// wants hears of diaries, which measures of sleep may be taken within; for the rest
// the page follows the study.
func (p *measuresPage) wants(e app.Event) bool {
	if e == app.DiariesChanged || e == app.LibraryChanged {
		p.forget()
	}
	return e == app.DiariesChanged || e == app.LibraryChanged || e == app.MasksChanged
}

// forget drops what was computed.
func (p *measuresPage) forget() {
	p.others.drop()
	p.key = ""
	clear(p.cohorts)
}

func (p *measuresPage) search() { p.w.focus(p.find) }

func (p *measuresPage) step(by int) { p.w.pages[participantsPlace].(stepping).step(by) }

// definitions returns the sets that are shown, one or two.
func (p *measuresPage) definitions() []metrics.Definition {
	list := []metrics.Definition{metrics.Definition(p.set.Selected)}
	if p.beside.Selected != besideNothing {
		list = append(list, metrics.Definition(p.beside.Selected))
	}
	return list
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
	if key := app.MeasureKey(row); key != p.key {
		p.key, p.places = key, nil
		clear(p.own)
		p.others.drop()
		p.arrange() // nothing of another one stands under this name
	}
	var missing []metrics.Metric
	for _, d := range p.definitions() {
		if _, known := p.own[d]; !known {
			missing = append(missing, metrics.All(d)...)
		}
	}
	if len(missing) == 0 {
		p.arrange()
		p.placeSoon()
		return
	}
	p.state.busy("Computing the measures of "+row.Subject, 0)
	load(p.loader, func(ctx context.Context) ([]app.Measured, error) {
		return p.w.wb.MeasuresOf(ctx, []string{row.ID}, missing, nil)
	}, func(list []app.Measured, err error) {
		if err != nil {
			p.state.stopped(sentence("The measures could not be computed: "+err.Error()), "Try again")
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
	p.settling = true
	defer func() { p.settling = false }()
	if labels := recordingLabels(p.w.study.rows); !slices.Equal(p.name.Options, labels) {
		p.name.SetOptions(labels)
	}
	p.name.SetSelectedIndex(p.w.study.byID[row.ID])
	counted := "no mask"
	if row.Mask != "" {
		counted = "worn time only"
	}
	p.title.set(dotted(row.Unit.String(), epochWords(row.Epoch), counted), false)
}

// placeSoon sets the measures beside those of the others, unless the participant is
// only passed by. Two sets side by side leave no room for it.
func (p *measuresPage) placeSoon() {
	if p.places != nil || len(p.definitions()) == 2 {
		p.explain()
		return
	}
	p.state.idle("")
	key := p.key
	p.w.tasks.later(cohortDelay, func() {
		p.w.tasks.back(func() {
			switch {
			case p.key != key || p.places != nil || len(p.definitions()) == 2:
			case p.w.at != measuresPlace:
				p.w.stale[measuresPlace] = true // when the page comes up again
			default:
				p.placeUnlessMany()
			}
		})
	})
}

// placeUnlessMany leaves it to a click where the others are so many that it takes
// minutes.
func (p *measuresPage) placeUnlessMany() {
	row, _ := p.w.study.row(p.w.study.chosen)
	peers := app.Peers(p.w.study.rows, row.Info)
	if c := p.cohorts[p.definitions()[0]]; c != nil {
		peers = c.unknown(peers)
	}
	if len(peers) > p.unasked {
		p.state.stopped(fmt.Sprintf("%s of the same unit and epoch have not been measured yet.", count(len(peers), "recording")), "Compare with them")
		return
	}
	p.placeAmongOthers()
}

// placeAmongOthers measures the others as far as they are not known, and then finds
// where each measure lies among theirs.
func (p *measuresPage) placeAmongOthers() {
	row, ok := p.w.study.row(p.w.study.chosen)
	d := p.definitions()[0]
	own, measured := p.own[d]
	if !ok || !measured {
		p.refresh()
		return
	}
	if p.cohorts[d] == nil {
		p.cohorts[d] = newCohort(d)
	}
	c := p.cohorts[d]
	peers := app.Peers(p.w.study.rows, row.Info)
	p.peers = len(peers)
	unknown := c.unknown(peers)
	if len(unknown) > 0 {
		p.state.busy(fmt.Sprintf("Measuring %s to compare with", count(len(unknown), "other recording")), 0)
	}
	done := c.rowsOf(peers)
	load(p.others, func(ctx context.Context) (map[string]app.Place, error) {
		err := c.measuring(ctx, p.w.wb, unknown, func(n int, values map[string][]float64) {
			for _, v := range values {
				done = append(done, v)
			}
			p.w.tasks.back(func() { p.measured(ctx, c, n, len(unknown), values) })
		})
		if err != nil {
			return nil, err
		}
		return places(own.Values, done), nil
	}, func(found map[string]app.Place, err error) {
		if err != nil {
			p.state.stopped(sentence("The others could not be measured: "+err.Error()), "Try again")
			return
		}
		p.places = found
		p.explain()
		p.arrange()
	})
}

// measured takes a batch of the others; one that was cancelled is still worth
// keeping.
func (p *measuresPage) measured(ctx context.Context, c *cohort, done, total int, values map[string][]float64) {
	for key, v := range values {
		c.known[key] = v
	}
	if ctx.Err() == nil && total > 0 {
		p.state.busy(fmt.Sprintf("Measuring the others to compare with: %d of %d", done, total), float64(done)/float64(total))
	}
}

func (p *measuresPage) cancelOthers() {
	p.others.drop()
	p.loader.drop()
	p.state.stopped("Stopped. Values are shown without how they lie among the others.", "Compare with the others")
}

// explain says what the marks mean.
func (p *measuresPage) explain() {
	if len(p.definitions()) == 2 {
		p.state.idle(fmt.Sprintf("Difference: %s less %s; * where it is more than rounding. To see the other recordings again, choose beside: nothing.", p.definitions()[1], p.definitions()[0]))
		return
	}
	if p.peers == 0 {
		p.state.idle("No other recording has this unit and length of epoch: there is nobody to compare with.")
		return
	}
	p.state.idle(fmt.Sprintf("Others: %s of this unit and epoch. Line: all of them; box: the middle half, with the median; bar: this one.", count(p.peers, "recording")))
}

// arrange lists what is known as the search and the open groups say.
func (p *measuresPage) arrange() {
	sets := make([][]metrics.Value, 0, 2)
	for _, d := range p.definitions() {
		sets = append(sets, p.own[d].Values)
	}
	p.rows = measureRows(sets, p.find.Text, p.open)
	p.table.SetRows(len(p.rows))
	p.state.folds(p.allOpen())
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
	wb := p.w.wb
	pat := []string{"measures", "--definition", strings.Join(names, ",")}
	of := " (" + strings.Join(names, " and ") + ")"
	return []exportItem{{
		name: "Measures of " + row.Subject + of, base: "measures-" + row.Subject, pat: slices.Insert(slices.Clone(pat), 1, row.ID),
		table: func(context.Context) (app.Table, app.Sources, error) {
			return app.MeasuresTable(own), app.MeasureSources(own, sets), nil
		},
	}, {
		name: "Measures of all " + count(len(p.w.study.rows), "recording") + of, base: "measures", pat: pat,
		table: func(ctx context.Context) (app.Table, app.Sources, error) {
			return wb.MeasuresExport(ctx, nil, sets, nil)
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
