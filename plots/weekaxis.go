package plots

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// weekAxis runs over that many minutes, in days, and marks every midnight by its
// weekday or date.
func weekAxis(start actigraphy.LocalTime, minutes int) axis {
	days := float64(minutes) / day.Minutes()
	x := axis{max: days, label: "Day (ticks at midnight)"}
	if start.IsZero() {
		x.label = "Days since the first minute"
	}
	first := 0.0
	if since := start.SinceMidnight(); since > 0 && !start.IsZero() {
		first = 1 - float64(since)/float64(day)
	}
	every := max(1, int(math.Ceil(days/8)))
	for i := 0; float64(i)+first <= days+1e-9; i++ {
		at := float64(i) + first
		t := tick{at: at}
		if i%every == 0 {
			t.label = midnightLabel(start, at, i)
		}
		x.ticks = append(x.ticks, t)
	}
	return x
}

func midnightLabel(start actigraphy.LocalTime, at float64, i int) string {
	if start.IsZero() {
		return fmt.Sprint(i)
	}
	t := start.Clock().Add(time.Duration(math.Round(at*day.Minutes())) * time.Minute)
	if start.HasDate() {
		return t.Format("Mon 2 Jan")
	}
	return t.Format("Mon")
}

// hoursOfRows says what the hours count where each row is a day from start on.
func hoursOfRows(start actigraphy.LocalTime) string {
	switch since := start.SinceMidnight(); {
	case start.IsZero():
		return "Hours since the first minute"
	case since > 0:
		return fmt.Sprintf("Hours after %02d:%02d", int(since.Hours()), int(since.Minutes())%60)
	}
	return "Clock time (h)"
}

// fitted drops labels of a horizontal axis so that those left have room in a
// width: every second one, or every third, and so on.
func (p *page) fitted(a axis, width float64) axis {
	widest, labels := 0.0, 0
	for _, t := range a.ticks {
		if t.label != "" {
			widest = max(widest, textWidth(clean(t.label), tickSize*p.em, false))
			labels++
		}
	}
	every := 1
	for every < labels && widest+0.7*p.em > width*float64(every)/float64(max(labels-1, 1)) {
		every++
	}
	ticks := make([]tick, len(a.ticks))
	n := 0
	for i, t := range a.ticks {
		ticks[i] = t
		if t.label == "" {
			continue
		}
		if n%every != 0 {
			ticks[i].label = ""
		}
		n++
	}
	a.ticks = ticks
	return a
}
