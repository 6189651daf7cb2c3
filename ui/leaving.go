package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// drafting is a page on which something can be edited that is not stored yet.
type drafting interface {
	// draft returns what would be lost if the page were left now; nil for nothing.
	draft() *draft
	// stored calls then once everything that is being stored is stored. Where that
	// fails, then is not called: the failure is shown.
	stored(then func())
}

// draft is an edit that a person has neither stored nor given up.
type draft struct {
	title, text string
	save        func(reason string, then, stay func()) // then is called when it is stored, or stay, which may be nil
	drop        func()
}

// leave does what would end an edit that is not stored, such as going to another
// recording or closing the window. First it asks to save, not to save, or to stay;
// where the person stays, stay is called, which may be nil.
func (w *Window) leave(then, stay func()) {
	for _, page := range w.pages {
		p, ok := page.(drafting)
		if !ok {
			continue
		}
		if d := p.draft(); d != nil {
			w.askLeave(d, func() { p.stored(then) }, stay)
			return
		}
		p.stored(then) // one page of the window is edited on
		return
	}
	then()
}

// askLeave asks what becomes of a draft. While the question is up, nothing else can be
// left.
func (w *Window) askLeave(d *draft, then, stay func()) {
	if w.leaving {
		if stay != nil {
			stay()
		}
		return
	}
	w.leaving = true
	text := widget.NewLabel(d.text)
	text.Wrapping = fyne.TextWrapWord
	reason := controls.NewEntry("The reason, if you give one")
	answer := stay
	var sheet *controls.Sheet
	dropIt := widget.NewButton("Don't save", func() {
		answer = func() {
			d.drop()
			then()
		}
		sheet.Close()
	})
	sheet = controls.ShowSheet(w.win, look.Column(look.S, text, reason), controls.SheetOptions{
		Title: d.title, Confirm: "Save", Dismiss: "Stay", Width: 480, Extra: []fyne.CanvasObject{dropIt},
		OnYes: func() {
			answer = func() { d.save(reason.Text, then, stay) }
			sheet.Close()
		},
		OnClose: func() {
			w.leaving = false
			if answer != nil {
				answer()
			}
		},
	})
	sheet.Focus(reason)
}

// waiting is what is to be done once something is stored.
type waiting struct{ list []func() }

// when does it at once where everything is stored already.
func (w *waiting) when(stored bool, then func()) {
	if stored {
		then()
		return
	}
	w.list = append(w.list, then)
}

// all does what waits.
func (w *waiting) all() {
	list := w.list
	w.list = nil
	for _, then := range list {
		then()
	}
}

// forget leaves it undone: storing failed.
func (w *waiting) forget() { w.list = nil }
