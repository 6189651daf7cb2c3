package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// fail shows an error: what was being done, why it failed, and details that can
// be copied. A cancelled piece of work is no failure. It returns nil where there
// was nothing to show; extra are further ways out.
func (w *Window) fail(doing string, err error, extra ...fyne.CanvasObject) *controls.Sheet {
	if err == nil || errors.Is(err, context.Canceled) {
		return nil
	}
	reason := widget.NewLabel(w.study.named(errorWords(err)))
	reason.Wrapping = fyne.TextWrapWord
	details := widget.NewMultiLineEntry()
	details.SetText(w.details(doing, err))
	details.Wrapping = fyne.TextWrapBreak
	details.SetMinRowsVisible(6)
	part := widget.NewAccordion(widget.NewAccordionItem("Details", details))
	copyButton := widget.NewButtonWithIcon("Copy details", theme.ContentCopyIcon(), func() { w.copy(w.details(doing, err)) })
	return controls.ShowSheet(w.win, look.Column(look.S, reason, part), controls.SheetOptions{
		Title: doing + " failed", Width: 620, Extra: append([]fyne.CanvasObject{copyButton}, extra...),
	})
}

// details lists the chain of causes, and what a maintainer asks for first.
func (w *Window) details(doing string, err error) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s failed\n\n", doing)
	for e := err; e != nil; e = errors.Unwrap(e) {
		fmt.Fprintf(&b, "%T: %v\n", e, e)
	}
	fmt.Fprintf(&b, "\nCircascope %s\n", w.wb.Version())
	if lib, err := w.wb.Library(); err == nil {
		fmt.Fprintf(&b, "library: %s\n", lib.Path())
	}
	return b.String()
}

func (w *Window) copy(text string) { w.app.Clipboard().SetContent(text) }
