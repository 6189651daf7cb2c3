package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// question is one that is answered with yes or no.
type question struct {
	title, text, yes string
	danger           bool
	then             func()
}

func (w *Window) ask(q question) {
	text := widget.NewLabel(q.text)
	text.Wrapping = fyne.TextWrapWord
	var sheet *controls.Sheet
	sheet = controls.ShowSheet(w.win, look.AtLeast(0, 60, text), controls.SheetOptions{
		Title: q.title, Confirm: q.yes, Danger: q.danger, Width: 460,
		OnYes: func() {
			sheet.Close()
			q.then()
		},
	})
}

// askLine asks for one line of text. then gets it, and may refuse it with an
// error that is shown under the line; what it returns is done when the question is
// gone, and may be nil.
func (w *Window) askLine(title, text, value, yes string, then func(string) (func(), error)) {
	entry := controls.NewEntry("")
	entry.SetText(value)
	problem := look.NewText("", look.Failure)
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	var sheet *controls.Sheet
	sheet = controls.ShowSheet(w.win, look.Column(look.S, label, entry, problem), controls.SheetOptions{
		Title: title, Confirm: yes, Width: 460,
		OnYes: func() {
			do, err := then(entry.Text)
			if err != nil {
				problem.SetText(errorWords(err))
				return
			}
			sheet.Close()
			if do != nil {
				do()
			}
		},
	})
	sheet.Focus(entry)
}
