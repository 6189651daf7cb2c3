package plots

import (
	"image"
	"image/color"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
)

// MaskPaint is one mask over a DayMatrix: which cells it covers, its name for the
// legend, and which pattern it is drawn with.
type MaskPaint struct {
	Name    string
	Pattern int    // of MaskPattern; MaskWorn for what was declared worn
	Cells   []bool // one a value of the matrix
	Notes   []CellNote
}

// CellNote is what a read-out says of the cells from one to before another.
type CellNote struct {
	From, To int
	Words    string
}

// At returns what a read-out says of a cell, and whether it is covered.
func (p MaskPaint) At(cell int) (words string, covered bool) {
	if cell < 0 || cell >= len(p.Cells) || !p.Cells[cell] {
		return "", false
	}
	for _, n := range p.Notes {
		if n.From <= cell && cell < n.To {
			return p.Name + ": " + n.Words, true
		}
	}
	return p.Name, true
}

// MaskWorn is the pattern of what a person declared worn.
const MaskWorn = -1

// The colours of masks, told apart by people with any colour vision and on every
// colour map; their patterns differ too.
var maskColors = [...]color.RGBA{
	{0xD5, 0x5E, 0x00, 0xFF}, // vermillion
	{0xCC, 0x79, 0xA7, 0xFF}, // reddish purple
	{0x56, 0xB4, 0xE9, 0xFF}, // sky blue
	{0xE6, 0x9F, 0x00, 0xFF}, // orange
}

// maskWornColor is bluish green.
var maskWornColor = color.RGBA{0x00, 0x9E, 0x73, 0xFF}

// maskPeriod is the distance of a pattern's lines, in dots.
const maskPeriod = 6

// maskInk returns the colour of a pixel of a mask's pattern, and false between its
// lines, where what lies below shows.
func maskInk(pattern, x, y, dot int) (color.RGBA, bool) {
	x, y = x/dot, y/dot
	if pattern < 0 {
		return maskWornColor, x%4 < 2 && y%4 < 2 // dots
	}
	on := false
	switch pattern % len(maskColors) {
	case 0: // falling lines; what was not recorded has rising ones
		on = mod(x-y, maskPeriod) < 2
	case 1: // upright lines
		on = x%maskPeriod < 2
	case 2: // level lines
		on = y%4 < 1
	case 3: // a lattice
		on = mod(x-y, 8) < 1 || mod(x+y, 8) < 1
	}
	return maskColors[pattern%len(maskColors)], on
}

func mod(a, n int) int { return ((a % n) + n) % n }

// MaskSwatch fills an image with a mask's pattern over the paper of a plot.
func MaskSwatch(pattern, w, h, dot int, dark bool) *image.RGBA {
	paper := rgba(themeOf(dark).paper)
	return gradient(w, h, func(x, y int) color.RGBA {
		if c, _, ok := laneInk(pattern); ok {
			if y >= h-h/3 {
				return c
			}
			return paper
		}
		if c, on := maskInk(pattern, x, y, max(1, dot)); on {
			return c
		}
		return paper
	})
}

// EpochCells maps the epochs of a recording to the cells of its DayMatrix, as Days
// lays them out.
type EpochCells []int

// NewEpochCells returns the cell of each epoch.
func NewEpochCells(r *actigraphy.Recording) EpochCells {
	if r.Epoch <= 0 || r.Epoch > day {
		return nil
	}
	cell, c := cellOf(r.Epoch), calendarOf(r, r.ClockChanges())
	cells := make(EpochCells, len(r.Activity))
	for i := range cells {
		cells[i] = int(c.since(r.Start.Clock().Add(time.Duration(i)*r.Epoch)) / cell)
	}
	return cells
}

// Cells returns which cells of a matrix of n values the intervals cover that say
// worn, or not worn.
func (e EpochCells) Cells(n int, list []wear.Interval, worn bool) []bool {
	covered := make([]bool, n)
	for _, i := range list {
		if i.Worn != worn {
			continue
		}
		for k := i.From; k < min(i.To, len(e)); k++ {
			if e[k] < n {
				covered[e[k]] = true
			}
		}
	}
	return covered
}

// Epochs returns the epochs that lie in the cells from one to before another. They
// are more than one stretch where the clock went back on the way.
func (e EpochCells) Epochs(from, to int) []wear.Interval {
	var list []wear.Interval
	for i, cell := range e {
		if cell < from || cell >= to {
			continue
		}
		if n := len(list); n > 0 && list[n-1].To == i {
			list[n-1].To++
			continue
		}
		list = append(list, wear.Interval{From: i, To: i + 1})
	}
	return list
}

// MaskPaints returns how layers lie over the matrix of a recording: those that are
// on, each with a pattern of its own by its place among all, and what was
// declared worn apart.
func MaskPaints(e EpochCells, cells int, layers []wear.Layer) []MaskPaint {
	var list []MaskPaint
	for i, l := range layers {
		if !l.On {
			continue
		}
		off, worn := false, false
		for _, x := range l.Intervals {
			off, worn = off || !x.Worn, worn || x.Worn
		}
		if off {
			list = append(list, MaskPaint{Name: l.Title(), Pattern: i, Cells: e.Cells(cells, l.Intervals, false)})
		}
		if worn {
			list = append(list, MaskPaint{Name: l.Title() + ": worn", Pattern: MaskWorn, Cells: e.Cells(cells, l.Intervals, true)})
		}
	}
	return list
}

// maskRun is a run of pixels of one line that a mask covers.
type maskRun struct{ pattern, from, to int }

// maskRuns finds the runs of a line of w pixels over the days from first to before
// last.
func maskRuns(runs []maskRun, masks []MaskPaint, m DayMatrix, first, last, w, days int) []maskRun {
	cells := days * m.Columns
	for _, mask := range masks {
		for x := range w {
			c0 := x * cells / w
			c1 := max(c0+1, (x+1)*cells/w)
			if !mask.covers(m, first, last, c0, c1) {
				continue
			}
			if n := len(runs); n > 0 && runs[n-1].to == x && runs[n-1].pattern == mask.Pattern {
				runs[n-1].to++
				continue
			}
			runs = append(runs, maskRun{mask.Pattern, x, x + 1})
		}
	}
	return runs
}

// covers reports whether the mask covers a cell from c0 to before c1 of some days.
func (p MaskPaint) covers(m DayMatrix, first, last, c0, c1 int) bool {
	for row := first; row < last; row++ {
		for k := row*m.Columns + c0; k < min(row*m.Columns+c1, len(p.Cells)); k++ {
			if p.Cells[k] {
				return true
			}
		}
	}
	return false
}
