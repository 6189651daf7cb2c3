package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// nightsPanel is the part of the activity page that lists the nights of a recording
// and changes them by hand.
type nightsPanel struct {
	w        *Window
	editor   *controls.RestEditor
	content  fyne.CanvasObject
	switched func() // editing began or ended
	saved    func(manual bool)
	source   func() app.RestSource // of periods that nobody changed yet

	from    *widget.Label
	problem *widget.Label
	table   *controls.Table
	detail  *widget.Label // of the chosen night
	form    *fyne.Container
	edges   [2]*controls.Entry
	kind    *controls.Segments
	undo    *ttwidget.Button
	redo    *ttwidget.Button
	remove  *ttwidget.Button
	idle    *fyne.Container // the buttons while nothing is edited
	busy    *fyne.Container // and while something is
	edit    *widget.Button
	history *widget.Button
	reset   *widget.Button
	save    *widget.Button

	loader    *loader
	recording *actigraphy.Recording
	laidOut   app.Actogram
	rest      app.Rest
	edits     *rest.Edits
	sums      *app.RestSums // nil where the recording can't be scored
	unsummed  string        // why
	nights    []sleep.Night // of the periods as they are now; none without sums
	before    []sleep.Night // of those that are stored
	editing   bool
	storing   bool
	done      waiting // for the periods to be stored
	reason    string  // that is proposed when the periods are saved
	chosen    int     // period, -1 for none
	edge      rest.Edge
	settling  bool // the controls are being set, not used
}

// nightsPanelWidth is the width of the panel: its table has five columns.
const nightsPanelWidth = 340

func newNightsPanel(w *Window, editor *controls.RestEditor, switched func()) *nightsPanel {
	p := &nightsPanel{
		w: w, editor: editor, switched: switched, chosen: -1, edits: rest.NewEdits(nil, 0), loader: newLoader(w.tasks),
		from: widget.NewLabel(""), problem: widget.NewLabel(""), detail: widget.NewLabel(""),
		kind: controls.NewSegments("Night", "Nap"),
	}
	for _, l := range []*widget.Label{p.from, p.problem, p.detail} {
		l.Wrapping = fyne.TextWrapWord
	}
	p.problem.Importance = widget.DangerImportance
	p.makeTable()
	p.makeForm()
	p.listen()
	p.edit = widget.NewButtonWithIcon("Edit", theme.DocumentCreateIcon(), p.begin)
	p.history = widget.NewButton("History ...", p.showHistory)
	p.reset = widget.NewButton("Take off ...", p.askReset)
	p.save = widget.NewButton("Save ...", p.askSave)
	p.save.Importance = widget.HighImportance
	p.idle = container.NewHBox(p.edit, p.history, p.reset)
	p.busy = container.NewHBox(p.save, widget.NewButton("Cancel", p.askCancel))
	head := look.Column(look.S, look.NewText("Rest periods", look.Strong), p.from, p.idle, p.busy, p.form, p.problem,
		quiet("In bed (TIB), asleep (TST), awake between (WASO): minutes. Asleep of the time in bed (SE): %."))
	p.content = look.AtLeast(nightsPanelWidth, 0, look.InsetBy(0, look.M, container.NewBorder(head, p.detail, nil, nil, p.table.Content)))
	p.settle()
	return p
}

func (p *nightsPanel) makeForm() {
	for i, hint := range []string{"To bed, 23:15", "Up, 07:05"} {
		edge := rest.Edge(i)
		p.edges[i] = controls.NewEntry(hint)
		p.edges[i].OnSubmitted = func(text string) { p.typed(edge, text) }
	}
	p.kind.OnChange = p.kinded
	p.undo = iconButton(theme.ContentUndoIcon(), "Undo (Ctrl+Z)", p.undoEdit)
	p.redo = iconButton(theme.ContentRedoIcon(), "Redo (Ctrl+Shift+Z)", p.redoEdit)
	p.remove = iconButton(theme.DeleteIcon(), "Take this rest period away (Delete)", p.removeChosen)
	add := iconButton(theme.ContentAddIcon(), "Add a rest period after the chosen one (Insert)", p.add)
	p.form = look.Column(look.S,
		container.NewGridWithColumns(2, look.Column(0, look.NewText("To bed", look.Caption), p.edges[0]), look.Column(0, look.NewText("Up", look.Caption), p.edges[1])),
		look.Row(look.S, p.kind.Content, add, p.remove, p.undo, p.redo),
		quiet("Drag over a free stretch draws a rest period, an edge changes one, its middle moves it. F1 lists the keys."))
}

// show takes up a recording; nil empties the panel.
func (p *nightsPanel) show(o *opened) {
	p.stop()
	p.chosen = -1
	p.recording, p.rest, p.edits, p.sums, p.unsummed, p.nights = nil, app.Rest{}, rest.NewEdits(nil, 0), nil, "", nil
	if o != nil {
		p.recording, p.laidOut = o.recording, o.laidOut
	}
	p.reload()
}

// restRead is what a reading of the panel gives.
type restRead struct {
	rest     app.Rest
	sums     *app.RestSums
	unsummed string
}

// reload reads the rest periods and the wear again. Periods that are being edited stay,
// and are summed up by the wear as it is now.
func (p *nightsPanel) reload() {
	r := p.recording
	if r == nil {
		p.settle()
		return
	}
	source := p.source()
	if source == app.RestManual {
		source = ""
	}
	load(p.loader, func(ctx context.Context) (restRead, error) { return readRest(ctx, p.w.wb, r, source) }, func(now restRead, err error) {
		if p.recording != r {
			return
		}
		if err != nil {
			now.rest = app.Rest{LeftOut: []string{errorWords(err)}}
			now.rest.Recording.ID = r.ID()
		}
		p.sums, p.unsummed = now.sums, now.unsummed
		if !p.editing {
			p.rest, p.edits = now.rest, rest.NewEdits(now.rest.Periods, len(r.Activity))
		}
		p.before = p.sum(p.rest.Periods)
		p.changed(nil)
	})
}

func readRest(ctx context.Context, wb *app.Workbench, r *actigraphy.Recording, source app.RestSource) (now restRead, err error) {
	if now.rest, err = wb.Rest(ctx, r.ID(), source); err != nil {
		return now, err
	}
	w, err := wb.Wear(ctx, r)
	if err != nil {
		return now, err
	}
	study, err := wb.Study(ctx)
	if err != nil {
		return now, err
	}
	if now.sums, err = app.NewRestSums(study, w.Mask.Apply(r)); err != nil { // the periods can be edited without
		now.sums, now.unsummed = nil, clause(err)
	}
	return now, nil
}

// sum sums up periods; nil where the recording can't be scored.
func (p *nightsPanel) sum(list []rest.Period) []sleep.Night {
	if p.sums == nil {
		return nil
	}
	nights, err := p.sums.Nights(list)
	if err != nil {
		p.unsummed = clause(err)
		return nil
	}
	return nights
}

// changed shows the periods as they are now, summed up anew; err is why something that
// was asked for was not done.
func (p *nightsPanel) changed(err error) {
	p.problem.SetText("")
	switch {
	case err != nil:
		p.problem.SetText(faultWords(err))
	case p.unsummed != "":
		p.problem.SetText(stopped("The nights are not summed up: " + p.unsummed))
	}
	list := p.edits.Now()
	p.chosen = min(p.chosen, len(list)-1)
	p.nights = p.sum(list)
	p.settle()
}

// settle shows the state of everything.
func (p *nightsPanel) settle() {
	p.settling = true
	defer func() { p.settling = false }()
	show(p.idle, !p.editing)
	show(p.busy, p.editing)
	show(p.form, p.editing)
	show(p.reset, p.rest.Manual())
	show(p.problem, p.problem.Text != "")
	enable(p.undo, p.edits.CanUndo())
	enable(p.redo, p.edits.CanRedo())
	enable(p.remove, p.chosen >= 0)
	if p.edits.Changed() && !p.storing {
		p.save.Enable()
	} else {
		p.save.Disable()
	}
	p.from.SetText(restFrom(p.rest))
	list := p.edits.Now()
	for i, e := range p.edges {
		text := ""
		if p.chosen >= 0 {
			text = p.clock(list[p.chosen].At(rest.Edge(i)))
		}
		e.SetText(text)
	}
	if p.chosen >= 0 && list[p.chosen].Kind == diary.Nap {
		p.kind.Set("Nap")
	} else {
		p.kind.Set("Night")
	}
	p.showList(list)
	p.showSpans(list)
	p.content.Refresh()
}

func (p *nightsPanel) showSpans(list []rest.Period) {
	view := controls.RestView{Spans: make([][2]int, len(list)), Chosen: p.chosen, Edge: controls.RestPart(p.edge)}
	for i, period := range list {
		view.Spans[i][0], view.Spans[i][1] = p.laidOut.Cells(period.From, period.To)
	}
	if p.chosen >= 0 {
		view.Words = p.chosenWords(list)
	}
	p.editor.ShowPeriods(view)
}
