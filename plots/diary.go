package plots

import (
	"image/color"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
)

// Patterns of what a diary tells. They are bars along the foot of a day, so that
// the activity above them is seen.
const (
	DiaryNight = MaskWorn - 1 - iota
	DiaryNap
	DiaryNotWorn
	DiaryActive
)

// diaryPaints are the kinds of entries that are drawn, their names and patterns.
var diaryPaints = []struct {
	kind    diary.Kind
	name    string
	pattern int
}{
	{diary.Night, "In bed (diary)", DiaryNight},
	{diary.Nap, "Nap (diary)", DiaryNap},
	{diary.NotWorn, "Not worn (diary)", DiaryNotWorn},
	{diary.Active, "Active (diary)", DiaryActive},
}

// diaryInk is the colour of a bar at the foot of a day, and false for patterns that
// cover the whole of it.
func diaryInk(pattern int) (color.RGBA, bool) {
	switch pattern {
	case DiaryNight:
		return maskColors[2], true
	case DiaryNap:
		return maskColors[3], true
	case DiaryNotWorn:
		return maskColors[0], true
	case DiaryActive:
		return maskWornColor, true
	}
	return color.RGBA{}, false
}

// DiaryPaints returns how the entries of a diary lie over the matrix of a recording
// that starts at start: a paint for each kind there is. Without a date there is
// nothing to lay them by.
func DiaryPaints(start actigraphy.LocalTime, m DayMatrix, entries []diary.Entry) []MaskPaint {
	if !start.HasDate() || m.Columns == 0 {
		return nil
	}
	clock := start.Clock()
	midnight := time.Date(clock.Year(), clock.Month(), clock.Day(), 0, 0, 0, 0, time.UTC)
	cell := day / time.Duration(m.Columns)
	at := func(t actigraphy.LocalTime) int {
		d := t.Clock().Sub(midnight)
		k := int(d / cell)
		if d < 0 {
			k--
		}
		return min(max(k, m.From), m.To)
	}
	var list []MaskPaint
	for _, p := range diaryPaints {
		cells, any := make([]bool, len(m.Values)), false
		for _, e := range entries {
			if e.Kind != p.kind {
				continue
			}
			for k := at(e.From); k < at(e.To); k++ {
				cells[k], any = true, true
			}
		}
		if any {
			list = append(list, MaskPaint{Name: p.name, Pattern: p.pattern, Cells: cells})
		}
	}
	return list
}
