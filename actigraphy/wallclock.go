package actigraphy

import (
	"math"
	"time"
)

// OnWallClock returns the activity as the wall clock counted it: value i belongs to
// the epoch that begins i epochs after Start on the clock, so that the time of day
// keeps its meaning. Where a known zone put its clock forward, the skipped epochs are
// missing; where it put it back, those it showed a second time are left out. The
// counts of both are returned. Without a change of the clock the result is Activity
// itself, not a copy.
func (r *Recording) OnWallClock() (activity []float64, skipped, repeated int) {
	if _, known := r.Start.Zone(); !known || r.Epoch <= 0 {
		return r.Activity, 0, 0
	}
	changed := false
	out := make([]float64, 0, len(r.Activity))
	for i, v := range r.Activity {
		shift := r.clockShift(i)
		changed = changed || shift != 0
		at := i + shift
		if at < len(out) {
			repeated++
			continue
		}
		for len(out) < at {
			out = append(out, math.NaN())
			skipped++
		}
		out = append(out, v)
	}
	if !changed {
		return r.Activity, 0, 0
	}
	return out, skipped, repeated
}

// clockShift returns by how many epochs the clock has been put forward between
// Start and epoch i.
func (r *Recording) clockShift(i int) int {
	start := r.Start.Clock()
	_, before := start.Zone()
	_, now := start.Add(time.Duration(i) * r.Epoch).Zone()
	return int(time.Duration(now-before) * time.Second / r.Epoch)
}
