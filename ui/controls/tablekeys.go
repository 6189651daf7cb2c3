package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pageRows is how far Page Up and Page Down go.
const pageRows = 15

func newRowList(t *Table) *rowList {
	l := &rowList{table: t}
	l.List = widget.List{
		Length:         func() int { return t.rows },
		CreateItem:     func() fyne.CanvasObject { return newTableRow(t) },
		UpdateItem:     func(row int, o fyne.CanvasObject) { o.(*tableRow).show(row) },
		HideSeparators: true,
	}
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey moves the selection.
func (l *rowList) TypedKey(e *fyne.KeyEvent) {
	t := l.table
	switch e.Name {
	case fyne.KeyUp:
		l.move(-1)
	case fyne.KeyDown:
		l.move(1)
	case fyne.KeyPageUp:
		l.move(-pageRows)
	case fyne.KeyPageDown:
		l.move(pageRows)
	case fyne.KeyHome:
		l.move(-t.rows)
	case fyne.KeyEnd:
		l.move(t.rows)
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.OnOpen != nil && t.marks.lead >= 0 {
			t.OnOpen(t.marks.lead)
		}
	default:
		if t.OnKey != nil {
			t.OnKey(e)
		}
	}
}

func (l *rowList) move(by int) {
	if l.modifier&fyne.KeyModifierShift != 0 && l.table.marks.lead >= 0 {
		to := max(0, min(l.table.rows-1, l.table.marks.lead+by))
		l.table.choose(to, fyne.KeyModifierShift)
		return
	}
	l.table.Move(by)
}

// KeyDown notes that shift is held.
func (l *rowList) KeyDown(e *fyne.KeyEvent) {
	if isShift(e) {
		l.modifier = fyne.KeyModifierShift
	}
}

// KeyUp notes that shift is let go.
func (l *rowList) KeyUp(e *fyne.KeyEvent) {
	if isShift(e) {
		l.modifier = 0
	}
}

func isShift(e *fyne.KeyEvent) bool {
	return e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight
}

// FocusGained keeps Fyne's own cursor out: the selection is the cursor.
func (l *rowList) FocusGained() {}

// FocusLost is for Fyne.
func (l *rowList) FocusLost() { l.modifier = 0 }

// TypedShortcut selects all, copies where there is something to copy, and passes the
// rest to the window.
func (l *rowList) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutSelectAll:
		l.table.chooseAll()
	case *fyne.ShortcutCopy:
		if lead := l.table.marks.lead; l.table.OnCopy != nil && lead >= 0 {
			l.table.OnCopy(lead)
		}
	default:
		if l.table.OnShortcut == nil || !l.table.OnShortcut(s) {
			toWindow(l, s)
		}
	}
}

// toWindow passes a shortcut on to the window that a focused widget would keep.
func toWindow(o fyne.CanvasObject, s fyne.Shortcut) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if window, ok := c.(fyne.Shortcutable); ok {
		window.TypedShortcut(s)
	}
}
