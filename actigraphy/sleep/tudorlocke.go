package sleep

import (
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
)

// TudorLocke finds sleep periods in scored minutes, as ActiLife does.
//
// Tudor-Locke C, Barreira TV, Schuna JM, Mire EF, Katzmarzyk PT (2014),
// doi:10.1139/apnm-2013-0173.
type TudorLocke struct {
	BedMinutes  int // so many minutes of sleep in a row begin a period; 1 to 60
	WakeMinutes int // so many minutes of wake in a row end it; 1 to 120
	Shortest    int // minutes; shorter periods are none
	Longest     int // minutes
	Moving      int // minutes with activity that a period must have
}

// DefaultTudorLocke returns ActiLife's defaults.
func DefaultTudorLocke() TudorLocke {
	return TudorLocke{BedMinutes: 5, WakeMinutes: 10, Shortest: 160, Longest: 1440}
}

// validate reports a parameter out of its range.
func (t TudorLocke) validate() error {
	switch {
	case t.BedMinutes < 1 || t.BedMinutes > 60:
		return fmt.Errorf("a period begins with %d minutes of sleep, expected 1 to 60", t.BedMinutes)
	case t.WakeMinutes < 1 || t.WakeMinutes > 120:
		return fmt.Errorf("a period ends with %d minutes of wake, expected 1 to 120", t.WakeMinutes)
	case t.Shortest < 0 || t.Longest < t.Shortest:
		return fmt.Errorf("periods last %d to %d minutes, expected the second to be no less than the first", t.Shortest, t.Longest)
	case t.Moving < 0:
		return fmt.Errorf("a period needs %d minutes with activity, expected 0 or more", t.Moving)
	}
	return nil
}

// Periods returns the sleep periods of a scoring in minutes. activity are the counts
// of the same minutes; only Moving uses them. Unknown minutes end a period.
func (t TudorLocke) Periods(s Scoring, activity []float64) ([]Period, error) {
	switch err := t.validate(); {
	case err != nil:
		return nil, err
	case s.Epoch != time.Minute:
		return nil, fmt.Errorf("the scoring has epochs of %v, expected minutes", actigraphy.InWords(s.Epoch))
	case len(activity) != len(s.States):
		return nil, fmt.Errorf("there are %d minutes of activity for %d scored ones", len(activity), len(s.States))
	}
	var periods []Period
	for _, found := range t.spans(s.States) {
		if found.length() < t.Shortest || found.length() > t.Longest || moving(activity[found.from:found.to]) < t.Moving {
			continue
		}
		periods = append(periods, Period{
			Kind: diary.Night, From: s.At(found.from), To: s.At(found.to), Origin: FromAlgorithm,
			By: fmt.Sprintf("tudor-locke on %s (%s)", s.Algorithm.ID, s.Algorithm.Definition),
		})
	}
	return periods, nil
}

// spans returns the times in bed: a run of sleep begins one if it is long enough, a
// run of wake ends it likewise, and shorter runs change nothing. One that the end of
// the data cuts off is none, as in ActiLife.
func (t TudorLocke) spans(states []State) []span {
	var found []span
	open := -1
	for i := 0; i < len(states); {
		run := runAt(states, i)
		switch {
		case states[i] == Asleep && open < 0 && run.length() >= t.BedMinutes:
			open = i
		case open >= 0 && (states[i] == Unknown || states[i] == Wake && run.length() >= t.WakeMinutes):
			found = append(found, span{open, i})
			open = -1
		}
		i = run.to
	}
	return found
}

// runAt returns the run of one state that begins at i.
func runAt(states []State, i int) span {
	to := i
	for to < len(states) && states[to] == states[i] {
		to++
	}
	return span{i, to}
}

func moving(activity []float64) int {
	n := 0
	for _, v := range activity {
		n += one(v > 0)
	}
	return n
}
