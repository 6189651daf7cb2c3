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

// at returns the time at which an epoch begins.
func (p *nightsPanel) at(epoch int) actigraphy.LocalTime {
	return p.recording.Start.Add(time.Duration(epoch) * p.recording.Epoch)
}

// listen hears what the editor on the actogram is asked for.
func (p *nightsPanel) listen() {
	e := p.editor
	e.OnChoose = func(period, edge int) { p.choose(period, rest.Edge(edge)) }
	e.OnNext = func(by int) {
		if n := len(p.edits.Now()); n > 0 {
			p.choose(max(0, min(n-1, p.chosen+by)), p.edge)
			e.Reveal()
		}
	}
	e.OnDrag = func(cell int) {
		if at := p.laidOut.Epochs(cell, cell+1); p.chosen >= 0 && len(at) > 0 {
			p.changed(p.edits.Drag(p.chosen, p.edge, at[0].From))
		}
	}
	e.OnDrop = func() { p.edits.Drop(); p.settle() }
	e.OnStep = p.step
	e.OnKey = p.key
	e.OnUndo, e.OnRedo = p.undoEdit, p.redoEdit
}

func (p *nightsPanel) choose(period int, edge rest.Edge) {
	p.chosen, p.edge = period, edge
	p.problem.Hide()
	p.settle()
}

// quarter is how far a long step goes.
const quarter = 15 * time.Minute

func (p *nightsPanel) step(by int, size controls.RestStep) {
	if p.chosen < 0 {
		return
	}
	if size == controls.QuarterStep {
		by *= max(1, int(quarter/p.recording.Epoch))
	}
	p.changed(p.edits.Move(p.chosen, p.edge, p.edits.Now()[p.chosen].At(p.edge)+by))
	p.editor.Reveal()
}

func (p *nightsPanel) key(name fyne.KeyName) bool {
	switch name {
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
	if p.edits.Undo() {
		p.changed(nil)
	}
}

func (p *nightsPanel) redoEdit() {
	if p.edits.Redo() {
		p.changed(nil)
	}
}
