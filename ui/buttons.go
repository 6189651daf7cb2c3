package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"circascope/ui/look"
)

// toolButton is a button of a page's head.
func toolButton(text string, icon *theme.ThemedResource, tapped func()) fyne.CanvasObject {
	return widget.NewButtonWithIcon(text, icon, tapped)
}

// primaryButton is the one that does what the page is for.
func primaryButton(text string, icon *theme.ThemedResource, tapped func()) fyne.CanvasObject {
	b := widget.NewButtonWithIcon(text, icon, tapped)
	b.Importance = widget.HighImportance
	return b
}

// iconButton has no word, and a tooltip instead.
func iconButton(icon fyne.Resource, tooltip string, tapped func()) *ttwidget.Button {
	b := ttwidget.NewButtonWithIcon("", icon, tapped)
	b.Importance = widget.LowImportance
	b.SetToolTip(tooltip)
	return b
}

// quiet is a sentence of the second rank that wraps.
func quiet(text string) fyne.CanvasObject {
	r := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{ColorName: look.ColorMuted, SizeName: theme.SizeNameText}})
	r.Wrapping = fyne.TextWrapWord
	return look.InsetBy(0, -6, r)
}

func (w *Window) focus(f fyne.Focusable) { w.win.Canvas().Focus(f) }
