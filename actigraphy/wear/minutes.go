package wear

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// minutes are the counts of a recording by the minute, counted from its first
// epoch. A missing epoch counts nothing: no movement was recorded in it.
type minutes struct {
	counts []float64
	per    int // epochs a minute
	epochs int // of the recording
}

// countsByMinute sums a recording to minutes. The published rules are for counts
// a minute: shorter epochs are summed, longer ones and accelerations are refused.
func countsByMinute(r *actigraphy.Recording) (minutes, error) {
	switch {
	case r.Unit.Quantity == "mg" || r.Unit.Quantity == "ENMO":
		return minutes{}, fmt.Errorf("the activity is in %v, an average acceleration, and the rule is for counts; use the raw file's non-wear, or %s", r.Unit, ZeroRun)
	case r.Epoch > time.Minute:
		return minutes{}, fmt.Errorf("epochs of %v are longer than the minute that the rule is for; use %s, or export the recording with epochs of a minute or less", actigraphy.InWords(r.Epoch), ZeroRun)
	case r.Epoch <= 0 || time.Minute%r.Epoch != 0:
		return minutes{}, fmt.Errorf("epochs of %v do not divide a minute, which the rule is for; use %s", actigraphy.InWords(r.Epoch), ZeroRun)
	}
	per := int(time.Minute / r.Epoch)
	m := minutes{counts: make([]float64, (len(r.Activity)+per-1)/per), per: per, epochs: len(r.Activity)}
	for i, v := range r.Activity {
		if !math.IsNaN(v) {
			m.counts[i/per] += v
		}
	}
	return m, nil
}

// toEpochs turns intervals of minutes into intervals of epochs.
func (m minutes) toEpochs(list []Interval) []Interval {
	out := make([]Interval, len(list))
	for k, i := range list {
		out[k] = Interval{From: i.From * m.per, To: min(i.To*m.per, m.epochs), Worn: i.Worn}
	}
	return out
}

// recorded returns the intervals in which anything was recorded: what is missing
// anyway needs no mask.
func recorded(r *actigraphy.Recording, list []Interval) []Interval {
	var out []Interval
	for _, i := range list {
		for _, v := range r.Activity[i.From:i.To] {
			if !math.IsNaN(v) {
				out = append(out, i)
				break
			}
		}
	}
	return out
}
