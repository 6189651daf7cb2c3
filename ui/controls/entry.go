package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a line of input that lets the window's shortcuts and keys through.
type Entry struct {
	widget.Entry
	OnEscape func() // in place of the window's; may be nil
}

// NewEntry returns an empty line with a hint.
func NewEntry(hint string) *Entry {
	e := &Entry{}
	e.PlaceHolder = hint
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey reports Escape and passes on the function keys.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyEscape && e.OnEscape != nil:
		e.OnEscape()
	case key.Name == fyne.KeyEscape || key.Name == fyne.KeyF1 || key.Name == fyne.KeyF11:
		passOn(e, key)
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedShortcut keeps copy, paste and the like, and passes the window's own on.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if _, custom := s.(*desktop.CustomShortcut); custom {
		toWindow(e, s)
		return
	}
	e.Entry.TypedShortcut(s)
}

// Button is a button that Enter presses too.
type Button struct{ widget.Button }

// NewButton returns a button.
func NewButton(text string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{}
	b.Text, b.Icon, b.OnTapped = text, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses, or passes on.
func (b *Button) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeySpace:
		b.Button.TypedKey(key)
	default:
		passOn(b, key)
	}
}
