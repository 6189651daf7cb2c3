package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// passOn gives a key that a focused widget does not use to the window, or to the
// dialog over it: Escape closes, F1 helps, whatever has the focus.
func passOn(o fyne.CanvasObject, key *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	if typed := c.OnTypedKey(); typed != nil {
		typed(key)
	}
}

// onCanvas tells whether Fyne knows the canvas of an object. Fyne forgets it where the
// object was not drawn for a minute, and opening a list then is a nil dereference
// (fyne-io/fyne#5965); drawing it anew makes it known for the next click.
func onCanvas(o fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	if driver.CanvasForObject(o) != nil {
		return true
	}
	for _, w := range driver.AllWindows() {
		w.Canvas().Refresh(o)
	}
	return false
}

// Check is a box to tick that passes on the keys it does not use.
type Check struct{ widget.Check }

// NewCheck returns a box that is not ticked; changed may be nil.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey passes on what is not the space bar.
func (c *Check) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeySpace {
		c.Check.TypedKey(key)
		return
	}
	passOn(c, key)
}

// Select is a choice of one of many that passes on the keys it does not use.
type Select struct{ widget.Select }

// NewSelect returns a choice with nothing chosen; changed may be nil.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged, s.PlaceHolder = options, changed, "choose"
	s.ExtendBaseWidget(s)
	return s
}

// Tapped opens the list.
func (s *Select) Tapped(at *fyne.PointEvent) {
	if onCanvas(s) {
		s.Select.Tapped(at)
	}
}

// TypedKey passes on what does not open the list.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		if onCanvas(s) {
			s.Select.TypedKey(key)
		}
	default:
		passOn(s, key)
	}
}
