package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// note is a warning in words.
func note(text string) fyne.CanvasObject {
	n := newNoteLine()
	n.set(text)
	return n.content
}

// noteLine is a warning that comes and goes.
type noteLine struct {
	content fyne.CanvasObject
	label   *widget.Label
}

func newNoteLine() *noteLine {
	n := &noteLine{label: widget.NewLabel("")}
	n.label.Wrapping = fyne.TextWrapWord
	icon := container.NewVBox(look.InsetBy(6, 0, widget.NewIcon(theme.NewWarningThemedResource(theme.WarningIcon()))))
	n.content = controls.NewSurface(look.ColorCard, theme.ColorNameWarning, 6, look.InsetBy(2, look.S, container.NewBorder(nil, nil, icon, nil, n.label)))
	n.content.Hide()
	return n
}

// set shows a text; none hides the warning.
func (n *noteLine) set(text string) {
	if text == n.label.Text {
		return
	}
	n.label.SetText(text)
	if text == "" {
		n.content.Hide()
	} else {
		n.content.Show()
	}
}
