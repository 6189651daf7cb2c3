package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// stepMinutes is how far an arrow key goes; with control it is one cell.
const stepMinutes = 10

// TypedKey moves the selection, extends it with shift, draws and erases.
func (e *MaskEditor) TypedKey(key *fyne.KeyEvent) {
	day := e.Chart.chart.Activity.Columns
	step := 1
	if minutes := e.Chart.chart.Activity.CellMinutes(); minutes > 0 {
		step = max(1, int(stepMinutes/minutes))
	}
	switch key.Name {
	case fyne.KeyLeft:
		e.move(-step, e.shift)
	case fyne.KeyRight:
		e.move(step, e.shift)
	case fyne.KeyUp:
		e.move(-day, e.shift)
	case fyne.KeyDown:
		e.move(day, e.shift)
	case fyne.KeyHome:
		e.move(-(max(e.lead, 0) % max(1, day)), e.shift)
	case fyne.KeyEnd:
		e.move(day-1-max(e.lead, 0)%max(1, day), e.shift)
	case fyne.KeyReturn, fyne.KeyEnter:
		e.paint(false)
	case fyne.KeyDelete, fyne.KeyBackspace:
		e.paint(true)
	case fyne.KeyEscape:
		if e.lead < 0 {
			passOn(e, key)
			return
		}
		e.choose(-1, -1)
	default:
		passOn(e, key)
	}
}

// move moves the end of the selection, and its beginning with it unless it is to
// be extended. Where nothing is selected yet, the first cell shown is.
func (e *MaskEditor) move(by int, extend bool) {
	if e.lead < 0 {
		at := e.Chart.first * e.Chart.chart.Activity.Columns
		e.choose(at, at)
		return
	}
	lead := max(0, e.lead+by)
	if extend {
		e.choose(e.anchor, lead)
		return
	}
	e.choose(lead, lead)
}

// TypedShortcut undoes, redoes and moves by one cell, and passes the rest to the
// window.
func (e *MaskEditor) TypedShortcut(s fyne.Shortcut) {
	if e.Undone(s) {
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); !ok || !e.custom(c) {
		toWindow(e, s)
	}
}

func (e *MaskEditor) custom(s *desktop.CustomShortcut) bool {
	if s.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierControl {
		return false
	}
	extend := s.Modifier&fyne.KeyModifierShift != 0
	switch {
	case s.KeyName == fyne.KeyLeft:
		e.move(-1, extend)
	case s.KeyName == fyne.KeyRight:
		e.move(1, extend)
	default:
		return false
	}
	return true
}
