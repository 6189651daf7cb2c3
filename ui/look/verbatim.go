package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NewVerbatim returns the lines of a file as they stand in it, to select and copy.
func NewVerbatim(text string) fyne.CanvasObject {
	label := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	label.Selectable = true
	return container.NewThemeOverride(label, verbatimTheme{fyne.CurrentApp().Settings().Theme()})
}

// verbatimTheme writes larger: at the size of the other text the underscores of the
// monospaced font fall out of its lines.
type verbatimTheme struct{ fyne.Theme }

func (t verbatimTheme) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameText {
		return verbatimSize
	}
	return t.Theme.Size(name)
}

const verbatimSize = 14
