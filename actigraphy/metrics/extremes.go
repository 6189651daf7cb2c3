package metrics

import (
	"errors"
	"fmt"
	"time"
)

type direction int

const (
	lowest direction = iota
	highest
)

// extremeLevel is the mean activity of the least or most active window of the
// average day: L5 with a window of 5 h.
func extremeLevel(d Definition, hours float64, dir direction) Metric {
	m := extremeMeasure(d, hours, dir)
	m.Unit = levelUnit(byDefault(d))
	m.compute = func(x *analysis, s settings) (float64, error) {
		w, err := extreme(x, d, length(hours), s.levels(), dir)
		return w.mean, err
	}
	return m
}

// extremeOnset is the time of day at which the least or most active window
// begins.
func extremeOnset(d Definition, hours float64, dir direction) Metric {
	m := extremeMeasure(d, hours, dir)
	m.ID += "_onset"
	m.Name = "onset of the " + m.Name
	m.Unit = unitClock
	m.Formula += "; its first epoch, " + amongEquals[d]
	m.Needs += "; the time of day"
	if d == Paper {
		m.Needs += "; windows that are not all equal"
	}
	m.compute = func(x *analysis, s settings) (float64, error) {
		if x.r.Start.IsZero() {
			return 0, errNoClock
		}
		return onsetOf(extreme(x, d, length(hours), s.levels(), dir))
	}
	m.note = func(x *analysis, s settings) string {
		w, _ := extreme(x, d, length(hours), s.levels(), dir)
		return w.tie.words(d, hours)
	}
	return m
}

// amongEquals says which of equally active windows an onset is of: published
// formulas leave it open.
var amongEquals = map[Definition]string{
	Paper: "among equal windows that in the middle of the longest run of them round the clock, the earlier of two and the first of the day among runs as long " +
		"(the formula leaves it open, and zeros all night make windows equal); none where all are equal",
	PyActigraphy: "the first of the day among equals",
}

// onsetOf returns when a window begins, in hours since midnight.
func onsetOf(w window, err error) (float64, error) {
	if err == nil && w.tie.all {
		err = errors.New("every window of the day is equally active, so there is no onset")
	}
	return w.onset.Hours(), err
}

// unitClock is the unit of a time of day.
const unitClock = "h since midnight"

var errNoClock = errors.New("the recording's time of day is not known")

// relativeAmplitude is (M10 - L5) / (M10 + L5).
func relativeAmplitude(d Definition) Metric {
	m := extremeMeasure(d, 5, lowest)
	m.ID, m.Name = "RA", "relative amplitude"
	m.Formula = "(M10−L5) / (M10+L5)"
	m.compute = func(x *analysis, s settings) (float64, error) { return amplitude(x, d, s.levels()) }
	return m
}

// restActivityRatio is L5 over M10: what RA says in another form.
func restActivityRatio() Metric {
	return Metric{
		ID: "L5_M10", Name: "rest-activity ratio", Group: GroupRhythm, Definition: Paper,
		Formula:    "L5/M10; with RA = (M10−L5)/(M10+L5) it is (1−RA)/(1+RA)",
		Parameters: []Parameter{threshold(byDefault(Paper))},
		Reference:  vanSomeren,
		Needs:      "each epoch of the day recorded on at least one day, and activity",
		Missing:    "missing epochs are left out of the average day",
		compute: func(x *analysis, s settings) (float64, error) {
			l5, m10, err := leastAndMost(x, Paper, s.levels())
			if err == nil && m10 == 0 {
				err = errNoActivity
			}
			return l5 / m10, err
		},
	}
}

func amplitude(x *analysis, d Definition, l levels) (float64, error) {
	l5, m10, err := leastAndMost(x, d, l)
	if err == nil && l5+m10 == 0 {
		err = errNoActivity
	}
	return (m10 - l5) / (m10 + l5), err
}

var errNoActivity = errors.New("there is no activity at all")

// leastAndMost returns L5 and M10.
func leastAndMost(x *analysis, d Definition, l levels) (l5, m10 float64, err error) {
	least, err := extreme(x, d, 5*time.Hour, l, lowest)
	if err != nil {
		return 0, 0, err
	}
	most, err := extreme(x, d, 10*time.Hour, l, highest)
	return least.mean, most.mean, err
}

func extremeMeasure(d Definition, hours float64, dir direction) Metric {
	letter, word, extremity := "L", "least", "lowest"
	if dir == highest {
		letter, word, extremity = "M", "most", "highest"
	}
	m := Metric{
		ID: fmt.Sprintf("%s%v", letter, hours), Name: fmt.Sprintf("%s active %v h", word, hours),
		Group: GroupRhythm, Definition: d,
		Formula:    fmt.Sprintf("%s mean of a window of %v h that is moved around the average day epoch by epoch", extremity, hours),
		Parameters: []Parameter{threshold(byDefault(d))},
		Reference:  citing(d, vanSomeren),
		Needs:      "each epoch of the day recorded on at least one day",
		Missing:    "missing epochs are left out of the average day",
	}
	if d == PyActigraphy {
		m.Needs = "24 h"
		m.Missing += "; epochs of the day that were never recorded count as 0"
	}
	return m
}

func length(hours float64) time.Duration { return time.Duration(hours * float64(time.Hour)) }
