package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/actigraphy"
	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// The choices of the actogram's scale and length of a row.
const (
	oneDay, twoDays        = "24 h", "48 h"
	overlaySide, wearSide  = "Overlays", "Wear"
	nightsSide             = "Nights"
	logarithmic, evenScale = "Log", "Linear"
)

// activity is the page of the actogram.
type activity struct {
	w       *Window
	root    *fyne.Container
	full    fyne.CanvasObject
	empty   fyne.CanvasObject
	title   *pageTitle
	name    *recordingChoice
	rows    *controls.Segments
	scale   *controls.Segments
	colors  *controls.Select
	chart   *controls.Actogram
	wear    *wearPanel
	told    *diaryStrip
	over    *overlayPanel
	nights  *nightsPanel
	editing *fyne.Container    // the actogram, with a brush for masks or for rest periods
	sides   *controls.Segments // which panel is in the side
	side    *fyne.Container    // holds the panels where it is open
	bar     *controls.ColorBar
	unit    *look.Text
	marks   [2]*fyne.Container // of the legend, by kind
	readout [2]*look.Text      // what is under the pointer, and what lies over it

	loader    *loader
	showing   string // id of the recording that is drawn
	from      string // its start: with its zone, which a person may name meanwhile
	recording *actigraphy.Recording
	laidOut   app.Actogram
}

func newActivity(w *Window) *activity {
	p := &activity{
		w: w, title: newPageTitle("Activity"), chart: controls.NewActogram(false), bar: controls.NewColorBar(),
		unit: look.NewText("", look.Caption), loader: newLoader(w.tasks),
		rows: controls.NewSegments(oneDay, twoDays), scale: controls.NewSegments(logarithmic, evenScale),
		sides: controls.NewSegments(overlaySide, nightsSide, wearSide), readout: [2]*look.Text{look.NewShortText("", look.Mono), look.NewShortText("", look.Body)},
	}
	editor := controls.NewMaskEditor(p.chart)
	p.wear = newWearPanel(w, editor, p.draw)
	p.told = newDiaryStrip(w, p.draw)
	p.over = newOverlayPanel(w, p.draw)
	night := controls.NewRestEditor(p.chart)
	p.editing = container.NewStack()
	p.nights = newNightsPanel(w, night, p.chooseEditor)
	p.nights.saved = func(manual bool) { p.over.keepRest(manual); p.draw() }
	p.nights.source = func() app.RestSource { return p.over.choice().Rest }
	p.makeSide()
	p.side.Hidden = !w.prefs.store.BoolWithFallback(prefWear, true)
	selected := ""
	p.chart.OnHover = func(text string) { p.read(cmp.Or(text, selected)) }
	editor.OnSelect = func(text string) { selected = text; p.read(text) }
	p.makeControls()
	tools := []fyne.CanvasObject{
		iconButton(theme.NavigateBackIcon(), "Participant before (arrow up)", func() { p.step(-1) }),
		look.AtLeast(150, 0, p.name.Select),
		iconButton(theme.NavigateNextIcon(), "Next participant (arrow down)", func() { p.step(1) }),
		p.rows.Content, p.scale.Content, look.AtLeast(104, 0, p.colors),
		iconButton(theme.ListIcon(), "Open or close the side: overlays, diary, wear", p.toggleSide),
		toolButton("Export ...", look.IconExport, w.showExport),
	}
	hatch := swatch(controls.NewMissingSwatch(), "not recorded")
	p.marks = [2]*fyne.Container{
		plots.Skipped: swatch(controls.NewClockSwatch(plots.Skipped), plots.Skipped.String()),
		plots.Twice:   swatch(controls.NewClockSwatch(plots.Twice), plots.Twice.String()),
	}
	legend := look.Row(look.L, p.bar, container.NewVBox(container.NewHBox(hatch, p.marks[plots.Skipped], p.marks[plots.Twice]), p.unit))
	foot := look.Column(look.XS, look.InsetBy(look.XS, 0, look.Column(2, p.readout[0], p.readout[1])), container.NewHBox(legend))
	body := container.NewBorder(nil, look.InsetBy(look.S, look.L, foot), nil, nil, look.InsetBy(0, look.L, container.NewBorder(nil, nil, nil, p.side, p.editing)))
	p.full = newPage(p.title.content, tools, body)
	p.empty = controls.NewEmptyState(look.IconActivity, "Nothing to draw yet",
		"Import recordings, or choose a participant, to see activity day by day.",
		primaryButton("Import ...", look.IconImport, func() { w.showImport(nil) }))
	p.root = container.NewStack(p.empty)
	w.study.watch(func(studyChange) { w.revisit(activityPlace) })
	return p
}

// makeControls sets the choices as they were left and keeps them as they change.
func (p *activity) makeControls() {
	store := p.w.prefs.store
	p.name = newRecordingChoice(p.w.study)
	if store.Bool(prefDouble) {
		p.rows.Set(twoDays)
	}
	if store.Bool(prefLinear) {
		p.scale.Set(evenScale)
	}
	names := make([]string, 0, len(plots.ColorMaps()))
	for _, m := range plots.ColorMaps() {
		names = append(names, m.Name)
	}
	p.colors = controls.NewSelect(names, nil)
	p.colors.Selected = p.w.prefs.colors().Name
	p.rows.OnChange = func(c string) { store.SetBool(prefDouble, c == twoDays); p.draw() }
	p.scale.OnChange = func(c string) { store.SetBool(prefLinear, c == evenScale); p.draw() }
	p.colors.OnChanged = func(c string) { store.SetString(prefColors, c); p.draw() }
}

func (p *activity) content() fyne.CanvasObject { return p.root }

func (p *activity) wants(e app.Event) bool {
	if e == app.RestChanged {
		p.over.manual++
	}
	return e == app.MasksChanged || e == app.DiariesChanged || e == app.RestChanged || e == app.ProtocolChanged
} // else it follows the study

// makeSide puts the panels of overlays and of wear into the side, one at a time.
func (p *activity) makeSide() {
	overlays := container.NewBorder(p.told.content, nil, nil, nil, p.over.content)
	now := ""
	choose := func(side string) {
		now = side
		p.sides.Set(side)
		show(overlays, side == overlaySide)
		show(p.wear.content, side == wearSide)
		show(p.nights.content, side == nightsSide)
		p.chooseEditor()
	}
	p.sides.Set(p.w.prefs.store.String(prefSide))
	p.sides.OnChange = func(side string) {
		turn := func() {
			p.w.prefs.store.SetString(prefSide, side)
			choose(side)
		}
		if side != wearSide || !p.nights.editing { // overlays help to edit nights
			turn()
			return
		}
		p.w.leave(func() { p.nights.drop(); turn() }, func() { choose(now) })
	}
	choose(p.sides.Chosen())
	head := look.InsetBy(0, look.M, look.Column(0, p.sides.Content, look.Gap(0, look.M)))
	p.side = container.NewStack(look.AtLeast(wearPanelWidth, 0, container.NewBorder(head, nil, nil, nil, container.NewStack(overlays, p.wear.content, p.nights.content))))
}

// chooseEditor puts the editor of rest periods over the actogram while they are listed
// or edited, and else that of masks.
func (p *activity) chooseEditor() {
	var over fyne.CanvasObject = p.wear.editor
	if p.nights.editing || p.sides.Chosen() == nightsSide {
		over = p.nights.editor
	}
	if len(p.editing.Objects) == 0 || p.editing.Objects[0] != over {
		p.editing.Objects = []fyne.CanvasObject{over}
		p.editing.Refresh()
	}
}

// read shows a read-out of up to two lines.
func (p *activity) read(text string) {
	first, second, _ := strings.Cut(text, "\n")
	p.readout[0].SetText(first)
	p.readout[1].SetText(second)
}

// toggleSide opens or closes the side.
func (p *activity) toggleSide() {
	p.side.Hidden = !p.side.Hidden
	p.w.prefs.store.SetBool(prefWear, !p.side.Hidden)
	p.full.Refresh()
}

func (p *activity) draft() *draft { return p.nights.draft() }

func (p *activity) stored(then func()) {
	p.wear.stored(func() { p.nights.stored(then) })
}

func (p *activity) step(by int) { p.w.pages[participantsPlace].(stepping).step(by) }

func (p *activity) refresh() {
	row, ok := p.w.study.row(p.w.study.chosen)
	if !ok {
		p.show(p.empty)
		p.showing = ""
		p.wear.show(nil)
		p.nights.show(nil)
		return
	}
	p.show(p.full)
	p.settle(row)
	if p.showing == row.ID && p.recording != nil && p.from == row.Start.String() {
		p.wear.reload()
		p.nights.reload()
		p.told.load(row.Subject)
		return
	}
	p.showing, p.from, p.recording = row.ID, row.Start.String(), nil
	p.wear.show(nil)
	p.nights.show(nil)
	load(p.loader, func(ctx context.Context) (opened, error) { return openRecording(ctx, p.w.wb, row.ID) },
		func(o opened, err error) {
			if err != nil {
				p.w.fail("Reading the recording", err)
				return
			}
			p.recording, p.laidOut = o.recording, o.laidOut
			p.draw()
			p.wear.show(&o)
			p.nights.show(&o)
			p.told.load(row.Subject)
		})
}

// opened is a recording ready to be drawn.
type opened struct {
	recording *actigraphy.Recording
	laidOut   app.Actogram
}

func openRecording(ctx context.Context, from recordings, id string) (o opened, err error) {
	if o.recording, err = from.Recording(ctx, id); err != nil {
		return o, err
	}
	o.laidOut, err = app.LayOut(o.recording)
	return o, err
}

func (p *activity) show(o fyne.CanvasObject) {
	if p.root.Objects[0] != o {
		p.root.Objects = []fyne.CanvasObject{o}
		p.root.Refresh()
	}
}

// settle shows whose recording it is.
func (p *activity) settle(row app.Row) {
	p.name.settle(row)
	p.title.set(dotted(row.Subject, row.Device, "from "+startOf(row.Start)), false)
}

// figure returns the chart as the controls say, with what it was made of.
func (p *activity) figure() (plots.Actogram, app.Sources) {
	row, _ := p.w.study.row(p.showing)
	chart, sources := p.over.over(p.laidOut.Chart(row.Info, p.wear.shown(), p.told.shown()))
	chart.Double = p.rows.Chosen() == twoDays
	chart.Linear = p.scale.Chosen() == evenScale
	chart.Colors = p.w.prefs.colors()
	return chart, sources
}

func (p *activity) draw() {
	if p.recording == nil {
		return
	}
	p.over.follow(p.recording, p.wear.wear, p.told.entries, p.told.taken)
	chart, _ := p.figure()
	p.chart.SetChart(chart)
	p.bar.ShowScale(chart.Colors, chart.Scale())
	p.unit.SetText(chart.Activity.Unit)
	for kind, entry := range p.marks {
		entry.Hidden = !slices.ContainsFunc(chart.Activity.Marks, func(m plots.ClockMark) bool { return m.Kind == plots.ClockMarkKind(kind) })
		entry.Refresh()
	}
}

// swatch is an entry of the legend.
func swatch(box fyne.CanvasObject, words string) *fyne.Container {
	return container.NewHBox(look.AtLeast(22, 12, box), look.NewText(words, look.Caption))
}

func (p *activity) exports() []exportItem {
	if p.recording == nil {
		return nil
	}
	chart, sources := p.figure()
	wb, id := p.w.wb, p.showing
	items := []exportItem{{
		name: "Actogram of " + p.recording.Subject, base: "actogram-" + p.recording.Subject, pat: p.pat(),
		chart: func(context.Context) (plots.Chart, app.Sources, error) { return chart, sources, nil },
	}, {
		name: "Average day of " + p.recording.Subject + " over the cohort", base: "average-day-" + p.recording.Subject,
		chart: p.averageDay(),
	}, {
		name: "Recording of " + p.recording.Subject, base: "recording-" + p.recording.Subject, pat: []string{"recording", p.showing},
		files: func(ctx context.Context, path string) ([]string, error) { return wb.ExportRecording(ctx, path, id) },
	}}
	return append(items, drawingsOf(p.w, id, p.recording.Subject, p.told.hasNights(), p.nights.rest.Manual())...)
}

// pat returns what the command line calls the same actogram; it has one colour map.
func (p *activity) pat() []string {
	if p.w.prefs.colors() != plots.Cividis {
		return nil
	}
	words := []string{"actogram", p.showing}
	if p.rows.Chosen() == twoDays {
		words = append(words, "--double")
	}
	if p.scale.Chosen() == evenScale {
		words = append(words, "--linear")
	}
	if !p.told.on.Checked {
		words = append(words, "--no-diary")
	}
	return append(words, p.over.pat()...)
}

func (p *activity) averageDay() func(context.Context) (plots.Chart, app.Sources, error) {
	rows, recording := slices.Clone(p.w.study.rows), p.recording
	return func(ctx context.Context) (plots.Chart, app.Sources, error) {
		return p.w.wb.AverageDayChart(ctx, rows, recording)
	}
}
