package plots

import (
	"image"
	"image/color"
	"math"
)

// DayWindow is a time of day that is marked on every day of an actogram and on its
// average day, such as L5, the five least active hours.
type DayWindow struct {
	Name  string  // short, beside the window: "L5"
	Words string  // for a legend: what it is, by which definition
	From  float64 // h since midnight, from 0 to before 24
	Hours float64 // its length
}

// Holds reports whether a time of day is in the window, which may reach over
// midnight.
func (d DayWindow) Holds(hour float64) bool {
	since := math.Mod(hour-d.From+24, 24)
	return since < d.Hours
}

// parts returns where the window lies between midnight and midnight: in one piece or
// two.
func (d DayWindow) parts() [][2]float64 {
	to := d.From + d.Hours
	if to <= 24 {
		return [][2]float64{{d.From, to}}
	}
	return [][2]float64{{d.From, 24}, {0, to - 24}}
}

// DayFit is a curve over the average day, such as a cosinor: values at evenly spaced
// times from midnight to midnight, in the unit of the activity.
type DayFit struct {
	Name   string
	Values []float64
}

// DayOff is a day of an actogram that does not count: one with too little wear.
type DayOff struct {
	Row int
	Why string // for a read-out: "worn 3 h, a valid day is worn 10 h"
}

// DayLabel names a day; a cross stands before the name of one that does not count.
func (a Actogram) DayLabel(row int) string {
	if _, off := a.OffAt(row); off {
		return "× " + a.Activity.Labels[row]
	}
	return a.Activity.Labels[row]
}

// OffAt returns why a day does not count, and whether that is so.
func (a Actogram) OffAt(row int) (why string, off bool) {
	for _, d := range a.Off {
		if d.Row == row {
			return d.Why, true
		}
	}
	return "", false
}

// Average is the activity whose average day is shown: what counts of it, where that
// is known.
func (a Actogram) Average() DayMatrix {
	if a.Counted.Rows() > 0 {
		return a.Counted
	}
	return a.Activity
}

// AverageLight is the light whose average day is shown.
func (a Actogram) AverageLight() DayMatrix {
	if a.CountedLight.Rows() > 0 {
		return a.CountedLight
	}
	return a.Light
}

// WindowColor is the colour of the i-th window.
func WindowColor(i int) color.RGBA { return okabeIto[[...]int{5, 1, 2}[i%3]] }

// windowRuns finds the columns of pixels where windows begin and end, in their
// colours.
func windowRuns(windows []DayWindow, w, days, dot int) []windowLine {
	var lines []windowLine
	for i, d := range windows {
		for day := range days {
			for _, hour := range []float64{d.From, math.Mod(d.From+d.Hours, 24)} {
				x := int((24*float64(day) + hour) / float64(24*days) * float64(w))
				lines = append(lines, windowLine{max(0, x-dot), WindowColor(i)})
			}
		}
	}
	return lines
}

// windowLine is the edge of a window: from is its first pixel.
type windowLine struct {
	from int
	ink  color.RGBA
}

// paintEdges draws the edges of windows into a line of pixels: dashes with a margin
// of the page, so that they stand out from any colour map.
func paintEdges(row []byte, y int, edges []windowLine, dot int, paper color.RGBA) {
	if y/(4*dot)%2 == 1 {
		return
	}
	for _, e := range edges {
		paintRuns(row, [][2]int{{max(0, e.from-dot), e.from}, {e.from + 2*dot, e.from + 3*dot}}, func(int) color.RGBA { return paper })
		paintRuns(row, [][2]int{{e.from, e.from + 2*dot}}, func(int) color.RGBA { return e.ink })
	}
}

// offRuns returns the pixels of a line that show what was recorded on days that do
// not count.
func offRuns(off []DayOff, m DayMatrix, row, w, days int) [][2]int {
	var runs [][2]int
	cells := days * m.Columns
	for _, d := range off {
		if d.Row < row || d.Row >= row+days {
			continue
		}
		from, to := max(d.Row*m.Columns, m.From)-row*m.Columns, min((d.Row+1)*m.Columns, m.To)-row*m.Columns
		runs = append(runs, [2]int{from * w / cells, to * w / cells})
	}
	return runs
}

// offShare is how much of the page shows through a day that does not count.
const offShare = 0.72

// fade mixes the pixels of runs with the page.
func fade(row []byte, runs [][2]int, paper color.RGBA) {
	mix := func(c, p byte) byte { return byte((1-offShare)*float64(c) + offShare*float64(p) + 0.5) }
	for _, run := range runs {
		for x := run[0]; x < min(run[1], len(row)/4); x++ {
			p := row[4*x : 4*x+3 : 4*x+3]
			p[0], p[1], p[2] = mix(p[0], paper.R), mix(p[1], paper.G), mix(p[2], paper.B)
		}
	}
}

// OffSwatch fills an image as a day that does not count.
func OffSwatch(w, h, dot int, colors *ColorMap, dark bool) *image.RGBA {
	m := DayMatrix{Labels: []string{""}, Columns: 4, Values: []float64{3, 9, 1, 6}, To: 4}
	var raster HeatmapRaster
	return raster.Draw(m, w, h, HeatmapView{Colors: colors, Scale: Scale{Max: 10}, Dark: dark, Dot: dot, Off: []DayOff{{}}})
}

// spanWords writes a window's times.
func (d DayWindow) spanWords() string {
	return TimeOfDay(d.From) + " to " + TimeOfDay(d.From+d.Hours)
}

// Legend says what the window is and when.
func (d DayWindow) Legend() string { return d.Words + ", " + d.spanWords() }
