package plots

import "image/color"

// Patterns of what was computed of a recording. Like what a diary tells they are
// bars along the foot of a day, each kind in a lane of its own, so that the
// activity above them is seen.
const (
	ScoredAsleep = DiaryActive - 1 - iota
	ScoredAwake
	NotScored
	RestPeriod
)

// The lanes at the foot of a day, from the foot up. Those with nothing in them
// take no room.
const (
	diaryLane = iota
	restLane
	scoringLane
	laneCount
)

// laneInk is the colour and the lane of a pattern at the foot of a day, and false
// for patterns that cover the whole of it.
func laneInk(pattern int) (ink color.RGBA, lane int, ok bool) {
	switch pattern {
	case ScoredAsleep:
		return okabeIto[0], scoringLane, true
	case ScoredAwake:
		return okabeIto[1], scoringLane, true
	case NotScored:
		return NoValueColor, scoringLane, true
	case RestPeriod:
		return okabeIto[4], restLane, true
	}
	ink, ok = diaryInk(pattern)
	return ink, diaryLane, ok
}

// lanes are those that paints lie in.
type lanes struct {
	slot [laneCount]int // of each lane, counted from the foot
	n    int
}

func lanesOf(paints []MaskPaint) lanes {
	var used [laneCount]bool
	for _, p := range paints {
		if _, lane, ok := laneInk(p.Pattern); ok {
			used[lane] = true
		}
	}
	var l lanes
	for lane, any := range used {
		l.slot[lane] = l.n
		if any {
			l.n++
		}
	}
	return l
}

// height is that of a lane in a day of h pixels: a fifth, and less where several
// lanes would leave activity less than half.
func (l lanes) height(h, dot int) int {
	if l.n < 2 {
		return max(h/5, min(2*dot, h))
	}
	return max(min(h/5, h/(2*l.n)), min(2*dot, h/(l.n+1)))
}

// at returns the slot of a line that is so many pixels above the foot of a day of
// h pixels; above the lanes it is that of none.
func (l lanes) at(above, h, dot int) int {
	if high := l.height(h, dot); high > 0 {
		return above / high
	}
	return l.n
}

// Paint returns which cells of a matrix of n values have an epoch that is covered,
// and whether there is one.
func (e EpochCells) Paint(name string, pattern, n int, covered func(epoch int) bool) (MaskPaint, bool) {
	p, found := MaskPaint{Name: name, Pattern: pattern, Cells: make([]bool, n)}, false
	for i, cell := range e {
		if cell < n && covered(i) {
			p.Cells[cell], found = true, true
		}
	}
	return p, found
}
