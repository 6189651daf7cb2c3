package metrics

import (
	"errors"
	"fmt"
	"time"

	"circascope/actigraphy"
)

// LeastActive is the mean activity of the least active window of the average day:
// L5 with a window of 5 h.
func LeastActive(d Definition, window time.Duration, l Levels) Metric {
	return extremeLevel(d, window, l, lowest)
}

// MostActive is the mean activity of the most active window of the average day:
// M10 with a window of 10 h.
func MostActive(d Definition, window time.Duration, l Levels) Metric {
	return extremeLevel(d, window, l, highest)
}

// LeastActiveOnset is the time of day at which the least active window begins.
func LeastActiveOnset(d Definition, window time.Duration, l Levels) Metric {
	return extremeOnset(d, window, l, lowest)
}

// MostActiveOnset is the time of day at which the most active window begins.
func MostActiveOnset(d Definition, window time.Duration, l Levels) Metric {
	return extremeOnset(d, window, l, highest)
}

// RelativeAmplitude is (M10 - L5) / (M10 + L5).
func RelativeAmplitude(d Definition, l Levels) Metric {
	return Metric{
		ID: "RA", Name: "relative amplitude", Definition: d,
		Formula:    "(M10−L5) / (M10+L5)",
		Parameters: []Parameter{windowParameter(5 * time.Hour), windowParameter(10 * time.Hour), l.parameter()},
		Reference:  citing(d, vanSomeren),
		Needs:      extremeNeeds(d),
		compute: func(r *actigraphy.Recording) (float64, error) {
			l5, err := extreme(r, d, 5*time.Hour, l, lowest)
			if err != nil {
				return 0, err
			}
			m10, err := extreme(r, d, 10*time.Hour, l, highest)
			if err != nil {
				return 0, err
			}
			if l5.mean+m10.mean == 0 {
				return 0, errors.New("there is no activity at all")
			}
			return (m10.mean - l5.mean) / (m10.mean + l5.mean), nil
		},
	}
}

type direction int

const (
	lowest direction = iota
	highest
)

func extremeLevel(d Definition, window time.Duration, l Levels, dir direction) Metric {
	id, name := extremeName(window, dir)
	return Metric{
		ID: id, Name: name, Definition: d, Unit: l.unit(),
		Formula:    extremeFormula(d, dir),
		Parameters: []Parameter{windowParameter(window), l.parameter()},
		Reference:  citing(d, vanSomeren),
		Needs:      extremeNeeds(d),
		compute: func(r *actigraphy.Recording) (float64, error) {
			w, err := extreme(r, d, window, l, dir)
			return w.mean, err
		},
	}
}

func extremeOnset(d Definition, window time.Duration, l Levels, dir direction) Metric {
	id, name := extremeName(window, dir)
	return Metric{
		ID: id + "_onset", Name: "onset of the " + name, Definition: d, Unit: "h since midnight",
		Formula:    extremeFormula(d, dir) + "; its first epoch, the first of the day among equals",
		Parameters: []Parameter{windowParameter(window), l.parameter()},
		Reference:  citing(d, vanSomeren),
		Needs:      extremeNeeds(d) + "; the time of day",
		compute: func(r *actigraphy.Recording) (float64, error) {
			if r.Start.IsZero() {
				return 0, errors.New("the recording's time of day is not known")
			}
			w, err := extreme(r, d, window, l, dir)
			return w.onset.Hours(), err
		},
	}
}

func extremeName(window time.Duration, dir direction) (id, name string) {
	letter, word := "L", "least"
	if dir == highest {
		letter, word = "M", "most"
	}
	return fmt.Sprintf("%s%v", letter, window.Hours()), fmt.Sprintf("%s active %v h", word, window.Hours())
}

func extremeFormula(d Definition, dir direction) string {
	word := "lowest"
	if dir == highest {
		word = "highest"
	}
	formula := word + " mean of a window that is moved around the average day epoch by epoch"
	if d == PyActigraphy {
		formula += "; epochs of the day that were never recorded count as 0"
	}
	return formula
}

func extremeNeeds(d Definition) string {
	if d == PyActigraphy {
		return "24 h"
	}
	return "each epoch of the day recorded on at least one day"
}

func windowParameter(window time.Duration) Parameter {
	return Parameter{"window", fmt.Sprintf("%v h", window.Hours())}
}
