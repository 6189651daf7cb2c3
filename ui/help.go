package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// terms are the words of the window that a reader of actograms may not know.
var terms = []struct{ name, means string }{
	{"Week", "10 080 minutes of one recording, which is what PAT reads."},
	{"Embedding", "The 96 numbers PAT makes of a week: alike weeks get alike numbers."},
	{"PC1, PC2", "The two directions in which the embeddings differ most, found anew for each set."},
	{"Scaler", "The mean and spread by which activity is standardised. Embeddings compare only under the same one."},
	{"Demo weights", "Model files that ship for trying the program; not those of the paper, not for research."},
}

// showHelp lists the keys and what the program is.
func (w *Window) showHelp() {
	if w.win.Canvas().Overlays().Top() != nil {
		return
	}
	keys := look.Column(look.XS)
	add := func(key, does string) {
		keys.Add(container.NewBorder(nil, nil, look.AtLeast(130, 0, look.NewText(key, look.Mono)), nil, look.NewText(does, look.Body)))
	}
	for _, s := range w.shortcuts() {
		add(s.keys, s.does)
	}
	add("Up, Down", "Participant before, next")
	add("Enter", "In the table: open the actogram; in a dialog: do it")
	add("Escape", "Close a dialog, leave a search, clear the marks")
	add("Drag", "In an actogram: select; draw or erase what was not worn, as the brush says")
	add("Enter, Delete", "In an actogram: the selection is not worn, or worn")
	add("Ctrl+Z", "In an actogram: undo; Ctrl+Shift+Z: redo")
	add("Up, Down, Home, End", "Editing nights: another night; its begin, its end")
	add("Left, Right", "Editing nights: the edge, Shift: by 15 min, Ctrl: the whole night")
	add("Insert, Delete, N", "Editing nights: add, take away, night or nap; Enter saves")
	add("Shift+drag", "In a projection: lasso")
	add("F11", "Full screen")
	add("F1", "This page")
	about := look.Column(look.S,
		look.NewText("Circascope "+w.wb.Version(), look.Strong),
		quiet("Wrist actigraphy on your own machine: recordings from any device into one library, embeddings by the Pretrained Actigraphy Transformer, charts and tables for a paper. Nothing leaves this computer."),
		quiet("Weights files: "+shortPath(w.wb.ModelsDir())))
	for _, t := range terms {
		about.Add(look.Column(0, look.NewText(t.name, look.Strong), quiet(t.means)))
	}
	columns := container.NewBorder(nil, nil, look.AtLeast(430, 0, keys), nil, look.InsetBy(0, look.L, about))
	controls.ShowSheet(w.win, columns, controls.SheetOptions{Title: "Keys and about", Width: 820})
}

// showSettings changes how the window looks, and when latencies alert.
func (w *Window) showSettings() {
	words := map[string]look.Mode{"As the desktop": look.System, "Light": look.Light, "Dark": look.Dark}
	mode := controls.NewSegments("As the desktop", "Light", "Dark")
	for word, m := range words {
		if m == w.prefs.mode() {
			mode.Set(word)
		}
	}
	mode.OnChange = func(word string) { w.setMode(words[word]) }
	content := look.Column(look.S, labelled("Appearance", mode.Content), labelled("Latency alert", w.latencyLimit()))
	controls.ShowSheet(w.win, content, controls.SheetOptions{Title: "Settings", Width: 520})
}

// setMode changes the palette and keeps the choice.
func (w *Window) setMode(m look.Mode) {
	w.prefs.store.SetString(prefMode, string(m))
	w.app.Settings().SetTheme(look.Theme{Mode: m})
}

// tell says something that needs no answer.
func (w *Window) tell(title, text string) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	controls.ShowSheet(w.win, label, controls.SheetOptions{Title: title, Width: 460})
}
