package plots

import "image/color"

// theme holds the inks of a page.
type theme struct {
	paper   color.NRGBA
	ink     color.NRGBA // text and axes
	muted   color.NRGBA // captions, secondary marks
	grid    color.NRGBA
	warning color.NRGBA // the demo notice
	accent  color.NRGBA // a single series
	second  color.NRGBA // a series beside it
	ring    color.NRGBA // rings around selected points
}

func themeOf(dark bool) theme {
	if dark {
		return theme{
			paper:   opaque(0x1E, 0x1F, 0x22),
			ink:     opaque(0xE8, 0xE8, 0xE8),
			muted:   opaque(0xA8, 0xA8, 0xA8),
			grid:    opaque(0x3A, 0x3C, 0x40),
			warning: opaque(0xFF, 0x8A, 0x50),
			accent:  opaque(0x56, 0xB4, 0xE9),
			second:  opaque(0xE6, 0x9F, 0x00),
			ring:    opaque(0xFF, 0xFF, 0xFF),
		}
	}
	return theme{
		paper:   opaque(0xFF, 0xFF, 0xFF),
		ink:     opaque(0x1A, 0x1A, 0x1A),
		muted:   opaque(0x60, 0x60, 0x60),
		grid:    opaque(0xE2, 0xE2, 0xE2),
		warning: opaque(0xB5, 0x43, 0x0A),
		accent:  opaque(0x00, 0x72, 0xB2),
		second:  opaque(0xD5, 0x5E, 0x00),
		ring:    opaque(0x00, 0x00, 0x00),
	}
}

func opaque(r, g, b uint8) color.NRGBA { return color.NRGBA{r, g, b, 0xFF} }

// faded returns the colour at an opacity of 0 to 1.
func faded(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(opacity*255 + 0.5)
	return c
}

// inkOf turns an opaque colour of a palette into an ink.
func inkOf(c color.RGBA) color.NRGBA { return color.NRGBA{c.R, c.G, c.B, 0xFF} }
