package plots

import (
	"image"
	"image/color"
	"math"
)

// HeatmapView says which part of a DayMatrix is shown, and how.
type HeatmapView struct {
	First  int // the first day shown
	Rows   int // how many days; 0 for all from First on
	Days   int // days side by side: 1, or 2 for a double plot
	Colors *ColorMap
	Scale  Scale
	Dark   bool
	Dot    int // pixels in a line or a gap, for dense screens and print; 0 is 1
	Masks  []MaskPaint

	Windows []DayWindow // times of day whose edges are marked
	Off     []DayOff    // days that are paler, with a line through them
}

// HeatmapRaster fills one image again and again with parts of a DayMatrix, as
// the generator of a window's raster does. It is not for two goroutines at once.
type HeatmapRaster struct {
	img     *image.RGBA
	line    []byte   // one line of pixels
	missing [][2]int // the runs of its pixels that stand for missing cells
	masked  []maskRun
	skipped [][2]int // those that stand for cells that the clock skipped
	twice   [][2]int // those that stand for cells that the clock showed twice
	off     [][2]int // those of days that do not count
}

// Colours of cells without a value.
var (
	missingLight = [2]color.RGBA{{0xEC, 0xEC, 0xEC, 0xFF}, {0x9A, 0x9A, 0x9A, 0xFF}}
	missingDark  = [2]color.RGBA{{0x34, 0x36, 0x3A, 0xFF}, {0x78, 0x7A, 0x80, 0xFF}}
)

// hatchPeriod is the distance of the hatch's lines, in dots.
const hatchPeriod = 5

// Draw returns w by h pixels of the view. The image is reused by the next Draw.
// A pixel that covers several cells shows the mean of those that were recorded;
// hatching shows cells that were not; cells outside the recording have the colour
// of the page. Where days are at least a few pixels high, cells that the clock
// skipped have a pattern of their own, and those that it showed twice a line above
// and below.
func (hr *HeatmapRaster) Draw(m DayMatrix, w, h int, v HeatmapView) *image.RGBA {
	hr.resize(w, h)
	v = v.filled(m)
	paper := rgba(themeOf(v.Dark).paper)
	if v.Rows == 0 || m.Columns == 0 {
		fillRow(hr.img.Pix, paper)
		return hr.img
	}
	colours, feet := coloursOf(v.Scale, v.Colors), lanesOf(v.Masks)
	edges := windowRuns(v.Windows, w, v.Days, v.Dot)
	gap := 0
	if h >= 8*v.Dot*v.Rows {
		gap = v.Dot
	}
	top := 0
	for y := 0; y < h; {
		row := y * v.Rows / h                           // as in CellAt
		next := max(row+1, (y+1)*v.Rows/h)              // over one on where days are thinner than a pixel
		bottom := max(y+1, ((row+1)*h+v.Rows-1)/v.Rows) // the first pixel of the day after
		hr.paintLine(m, v.First+row, v.First+next, v.Days, colours, paper)
		hr.off = offRuns(v.Off, m, v.First+row, w, v.Days)
		fade(hr.line, hr.off, paper)
		hr.masked = maskRuns(hr.masked[:0], v.Masks, m, v.First+row, v.First+next, w, v.Days)
		from := top
		if top > 0 {
			from += gap
		}
		hr.markLine(m, v.First+row, v.Days, bottom-from >= minMarkedRow*v.Dot)
		for ; y < bottom; y++ {
			if y < from {
				fillRow(hr.row(y), paper)
				continue
			}
			hr.copyLine(y, v, feet, feet.at(bottom-1-y, bottom-from, v.Dot))
			if y < from+2*v.Dot || y >= bottom-2*v.Dot {
				paintRuns(hr.row(y), hr.twice, func(int) color.RGBA { return markColor })
			}
			if middle := (from + bottom) / 2; y >= middle && y < middle+v.Dot {
				paintRuns(hr.row(y), hr.off, func(int) color.RGBA { return rgba(themeOf(v.Dark).muted) })
			}
			paintEdges(hr.row(y), y, edges, v.Dot, paper)
		}
		top = bottom
	}
	return hr.img
}

// CellAt returns the day and the cell of the day under a pixel of a view of w by
// h pixels, and whether there is one. In a double plot the right half shows the
// next day.
func (v HeatmapView) CellAt(m DayMatrix, x, y, w, h int) (row, column int, ok bool) {
	v = v.filled(m)
	if x < 0 || y < 0 || x >= w || y >= h || v.Rows == 0 || m.Columns == 0 {
		return 0, 0, false
	}
	k := (v.First+y*v.Rows/h)*m.Columns + x*v.Days*m.Columns/w
	if k < m.From || k >= m.To {
		return 0, 0, false
	}
	return k / m.Columns, k % m.Columns, true
}

// filled returns the view with its defaults, cut to the days there are.
func (v HeatmapView) filled(m DayMatrix) HeatmapView {
	v.First = min(max(v.First, 0), m.Rows())
	if v.Rows <= 0 || v.Rows > m.Rows()-v.First {
		v.Rows = m.Rows() - v.First
	}
	v.Days = max(v.Days, 1)
	v.Dot = max(v.Dot, 1)
	if v.Colors == nil {
		v.Colors = Cividis
	}
	return v
}

// resize makes the image w by h.
func (hr *HeatmapRaster) resize(w, h int) {
	hr.img = reuse(hr.img, w, h)
	if n := hr.img.Stride; cap(hr.line) < n {
		hr.line = make([]byte, n)
	} else {
		hr.line = hr.line[:n]
	}
}

func (hr *HeatmapRaster) row(y int) []byte {
	return hr.img.Pix[y*hr.img.Stride : (y+1)*hr.img.Stride]
}

// paintLine computes one line of pixels over the days from first to before last.
func (hr *HeatmapRaster) paintLine(m DayMatrix, first, last, days int, colours colours, paper color.RGBA) {
	w, cells := len(hr.line)/4, days*m.Columns
	hr.missing = hr.missing[:0]
	for x := range w {
		c0 := x * cells / w
		c1 := max(c0+1, (x+1)*cells/w)
		mean, inside := m.meanOf(first, last, c0, c1)
		c := paper
		switch {
		case mean == mean: // not NaN
			c = colours.at(mean)
		case inside:
			hr.addMissing(x)
		}
		pix := hr.line[4*x : 4*x+4 : 4*x+4]
		pix[0], pix[1], pix[2], pix[3] = c.R, c.G, c.B, c.A
	}
}

// meanOf returns the mean of what was recorded in the cells from c0 to before c1
// of some days, NaN for nothing, and whether the recording covers any of them. A
// cell beyond the end of a day is the next day's.
func (m DayMatrix) meanOf(first, last, c0, c1 int) (mean float64, inside bool) {
	sum, n := 0.0, 0
	for row := first; row < last; row++ {
		from := max(row*m.Columns+c0, m.From)
		to := min(row*m.Columns+c1, m.To)
		if from >= to {
			continue
		}
		inside = true
		for _, v := range m.Values[from:to] {
			if v == v { // not NaN
				sum += v
				n++
			}
		}
	}
	return sum / float64(n), inside
}

// colours maps values to colours as Scale and ColorMap do, with the logarithm of
// the scale's end taken once.
type colours struct {
	scale  Scale
	logMax float64
	table  *ColorMap
}

func coloursOf(s Scale, m *ColorMap) colours { return colours{s, math.Log1p(s.Max), m} }

func (c colours) at(v float64) color.RGBA {
	if c.scale.Log && v > 0 && v < c.scale.Max {
		return c.table.At(math.Log1p(v) / c.logMax)
	}
	return c.table.At(c.scale.Norm(v))
}

// addMissing notes that the pixel at x stands for missing cells.
func (hr *HeatmapRaster) addMissing(x int) {
	if n := len(hr.missing); n > 0 && hr.missing[n-1][1] == x {
		hr.missing[n-1][1]++
		return
	}
	hr.missing = append(hr.missing, [2]int{x, x + 1})
}

// copyLine writes the line at y, hatching what is missing, masks over it, and what
// the lane at that line holds at the foot of a day.
func (hr *HeatmapRaster) copyLine(y int, v HeatmapView, feet lanes, slot int) {
	row := hr.row(y)
	copy(row, hr.line)
	paintRuns(row, hr.missing, func(x int) color.RGBA { return hatch(x, y, v.Dot, v.Dark) })
	for _, run := range hr.masked {
		if c, lane, ok := laneInk(run.pattern); ok {
			if feet.slot[lane] == slot {
				paintRuns(row, [][2]int{{run.from, run.to}}, func(int) color.RGBA { return c })
			}
			continue
		}
		for x := run.from; x < run.to; x++ {
			if c, on := maskInk(run.pattern, x, y, v.Dot); on {
				row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, c.A
			}
		}
	}
	paintRuns(row, hr.skipped, func(x int) color.RGBA { return skippedPattern(x, y, v.Dot, v.Dark) })
}

// hatch returns the pixel of the pattern that stands for missing data.
func hatch(x, y, dot int, dark bool) color.RGBA {
	colors := &missingLight
	if dark {
		colors = &missingDark
	}
	if (x+y)%(hatchPeriod*dot) < dot {
		return colors[1]
	}
	return colors[0]
}

func fillRow(pix []byte, c color.RGBA) {
	for i := 0; i+3 < len(pix); i += 4 {
		pix[i], pix[i+1], pix[i+2], pix[i+3] = c.R, c.G, c.B, c.A
	}
}

func rgba(c color.NRGBA) color.RGBA { return color.RGBA(c) }
