package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// shortcut is a key with the control key held, what it does, and how the help
// names it.
type shortcut struct {
	key   fyne.KeyName
	shift bool
	keys  string
	does  string
	run   func()
}

// shortcuts lists the window's keys; the help shows the same list.
func (w *Window) shortcuts() []shortcut {
	list := []shortcut{
		{key: fyne.KeyO, keys: "Ctrl+O", does: "Open a library", run: w.askOpen},
		{key: fyne.KeyN, keys: "Ctrl+N", does: "New library", run: w.askNew},
		{key: fyne.KeyI, keys: "Ctrl+I", does: "Import recordings", run: func() { w.showImport(nil) }},
		{key: fyne.KeyR, keys: "Ctrl+R", does: "Run PAT on the marked recordings, or on all", run: w.showRun},
		{key: fyne.KeyE, keys: "Ctrl+E", does: "Export what the page shows", run: w.showExport},
		{key: fyne.KeyC, shift: true, keys: "Ctrl+Shift+C", does: "Copy the page's table", run: w.copyTable},
		{key: fyne.KeyF, keys: "Ctrl+F", does: "Search: participants, or on Measures and Cohort what is there", run: w.search},
	}
	numbers := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}
	for i, p := range railPlaces() {
		list = append(list, shortcut{
			key: numbers[i], keys: "Ctrl+" + string(numbers[i]), does: "Go to " + placeNames[p], run: func() { w.goTo(p) },
		})
	}
	return append(list, shortcut{key: fyne.KeyQ, keys: "Ctrl+Q", does: "Quit", run: w.close})
}

func (w *Window) addShortcuts() {
	canvas := w.win.Canvas()
	for _, s := range w.shortcuts() {
		modifier := fyne.KeyModifierControl
		if s.shift {
			modifier |= fyne.KeyModifierShift
		}
		canvas.AddShortcut(&desktop.CustomShortcut{KeyName: s.key, Modifier: modifier}, func(fyne.Shortcut) {
			if canvas.Overlays().Top() == nil { // a dialog has the keyboard to itself
				s.run()
			}
		})
	}
	canvas.SetOnTypedKey(w.typed)
}

// typed handles the keys that need no control key, where no field has the
// keyboard.
func (w *Window) typed(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyF11:
		w.win.SetFullScreen(!w.win.FullScreen())
	case fyne.KeyF1:
		w.showHelp()
	case fyne.KeyEscape:
		w.study.mark(nil)
	case fyne.KeyUp, fyne.KeyLeft:
		w.step(-1)
	case fyne.KeyDown, fyne.KeyRight:
		w.step(1)
	}
}

func (w *Window) step(by int) {
	if p, ok := w.pages[w.at].(stepping); ok {
		p.step(by)
	}
}

// search goes to the search field of this page, or of the participants.
func (w *Window) search() {
	if _, ok := w.pages[w.at].(searching); !ok {
		w.goTo(participantsPlace)
	}
	if p, ok := w.pages[w.at].(searching); ok {
		p.search()
	}
}
