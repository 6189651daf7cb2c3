package plots

import (
	"fmt"
	"image"
	"io"
	"math"
	"path/filepath"
	"strings"
)

// screenDPI is the resolution at which a window's unscaled pixel is an ink dot.
const screenDPI = 96

// Image draws a chart of w by h pixels for a window. Scale is the number of
// pixels a unit of the window has: text and lines grow with it. It takes tens of
// milliseconds: draw off the UI goroutine, and keep the result.
func Image(c Chart, w, h int, scale float64, dark bool) *image.RGBA {
	if !(scale > 0) {
		scale = 1
	}
	w, h = max(w, 1), max(h, 1)
	dpi := screenDPI * scale
	s := newImageSurface(w, h, dpi)
	style := Screen()
	style.Dark = dark
	drawPage(s, c, style, float64(w)*ptPerInch/dpi, float64(h)*ptPerInch/dpi)
	return s.image()
}

// PNG draws a chart as a PNG of the style's resolution, which is written into
// the file.
func PNG(w io.Writer, c Chart, style Style) error {
	style, err := style.sized(c)
	if err != nil {
		return err
	}
	dots := float64(style.DPI) / mmPerInch
	wide, high := max(1, round(style.WidthMM*dots)), max(1, round(style.HeightMM*dots))
	s := newImageSurface(wide, high, float64(style.DPI))
	drawPage(s, c, style, float64(wide)*s.pixel(), float64(high)*s.pixel())
	return encodePNG(w, s.image(), float64(style.DPI), clean(c.Title()), description(c))
}

// SVG draws a chart as SVG: vector axes and text, heatmaps as embedded PNGs of
// the style's resolution.
func SVG(w io.Writer, c Chart, style Style) error {
	style, err := style.sized(c)
	if err != nil {
		return err
	}
	s := &svgSurface{w: style.WidthMM * ptPerMM, h: style.HeightMM * ptPerMM, dpi: float64(style.DPI)}
	drawPage(s, c, style, s.w, s.h)
	return s.writeTo(w, clean(c.Title()), description(c))
}

// PDF draws a chart as a page of PDF: vector axes, text as outlines, heatmaps as
// images of the style's resolution. The file holds no time stamp.
func PDF(w io.Writer, c Chart, style Style) error {
	style, err := style.sized(c)
	if err != nil {
		return err
	}
	s := &pdfSurface{w: style.WidthMM * ptPerMM, h: style.HeightMM * ptPerMM, dpi: float64(style.DPI)}
	drawPage(s, c, style, s.w, s.h)
	return s.writeTo(w, clean(c.Title()), description(c))
}

// Encode draws a chart in the format that a file's name ends in: .png, .svg or
// .pdf.
func Encode(w io.Writer, name string, c Chart, style Style) error {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".png":
		return PNG(w, c, style)
	case ".svg":
		return SVG(w, c, style)
	case ".pdf":
		return PDF(w, c, style)
	default:
		return fmt.Errorf("no chart format for %q: the name must end in .png, .svg or .pdf", name)
	}
}

// description is what a file says of itself beside its title.
func description(c Chart) string {
	l := c.labels()
	parts := []string{clean(l.Caption)}
	if l.Demo {
		parts = append(parts, DemoNotice)
	}
	return strings.Trim(strings.Join(parts, "; "), "; ")
}

// finite reports whether v is neither NaN nor infinite.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
