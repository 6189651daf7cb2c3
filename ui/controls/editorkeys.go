package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// editorKeys is what editors over an actogram do alike with the keyboard: they know
// whether shift is held, and undo and redo.
type editorKeys struct {
	OnUndo func()
	OnRedo func()

	shift bool
}

// KeyDown notes that shift is held.
func (k *editorKeys) KeyDown(key *fyne.KeyEvent) {
	if isShift(key) {
		k.shift = true
	}
}

// KeyUp notes that shift is let go.
func (k *editorKeys) KeyUp(key *fyne.KeyEvent) {
	if isShift(key) {
		k.shift = false
	}
}

// TypedRune is for Fyne.
func (k *editorKeys) TypedRune(rune) {}

// FocusGained is for Fyne: what is chosen shows where the keyboard is.
func (k *editorKeys) FocusGained() {}

// FocusLost is for Fyne.
func (k *editorKeys) FocusLost() { k.shift = false }

// Undone undoes or redoes where a shortcut asks for it, and reports whether it did.
func (k *editorKeys) Undone(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		call(k.OnUndo)
	case *fyne.ShortcutRedo:
		call(k.OnRedo)
	case *desktop.CustomShortcut:
		if s.KeyName != fyne.KeyZ || s.Modifier != fyne.KeyModifierControl|fyne.KeyModifierShift {
			return false
		}
		call(k.OnRedo)
	default:
		return false
	}
	return true
}

func call(f func()) {
	if f != nil {
		f()
	}
}
