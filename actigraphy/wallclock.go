package actigraphy

import (
	"math"
	"time"
)

// Repeated names what becomes of the epochs of an hour that the wall clock shows
// twice.
type Repeated string

// The ways with an hour that comes twice.
const (
	KeepFirst Repeated = "first" // the first pass; the second is left out
	TakeMean  Repeated = "mean"  // the mean of the passes that were recorded
)

// OnWallClock returns the activity as the wall clock counted it: value i belongs to
// the epoch that begins i epochs after Start on the clock, so that the time of day
// keeps its meaning. Where a known zone put its clock forward, the skipped epochs are
// missing; where it put it back, there are two epochs for one place. The counts of
// both are returned. Without a change of the clock the result is Activity itself,
// not a copy.
func (r *Recording) OnWallClock(twice Repeated) (activity []float64, skipped, repeated int) {
	if len(r.ClockChanges()) == 0 {
		return r.Activity, 0, 0
	}
	out := make([]float64, 0, len(r.Activity))
	passes := map[int]float64{} // how many made the mean, where that is over one
	for i, v := range r.Activity {
		at := i + r.clockShift(i)
		if at < len(out) {
			repeated++
			if twice == TakeMean && at >= 0 {
				out[at] = joined(out[at], v, at, passes)
			}
			continue
		}
		for len(out) < at {
			out = append(out, math.NaN())
			skipped++
		}
		out = append(out, v)
	}
	return out, skipped, repeated
}

// joined returns the mean of what stands at a place and of one value more.
func joined(mean, v float64, at int, passes map[int]float64) float64 {
	switch {
	case math.IsNaN(v):
		return mean
	case math.IsNaN(mean):
		return v
	}
	n := max(passes[at], 1)
	passes[at] = n + 1
	return (mean*n + v) / (n + 1)
}

// ClockChange is a moment at which the wall clock was put forward or back.
type ClockChange struct {
	At LocalTime     // on the clock as it is from then on
	By time.Duration // forward where over 0, back where under
}

// ClockChanges returns the changes of the wall clock within the recording, in
// order: none where no zone is known.
func (r *Recording) ClockChanges() []ClockChange {
	if _, known := r.Start.Zone(); !known || r.Epoch <= 0 {
		return nil
	}
	var changes []ClockChange
	end := r.End().Clock()
	for at := r.Start.Clock(); ; {
		next, ok := NextClockChange(at)
		if !ok || !next.Before(end) {
			return changes
		}
		_, before := at.Zone()
		_, now := next.Zone()
		changes = append(changes, ClockChange{Zoned(next), time.Duration(now-before) * time.Second})
		at = next
	}
}

// NextClockChange returns the first instant after t at which the clock of t's
// location is put forward or back, and whether there is one.
func NextClockChange(t time.Time) (time.Time, bool) {
	const longest = 1000 // stretches of one name and offset; no zone has as many
	_, before := t.Zone()
	for at, n := t, 0; n < longest; n++ {
		_, next := at.ZoneBounds()
		if next.IsZero() {
			return next, false
		}
		if !next.After(at) {
			// At the end of a leap year that the zone's table does not reach, the
			// bounds that package time gives lie behind.
			next = at.Add(24 * time.Hour)
		}
		if _, now := next.Zone(); now != before {
			return next, true
		}
		at = next
	}
	return time.Time{}, false
}

// clockShift returns by how many epochs the clock has been put forward between
// Start and epoch i.
func (r *Recording) clockShift(i int) int {
	start := r.Start.Clock()
	_, before := start.Zone()
	_, now := start.Add(time.Duration(i) * r.Epoch).Zone()
	return int(time.Duration(now-before) * time.Second / r.Epoch)
}
