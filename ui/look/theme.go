package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode chooses between the light and the dark palette.
type Mode string

// The modes.
const (
	System Mode = "system" // as the desktop is set
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Theme is the window's own theme.
type Theme struct{ Mode Mode }

// The sizes of the type scale; the names are those of Fyne, so that its own
// widgets follow.
const (
	captionSize    float32 = 11
	bodySize       float32 = 13
	subheadingSize float32 = 16
	headingSize    float32 = 22
)

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameCaptionText:        captionSize,
	theme.SizeNameText:               bodySize,
	theme.SizeNameSubHeadingText:     subheadingSize,
	theme.SizeNameHeadingText:        headingSize,
	theme.SizeNamePadding:            XS,
	theme.SizeNameInnerPadding:       6,
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameLineSpacing:        3,
	theme.SizeNameInputRadius:        5,
	theme.SizeNameSelectionRadius:    4,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameInputBorder:        1,
}

// Size returns a distance or a text size.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

// Color returns a colour of the palette that the mode chooses.
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.Mode {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	palette := light
	if variant == theme.VariantDark {
		palette = dark
	}
	if c, ok := palette[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font returns the typeface of a text style.
func (t Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon returns an icon of Fyne's own set.
func (t Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// IsDark reports whether the palette in use is the dark one.
func IsDark() bool {
	r, g, b, _ := theme.Color(theme.ColorNameBackground).RGBA()
	return r+g+b < 3*0x8000
}
