package app

import (
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
)

// restOf returns the rest periods of a layer as measures of the placed recording take
// them; nil for no layer.
func (p placed) restOf(l *rest.Layer) []sleep.Period {
	if l == nil {
		return nil
	}
	return manualPeriods(p.Recording, l.Source, p.periodsOf(l.Periods))
}

// manualPeriods returns periods in epochs of a recording as times of it, set by hand.
func manualPeriods(r *actigraphy.Recording, source string, list []rest.Period) []sleep.Period {
	at := func(epoch int) actigraphy.LocalTime { return r.Start.Add(time.Duration(epoch) * r.Epoch) }
	periods := make([]sleep.Period, len(list)) // not nil: none at all is a statement too
	for i, p := range list {
		periods[i] = sleep.Period{Kind: p.Kind, From: at(p.From), To: at(p.To), Origin: sleep.Manual, By: restBy(p), Of: source}
		if p.LightsOff > 0 {
			periods[i].LightsOff = at(p.From + p.LightsOff)
		}
	}
	return periods
}

// restBy says who set a period.
func restBy(p rest.Period) string {
	switch {
	case p.Added():
		return "hand"
	case p.Edited():
		return "hand, from " + p.Was.By
	}
	return p.Was.By
}

// periodsOf returns periods of the file's epochs in those of the placed recording.
// Those that are nowhere in it, as their epochs are not, are left out.
func (p placed) periodsOf(list []rest.Period) []rest.Period {
	var out []rest.Period
	for _, period := range list {
		if moved, ok := movedPeriod(period, p.FromFile); ok {
			out = append(out, moved)
		}
	}
	return out
}

// periodsToFile returns periods of the placed recording in the epochs of its file.
func (p placed) periodsToFile(list []rest.Period) ([]rest.Period, error) {
	out := make([]rest.Period, len(list))
	for i, period := range list {
		moved, ok := movedPeriod(period, p.ToFile)
		if !ok {
			return nil, fmt.Errorf("rest period %d lies in an hour that the file does not have: the clock showed it twice, and the device recorded it once", i+1)
		}
		out[i] = moved
	}
	return out, nil
}

// movedPeriod returns a period in other epochs, and false where it has none there.
func movedPeriod(p rest.Period, to func(from, until int) [][2]int) (rest.Period, bool) {
	off := p.From + p.LightsOff
	was := p.Was
	var ok bool
	if p.From, p.To, ok = ends(p.From, p.To, to); !ok {
		return p, false
	}
	if p.LightsOff > 0 {
		p.LightsOff = 0
		if from, _, ok := ends(off, off+1, to); ok && from > p.From && from < p.To {
			p.LightsOff = from - p.From
		}
	}
	if !p.Added() {
		if from, until, ok := ends(was.From, was.To, to); ok {
			p.Was.From, p.Was.To = from, until
		}
	}
	return p, true
}

// ends returns the first epoch of a stretch and the one after its last, in other
// epochs.
func ends(from, until int, to func(from, until int) [][2]int) (first, last int, ok bool) {
	for i, span := range to(from, until) {
		if i == 0 || span[0] < first {
			first = span[0]
		}
		last = max(last, span[1])
		ok = true
	}
	return first, last, ok
}
