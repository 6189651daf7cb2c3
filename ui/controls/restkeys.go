package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// RestStep is how far a key moves what it moves.
type RestStep struct {
	Quarter bool // by a quarter of an hour, else by one epoch
	Whole   bool // the whole period, else the chosen edge
}

// TypedKey moves the chosen edge, or chooses another.
func (e *RestEditor) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft:
		e.step(-1, RestStep{Quarter: e.shift})
	case fyne.KeyRight:
		e.step(1, RestStep{Quarter: e.shift})
	case fyne.KeyUp:
		e.next(-1)
	case fyne.KeyDown:
		e.next(1)
	case fyne.KeyHome:
		e.chooseEdge(RestBegin)
	case fyne.KeyEnd:
		e.chooseEdge(RestEnd)
	default:
		if e.OnKey == nil || !e.OnKey(key.Name) {
			passOn(e, key)
		}
	}
}

func (e *RestEditor) next(by int) {
	if e.OnNext != nil {
		e.OnNext(by)
	}
}

func (e *RestEditor) chooseEdge(edge RestPart) {
	if e.view.Chosen >= 0 && e.OnChoose != nil {
		e.OnChoose(e.view.Chosen, edge)
	}
}

func (e *RestEditor) step(by int, step RestStep) {
	if e.editing && e.view.Chosen >= 0 && e.OnStep != nil {
		e.OnStep(by, step)
	}
}

// TypedShortcut undoes, redoes, moves the whole period, and passes the rest to the
// window.
func (e *RestEditor) TypedShortcut(s fyne.Shortcut) {
	if !e.Undone(s) && !e.movedWhole(s) {
		toWindow(e, s)
	}
}

func (e *RestEditor) movedWhole(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierControl {
		return false
	}
	step := RestStep{Quarter: c.Modifier&fyne.KeyModifierShift != 0, Whole: true}
	switch c.KeyName {
	case fyne.KeyLeft:
		e.step(-1, step)
	case fyne.KeyRight:
		e.step(1, step)
	default:
		return false
	}
	return true
}
