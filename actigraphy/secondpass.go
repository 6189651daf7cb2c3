package actigraphy

import (
	"maps"
	"math"
	"slices"
)

// secondPass ends the name of a channel that holds the second pass.
const secondPass = "second pass"

// SecondPass names the channel of a naive recording that holds what was recorded in
// the second pass of hours that the file's clock showed twice, at the end of summer
// time. The wall clock has one place for both: epoch i of the channel is the second
// one to begin i epochs after Start on the clock, NaN where the clock showed that
// time once. of is a channel, or "" for the activity. Once a zone is named, package
// zone puts the second pass where it belongs and the channel is gone.
func SecondPass(of string) string {
	if of == "" {
		return secondPass
	}
	return of + ", " + secondPass
}

// SecondPasses returns the channels of second passes by what they are of, "" for
// the activity.
func (r *Recording) SecondPasses() map[string][]float64 {
	passes := make(map[string][]float64)
	for _, of := range append([]string{""}, slices.Sorted(maps.Keys(r.Channels))...) {
		if values, ok := r.Channels[SecondPass(of)]; ok {
			passes[of] = values
		}
	}
	return passes
}

// PassedTwice reports of each epoch whether its second pass was recorded, nil where
// none was.
func (r *Recording) PassedTwice() []bool {
	var twice []bool
	for _, values := range r.SecondPasses() {
		for i, v := range values {
			if math.IsNaN(v) {
				continue
			}
			if twice == nil {
				twice = make([]bool, len(values))
			}
			twice[i] = true
		}
	}
	return twice
}
