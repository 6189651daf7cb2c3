package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Seamless lets the items of a Fyne list touch. Fyne leaves its padding between
// them even where separators are hidden, and a click there reaches no item.
func Seamless(list fyne.CanvasObject) fyne.CanvasObject {
	return container.NewThemeOverride(list, seamless{})
}

// seamless is the window's theme without padding.
type seamless struct{ Theme }

// Size returns a distance or a text size.
func (s seamless) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNamePadding {
		return 0
	}
	return s.Theme.Size(name)
}

// Color asks the theme in use: the mode can change while the list is shown.
func (seamless) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(name, variant)
}
