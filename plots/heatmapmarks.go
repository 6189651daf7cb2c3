package plots

import "image/color"

// minMarkedRow is the height from which a day's row has room for marks, in dots.
const minMarkedRow = 6

// markColor is that of the lines around cells that the clock showed twice: in
// neither half of the colour maps.
var markColor = color.RGBA{0xD5, 0x5E, 0x00, 0xFF}

// markLine finds the pixels of a line that stand for marked cells of a day and, in
// a double plot, the day after.
func (hr *HeatmapRaster) markLine(m DayMatrix, row, days int, room bool) {
	hr.skipped, hr.twice = hr.skipped[:0], hr.twice[:0]
	if !room {
		return
	}
	w, cells := len(hr.line)/4, days*m.Columns
	for _, mark := range m.Marks {
		from, to := max(mark.From-row*m.Columns, 0), min(mark.To-row*m.Columns, cells)
		if from >= to {
			continue
		}
		run := [2]int{from * w / cells, max((to*w+cells-1)/cells, from*w/cells+1)}
		if mark.Kind == Twice {
			hr.twice = append(hr.twice, run)
		} else {
			hr.skipped = append(hr.skipped, run)
		}
	}
}

// paintRuns gives the pixels of runs their colours.
func paintRuns(row []byte, runs [][2]int, at func(x int) color.RGBA) {
	for _, run := range runs {
		for x := run[0]; x < min(run[1], len(row)/4); x++ {
			c := at(x)
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, c.A
		}
	}
}

// skippedPattern returns the pixel of the pattern for time that there was not: the
// page, with lines of ink that lean the other way than those of missing data. No
// mask has that ground.
func skippedPattern(x, y, dot int, dark bool) color.RGBA {
	if mod(x-y, hatchPeriod*dot) < dot {
		return rgba(themeOf(dark).muted)
	}
	return rgba(themeOf(dark).paper)
}
