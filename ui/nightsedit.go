package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/app"
	"circascope/ui/controls"
)

// listen hears what the editor on the actogram is asked for.
func (p *nightsPanel) listen() {
	e := p.editor
	e.OnChoose = func(period int, part controls.RestPart) {
		edge := p.edge
		if part != controls.RestWhole {
			edge = rest.Edge(part)
		}
		p.choose(period, edge)
	}
	e.OnNext = func(by int) {
		if n := len(p.edits.Now()); n > 0 {
			p.choose(max(0, min(n-1, p.chosen+by)), p.edge)
			e.Reveal()
		}
	}
	e.OnDrag = func(boundary int) {
		if at, ok := p.epochAt(boundary); ok && p.chosen >= 0 {
			p.edits.Drag(p.chosen, p.edge, at)
			p.changed(nil)
		}
	}
	e.OnMove = func(boundary int) {
		if at, ok := p.epochAt(boundary); ok && p.chosen >= 0 {
			p.edits.DragWhole(p.chosen, at)
			p.changed(nil)
		}
	}
	e.OnDraw = p.draw
	e.OnDrop = func() { p.edits.Drop(); p.settle() }
	e.OnStep = p.step
	e.OnKey = p.key
	e.OnUndo, e.OnRedo = p.undoEdit, p.redoEdit
}

// epochAt returns the epoch with which a cell of the actogram begins; after the last
// one it is that after the recording's last. It is false where there is none: before
// the recording.
func (p *nightsPanel) epochAt(boundary int) (epoch int, ok bool) {
	if at := p.laidOut.Epochs(boundary, boundary+1); len(at) > 0 {
		return at[0].From, true
	}
	if first, _ := p.laidOut.Cells(0, 1); boundary < first {
		return 0, true
	}
	if at := p.laidOut.Epochs(0, boundary); len(at) > 0 {
		return at[len(at)-1].To, true
	}
	return 0, false
}

// draw draws a period from one cell to another.
func (p *nightsPanel) draw(anchor, lead int) {
	from, begins := p.epochAt(min(anchor, lead))
	to, ends := p.epochAt(max(anchor, lead) + 1)
	at, known := p.epochAt(anchor)
	if !begins || !ends || !known {
		return
	}
	place, drawn := p.edits.Draw(at, from, to, func(epochs int) diary.Kind { return app.RestKind(epochs, p.recording.Epoch) })
	if p.chosen = -1; drawn {
		p.chosen, p.edge = place, rest.End
		if lead < anchor {
			p.edge = rest.Begin
		}
	}
	p.changed(nil)
}

func (p *nightsPanel) choose(period int, edge rest.Edge) {
	p.chosen, p.edge = period, edge
	p.problem.SetText("")
	p.settle()
}

// quarter is how far a long step goes.
const quarter = 15 * time.Minute

func (p *nightsPanel) step(by int, step controls.RestStep) {
	if p.chosen < 0 {
		return
	}
	if step.Quarter {
		by *= max(1, int(quarter/p.recording.Epoch))
	}
	if step.Whole {
		p.changed(p.edits.Shift(p.chosen, by))
	} else {
		p.changed(p.edits.Move(p.chosen, p.edge, p.edits.Now()[p.chosen].At(p.edge)+by))
	}
	p.editor.Reveal()
}

// key hears of a key that the editor, or the list, does not use itself.
func (p *nightsPanel) key(name fyne.KeyName) bool {
	if !p.editing {
		if name == fyne.KeyReturn || name == fyne.KeyEnter {
			p.begin()
			return true
		}
		return false
	}
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.askSave()
	case fyne.KeyEscape:
		p.askCancel()
	case fyne.KeyInsert:
		p.add()
	case fyne.KeyDelete, fyne.KeyBackspace:
		p.removeChosen()
	case fyne.KeyN:
		if p.chosen >= 0 {
			p.setKind(map[diary.Kind]diary.Kind{diary.Night: diary.Nap, diary.Nap: diary.Night}[p.edits.Now()[p.chosen].Kind])
		}
	default:
		return false
	}
	return true
}

// typed hears of a time typed for an edge of the chosen period.
func (p *nightsPanel) typed(edge rest.Edge, text string) {
	if p.chosen < 0 {
		return
	}
	p.edge = edge
	at, err := app.RestEpoch(actigraphy.Describe(p.recording), text, p.edits.Now()[p.chosen].At(edge))
	if err == nil {
		err = p.edits.Move(p.chosen, edge, at)
	}
	p.changed(err)
}

// kinded hears of the switch between night and nap.
func (p *nightsPanel) kinded(word string) {
	if p.settling || p.chosen < 0 {
		return
	}
	kind := diary.Night
	if word == "Nap" {
		kind = diary.Nap
	}
	p.setKind(kind)
}

func (p *nightsPanel) setKind(kind diary.Kind) { p.changed(p.edits.SetKind(p.chosen, kind)) }

// add puts a rest period of an hour, or less where there is less room, after the
// chosen one.
func (p *nightsPanel) add() {
	start := 0
	if p.chosen >= 0 {
		start = p.edits.Now()[p.chosen].To + int(time.Hour/p.recording.Epoch)
	}
	from, to, err := p.edits.Gap(start, max(1, int(time.Hour/p.recording.Epoch)))
	if err == nil {
		var i int
		if i, err = p.edits.Add(rest.Period{Kind: diary.Nap, From: from, To: to}); err == nil {
			p.chosen, p.edge = i, rest.Begin
		}
	}
	p.changed(err)
	p.editor.Reveal()
}

func (p *nightsPanel) removeChosen() {
	if p.chosen >= 0 {
		p.changed(p.edits.Remove(p.chosen))
	}
}

func (p *nightsPanel) undoEdit() {
	if p.editing && p.edits.Undo() {
		p.changed(nil)
	}
}

func (p *nightsPanel) redoEdit() {
	if p.editing && p.edits.Redo() {
		p.changed(nil)
	}
}
