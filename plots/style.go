package plots

import "fmt"

// Style is the page a chart is drawn on.
type Style struct {
	WidthMM   float64
	HeightMM  float64 // 0: as the chart's Aspect asks
	FontPt    float64 // of axis labels; ticks and captions are a little smaller
	DPI       int     // of a PNG, and of heatmaps inside SVG and PDF
	Dark      bool    // light ink on a dark page, for a screen
	HideTitle bool    // for figures whose title stands in the paper's caption
}

// Preset is a Style with a name for a menu.
type Preset struct {
	ID    string // for a command line: "screen", "column", "page", "slide"
	Name  string
	Style Style
}

// Presets lists the styles a user chooses from.
func Presets() []Preset {
	return []Preset{
		{"screen", "Screen", Screen()},
		{"column", "Paper column (85 mm)", PaperColumn()},
		{"page", "Paper page (170 mm)", PaperPage()},
		{"slide", "Slide (16:9)", Slide()},
	}
}

// PresetByID returns the style of a preset, or an error that lists the presets.
func PresetByID(id string) (Style, error) {
	for _, p := range Presets() {
		if p.ID == id {
			return p.Style, nil
		}
	}
	return Style{}, fmt.Errorf("no chart style %q: choose screen, column, page or slide", id)
}

// Screen is a window of about 900 pixels at 96 dpi.
func Screen() Style { return Style{WidthMM: 238, FontPt: 9, DPI: 96} }

// PaperColumn is one column of a journal: 85 mm wide, 8 pt.
func PaperColumn() Style { return Style{WidthMM: 85, FontPt: 8, DPI: 600} }

// PaperPage is the full width of a journal's page: 170 mm, 8 pt.
func PaperPage() Style { return Style{WidthMM: 170, FontPt: 8, DPI: 600} }

// Slide fills a 16:9 slide of 13.33 by 7.5 inches with 18 pt text.
func Slide() Style { return Style{WidthMM: 338.67, HeightMM: 190.5, FontPt: 18, DPI: 150} }

// Limits of a page. They keep a mistyped number from asking for gigabytes.
const (
	minFontPt, maxFontPt = 4, 72
	minPageMM, maxPageMM = 20, 2000
	minDPI, maxDPI       = 36, 2400
	maxPixels            = 200e6
)

// sized returns the style with its height filled in, or an error that names the
// value no chart can be drawn with.
func (s Style) sized(c Chart) (Style, error) {
	switch {
	case !(s.FontPt >= minFontPt && s.FontPt <= maxFontPt):
		return s, fmt.Errorf("font size %g pt: want %d to %d", s.FontPt, minFontPt, maxFontPt)
	case !(s.WidthMM >= minPageMM && s.WidthMM <= maxPageMM):
		return s, fmt.Errorf("chart width %g mm: want %d to %d", s.WidthMM, minPageMM, maxPageMM)
	case s.DPI < minDPI || s.DPI > maxDPI:
		return s, fmt.Errorf("resolution %d dpi: want %d to %d", s.DPI, minDPI, maxDPI)
	}
	if s.HeightMM == 0 {
		s.HeightMM = min(max(s.WidthMM*c.Aspect(s), minPageMM), maxPageMM)
	}
	if !(s.HeightMM >= minPageMM && s.HeightMM <= maxPageMM) {
		return s, fmt.Errorf("chart height %g mm: want %d to %d", s.HeightMM, minPageMM, maxPageMM)
	}
	dots := float64(s.DPI) / mmPerInch
	if pixels := s.WidthMM * dots * s.HeightMM * dots; pixels > maxPixels {
		return s, fmt.Errorf("a chart of %.0f by %.0f mm at %d dpi has %.0f million pixels: want at most %.0f; choose a lower resolution",
			s.WidthMM, s.HeightMM, s.DPI, pixels/1e6, maxPixels/1e6)
	}
	return s, nil
}

const (
	mmPerInch = 25.4
	ptPerInch = 72
	ptPerMM   = ptPerInch / mmPerInch
)
