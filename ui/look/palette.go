package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The window's own colour names, beside Fyne's.
const (
	ColorMuted    fyne.ThemeColorName = "muted"    // text of the second rank
	ColorChrome   fyne.ThemeColorName = "chrome"   // the rail and the status bar
	ColorCard     fyne.ThemeColorName = "card"     // a raised part of a page
	ColorStripe   fyne.ThemeColorName = "stripe"   // every second row
	ColorMarked   fyne.ThemeColorName = "marked"   // a selected row
	ColorChosen   fyne.ThemeColorName = "chosen"   // the row whose page is open
	ColorDemo     fyne.ThemeColorName = "demo"     // ground of the demo badge
	ColorDemoText fyne.ThemeColorName = "demoText" // its text
)

type palette map[fyne.ThemeColorName]color.Color

var light = palette{
	theme.ColorNameBackground:          rgb(0xffffff),
	theme.ColorNameForeground:          rgb(0x1c2733),
	theme.ColorNamePrimary:             rgb(0x1f5f99),
	theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	theme.ColorNameButton:              rgb(0xe9edf1),
	theme.ColorNameDisabledButton:      rgb(0xf1f3f5),
	theme.ColorNameDisabled:            rgb(0x9aa5b0),
	theme.ColorNamePlaceHolder:         rgb(0x6b7783),
	theme.ColorNameHover:               rgba(0x1c2733, 0x12),
	theme.ColorNamePressed:             rgba(0x1c2733, 0x24),
	theme.ColorNameFocus:               rgba(0x1f5f99, 0x40),
	theme.ColorNameSelection:           rgba(0x1f5f99, 0x33),
	theme.ColorNameInputBackground:     rgb(0xf3f6f8),
	theme.ColorNameInputBorder:         rgb(0xc3ccd5),
	theme.ColorNameSeparator:           rgb(0xdde3e8),
	theme.ColorNameHeaderBackground:    rgb(0xf4f6f8),
	theme.ColorNameMenuBackground:      rgb(0xffffff),
	theme.ColorNameOverlayBackground:   rgb(0xffffff),
	theme.ColorNameScrollBar:           rgba(0x1c2733, 0x66),
	theme.ColorNameScrollBarBackground: rgba(0x1c2733, 0x0a),
	theme.ColorNameShadow:              rgba(0x000000, 0x2e),
	theme.ColorNameHyperlink:           rgb(0x1f5f99),
	theme.ColorNameError:               rgb(0xb3261e),
	theme.ColorNameWarning:             rgb(0x9a5b00),
	theme.ColorNameSuccess:             rgb(0x2b7a3d),
	ColorMuted:                         rgb(0x5c6874),
	ColorChrome:                        rgb(0xf0f3f5),
	ColorCard:                          rgb(0xf7f9fa),
	ColorStripe:                        rgb(0xf9fafb),
	ColorMarked:                        rgb(0xe0ecf7),
	ColorChosen:                        rgb(0xc9dff2),
	ColorDemo:                          rgb(0xffe2a8),
	ColorDemoText:                      rgb(0x5c3d00),
}

var dark = palette{
	theme.ColorNameBackground:          rgb(0x171b20),
	theme.ColorNameForeground:          rgb(0xe3e8ec),
	theme.ColorNamePrimary:             rgb(0x6cb0ea),
	theme.ColorNameForegroundOnPrimary: rgb(0x0b1b29),
	theme.ColorNameButton:              rgb(0x2a3139),
	theme.ColorNameDisabledButton:      rgb(0x21272d),
	theme.ColorNameDisabled:            rgb(0x66717c),
	theme.ColorNamePlaceHolder:         rgb(0x8a96a2),
	theme.ColorNameHover:               rgba(0xffffff, 0x14),
	theme.ColorNamePressed:             rgba(0xffffff, 0x2a),
	theme.ColorNameFocus:               rgba(0x6cb0ea, 0x4d),
	theme.ColorNameSelection:           rgba(0x6cb0ea, 0x40),
	theme.ColorNameInputBackground:     rgb(0x262d34),
	theme.ColorNameInputBorder:         rgb(0x55616c),
	theme.ColorNameSeparator:           rgb(0x2c343b),
	theme.ColorNameHeaderBackground:    rgb(0x1d2228),
	theme.ColorNameMenuBackground:      rgb(0x21272e),
	theme.ColorNameOverlayBackground:   rgb(0x1d2228),
	theme.ColorNameScrollBar:           rgba(0xffffff, 0x66),
	theme.ColorNameScrollBarBackground: rgba(0xffffff, 0x0d),
	theme.ColorNameShadow:              rgba(0x000000, 0x73),
	theme.ColorNameHyperlink:           rgb(0x6cb0ea),
	theme.ColorNameError:               rgb(0xff8a80),
	theme.ColorNameWarning:             rgb(0xf2b457),
	theme.ColorNameSuccess:             rgb(0x7ccf8d),
	ColorMuted:                         rgb(0x9aa6b2),
	ColorChrome:                        rgb(0x101317),
	ColorCard:                          rgb(0x1d2228),
	ColorStripe:                        rgb(0x1a1f24),
	ColorMarked:                        rgb(0x22364a),
	ColorChosen:                        rgb(0x2b4a68),
	ColorDemo:                          rgb(0x5c4413),
	ColorDemoText:                      rgb(0xffdf9e),
}

func rgb(hex uint32) color.Color { return rgba(hex, 0xff) }

func rgba(hex uint32, alpha uint8) color.Color {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}
