package plots

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// ClockMarkKind says what the wall clock did with cells of a DayMatrix.
type ClockMarkKind int

// The kinds of marks.
const (
	Skipped ClockMarkKind = iota // the clock was put forward: there was no such time
	Twice                        // the clock was put back: the cells hold the mean of two passes
)

// String returns what a mark means, for a legend.
func (k ClockMarkKind) String() string {
	if k == Twice {
		return "shown twice by the clock: mean"
	}
	return "skipped by the clock"
}

// ClockMark is cells that the wall clock skipped or showed twice.
type ClockMark struct {
	Kind     ClockMarkKind
	From, To int // cells of DayMatrix.Values
}

// MarkAt returns the kind of the mark that a cell lies in, and whether it is in
// one.
func (m DayMatrix) MarkAt(cell int) (ClockMarkKind, bool) {
	for _, mark := range m.Marks {
		if mark.From <= cell && cell < mark.To {
			return mark.Kind, true
		}
	}
	return 0, false
}

// marks returns what the changes of the clock did to the cells. since is the time
// since the first midnight on the clock.
func marks(changes []actigraphy.ClockChange, since func(time.Time) time.Duration, cell time.Duration, cells int) []ClockMark {
	var list []ClockMark
	for _, c := range changes {
		at := since(c.At.Clock())
		m := ClockMark{Skipped, int((at - c.By) / cell), int(at / cell)}
		if c.By < 0 {
			m = ClockMark{Twice, int(at / cell), int((at - c.By) / cell)}
		}
		m.From, m.To = max(m.From, 0), min(m.To, cells)
		if m.From < m.To {
			list = append(list, m)
		}
	}
	return list
}

// sayHours adds to the name of each day that has not 24 hours how many it has. A
// change counts on the day that it begins on.
func sayHours(labels []string, changes []actigraphy.ClockChange, since func(time.Time) time.Duration) {
	hours := map[int]float64{}
	for _, c := range changes {
		row := int(min(since(c.At.Clock()), since(c.At.Clock())-c.By) / day)
		if row >= 0 && row < len(labels) {
			hours[row] -= c.By.Hours()
		}
	}
	for row, h := range hours {
		if h != 0 {
			labels[row] += fmt.Sprintf(", %.4g h", 24+h)
		}
	}
}

// calendar is the days that a recording reaches over on the wall clock.
type calendar struct {
	start actigraphy.LocalTime          // of the first day
	since func(time.Time) time.Duration // since the midnight before it, on the clock
	days  int
}

// calendarOf finds the days. A clock that is put back soon after the start, as by
// travel, may show days before it, and one that is put back at the end may have
// shown later ones.
func calendarOf(r *actigraphy.Recording, changes []actigraphy.ClockChange) calendar {
	since := wallClock(r.Start)
	first, last := time.Duration(0), since(r.End().Clock().Add(-1))
	for _, c := range changes {
		at := since(c.At.Clock())
		first, last = min(first, at), max(last, at-c.By-1)
	}
	before := (day - 1 - first).Truncate(day) // whole days
	return calendar{
		start: r.Start.Add(-before),
		since: func(t time.Time) time.Duration { return since(t) + before },
		days:  int((last+before)/day) + 1,
	}
}
