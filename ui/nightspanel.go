package ui

import (
	"cmp"
	"context"
	"errors"
	"strings"

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
	switched func(editing bool)
	saved    func(manual bool)
	source   func() app.RestSource // of periods that nobody changed yet

	from    *widget.Label
	problem *widget.Label
	list    *fyne.Container
	form    *fyne.Container
	edges   [2]*controls.Entry
	kind    *controls.Segments
	undo    *ttwidget.Button
	redo    *ttwidget.Button
	remove  *ttwidget.Button
	idle    *fyne.Container // the buttons while nothing is edited
	busy    *fyne.Container // and while something is
	reset   *widget.Button
	save    *widget.Button

	loader, nightly *loader
	recording       *actigraphy.Recording
	laidOut         app.Actogram
	rest            app.Rest
	edits           *rest.Edits
	nights          []sleep.Night
	editing         bool
	chosen          int // period, -1 for none
	edge            rest.Edge
	settling        bool // the controls are being set, not used
}

func newNightsPanel(w *Window, editor *controls.RestEditor, switched func(bool)) *nightsPanel {
	p := &nightsPanel{
		w: w, editor: editor, switched: switched, chosen: -1, edits: rest.NewEdits(nil, 0),
		loader: newLoader(w.tasks), nightly: newLoader(w.tasks),
		from: widget.NewLabel(""), problem: widget.NewLabel(""), list: look.Column(look.XS),
		kind: controls.NewSegments("Night", "Nap"),
	}
	p.from.Wrapping, p.problem.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	p.problem.Importance = widget.DangerImportance
	p.problem.Hide()
	p.makeForm()
	p.listen()
	p.reset = widget.NewButton("Take changes off ...", p.askReset)
	p.save = widget.NewButton("Save ...", p.askSave)
	p.save.Importance = widget.HighImportance
	p.idle = container.NewHBox(widget.NewButtonWithIcon("Edit", theme.DocumentCreateIcon(), p.begin), p.reset)
	p.busy = container.NewHBox(p.save, widget.NewButton("Cancel", p.cancel))
	head := look.Column(look.S, look.NewText("Rest periods", look.Strong), p.from, p.idle, p.busy, p.form, p.problem, nightHead())
	scroll := container.NewVScroll(look.InsetBy(0, look.XS, p.list))
	p.content = look.AtLeast(wearPanelWidth, 0, look.InsetBy(0, look.M, container.NewBorder(head, nil, nil, nil, scroll)))
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
		container.NewGridWithColumns(2, p.edges[0], p.edges[1]),
		look.Row(look.S, p.kind.Content, add, p.remove, p.undo, p.redo),
		quiet("Drag an edge. Up and Down choose a night, Home and End its edge, Left and Right move it by an epoch, with Shift by 15 min; N makes it a nap or a night."))
}

// show takes up a recording; nil empties the panel.
func (p *nightsPanel) show(o *opened) {
	p.stop()
	p.recording, p.rest, p.edits, p.nights = nil, app.Rest{}, rest.NewEdits(nil, 0), nil
	if o != nil {
		p.recording, p.laidOut = o.recording, o.laidOut
	}
	p.reload()
}

// reload reads the rest periods again, unless they are being edited.
func (p *nightsPanel) reload() {
	r := p.recording
	if r == nil || p.editing {
		p.settle()
		return
	}
	source := p.source()
	if source == app.RestManual {
		source = ""
	}
	id := r.ID()
	load(p.loader, func(ctx context.Context) (app.Rest, error) { return p.w.wb.Rest(ctx, id, source) }, func(now app.Rest, err error) {
		if p.recording != r || p.editing {
			return
		}
		if err != nil {
			now = app.Rest{LeftOut: []string{err.Error()}}
			now.Recording.ID = id
		}
		p.rest, p.edits = now, rest.NewEdits(now.Periods, len(r.Activity))
		p.changed(nil)
	})
}

// changed shows the periods as they are now, and sums them up anew; err is why
// something that was asked for was not done.
func (p *nightsPanel) changed(err error) {
	p.problem.Hide()
	if err != nil {
		p.problem.SetText(sentence(faultWords(err)))
		p.problem.Show()
	}
	p.chosen = min(p.chosen, len(p.edits.Now())-1)
	p.settle()
	r, source, list := p.recording, p.rest.Source, p.edits.Now()
	if r == nil {
		return
	}
	id := r.ID()
	load(p.nightly, func(ctx context.Context) ([]sleep.Night, error) {
		w, err := p.w.wb.Wear(ctx, r)
		if err != nil {
			return nil, err
		}
		return app.RestNights(w.Mask.Apply(r), source, list)
	}, func(nights []sleep.Night, err error) {
		if p.recording == nil || p.recording.ID() != id {
			return
		}
		if err != nil {
			p.problem.SetText(sentence("the nights are not summed up: " + err.Error()))
			p.problem.Show()
		}
		p.nights = nights
		p.settle()
	})
}

// faultWords says why an edit is not possible.
func faultWords(err error) string {
	var fault *rest.Fault
	if errors.As(err, &fault) {
		return "not done: it " + fault.Why
	}
	return err.Error()
}

func (p *nightsPanel) begin() {
	if p.recording == nil {
		return
	}
	p.editing = true
	if p.chosen = 0; len(p.edits.Now()) == 0 {
		p.chosen = -1
	}
	p.edge = rest.Begin
	p.switched(true)
	p.settle()
	p.editor.Reveal()
	p.w.focus(p.editor)
}

// stop leaves the editor.
func (p *nightsPanel) stop() {
	if p.editing {
		p.editing, p.chosen = false, -1
		p.switched(false)
	}
	p.problem.Hide()
}

func (p *nightsPanel) cancel() {
	p.stop()
	p.reload()
}

func (p *nightsPanel) askSave() {
	was, list := p.rest, p.edits.Now()
	p.w.askLine("Save the rest periods?", "Measures of nights then take them. The reason, if you give one, is kept with the change, with your name and the time.", "", "Save",
		func(reason string) (func(), error) {
			return func() {
				p.keep("Saving the rest periods", true, func(ctx context.Context) error {
					return p.w.wb.ChangeRest(ctx, was, list, app.By{Reason: strings.TrimSpace(reason)})
				})
			}, nil
		})
}

func (p *nightsPanel) askReset() {
	id := p.rest.Recording.ID
	p.w.ask(question{
		title: "Take the changes by hand off?", text: "The diary or the algorithm counts again. The history of the changes stays in the library.", yes: "Take off", danger: true,
		then: func() {
			p.keep("Taking the changes off", false, func(ctx context.Context) error { return p.w.wb.RemoveRest(ctx, id, app.By{}) })
		},
	})
}

// keep stores a change and shows what came of it; what could not be stored stays in
// the editor.
func (p *nightsPanel) keep(doing string, manual bool, work func(context.Context) error) {
	r := p.recording
	background(p.w.tasks, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		switch {
		case err != nil:
			p.w.fail(doing, err)
		case p.recording == r:
			p.stop()
			p.saved(manual)
			p.reload()
		}
	})
}

// settle shows the state of everything.
func (p *nightsPanel) settle() {
	p.settling = true
	defer func() { p.settling = false }()
	show(p.idle, !p.editing)
	show(p.busy, p.editing)
	show(p.form, p.editing)
	show(p.reset, p.rest.Manual())
	enable(p.undo, p.edits.CanUndo())
	enable(p.redo, p.edits.CanRedo())
	enable(p.remove, p.chosen >= 0)
	if p.edits.Changed() {
		p.save.Enable()
	} else {
		p.save.Disable()
	}
	p.from.SetText(restFrom(p.rest))
	list := p.edits.Now()
	for i, e := range p.edges {
		text := ""
		if p.chosen >= 0 {
			text = p.at(list[p.chosen].At(rest.Edge(i))).Clock().Format("15:04")
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
	spans := make([][2]int, len(list))
	for i, period := range list {
		spans[i][0], spans[i][1] = p.laidOut.Cells(period.From, period.To)
	}
	words := ""
	if p.chosen >= 0 {
		words = p.at(list[p.chosen].At(p.edge)).Clock().Format("Mon 2 Jan 15:04")
	}
	p.editor.SetPeriods(spans, p.chosen, int(p.edge), words)
}

// restFrom says where rest periods are from.
func restFrom(r app.Rest) string {
	words := []string{}
	switch {
	case r.Layer != nil:
		words = append(words, "Changed by hand. Before: "+cmp.Or(r.Source.Words(), "none")+".", dotted(r.Layer.Author, minuteOf(r.Layer.At), r.Layer.Reason)+".")
	case r.Source != "":
		words = append(words, "Not changed by hand. Source: "+r.Source.Words()+".")
	}
	for _, why := range r.LeftOut {
		words = append(words, sentence(why))
	}
	return strings.Join(words, "\n")
}
