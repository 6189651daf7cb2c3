package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// NewEmptyState says in the middle of a page why there is nothing and what to do.
func NewEmptyState(icon *theme.ThemedResource, title, advice string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	image := canvas.NewImageFromResource(theme.NewColoredResource(icon, look.ColorMuted))
	image.FillMode = canvas.ImageFillContain
	image.SetMinSize(fyne.NewSize(48, 48))
	text := widget.NewLabel(advice)
	text.Alignment = fyne.TextAlignCenter
	text.Wrapping = fyne.TextWrapWord
	column := look.Column(look.S,
		image,
		container.NewCenter(look.NewText(title, look.Subheading)),
		look.AtLeast(440, 0, text),
	)
	if len(actions) > 0 {
		column.Add(container.NewCenter(look.Row(look.S, actions...)))
	}
	return container.NewCenter(column)
}
