package formattest

import (
	"maps"
	"math"
	"slices"
	"testing"

	"circascope/actigraphy"
)

// Same wants two recordings to be the same in all but their source: participant,
// device, site, unit, start with its zone, epochs, activity and channels bit for bit.
func Same(t testing.TB, got, want *actigraphy.Recording) {
	t.Helper()
	if got.Subject != want.Subject || got.Device != want.Device || got.Site != want.Site || got.Unit != want.Unit {
		t.Errorf("got %q, %q, %q, %+v; want %q, %q, %q, %+v", got.Subject, got.Device, got.Site, got.Unit, want.Subject, want.Device, want.Site, want.Unit)
	}
	if !got.Start.Equal(want.Start) || got.Start.String() != want.Start.String() || got.Epoch != want.Epoch {
		t.Errorf("got start %v, epochs of %v; want %v, %v", got.Start, got.Epoch, want.Start, want.Epoch)
	}
	changes := func(a, b actigraphy.ClockChange) bool { return a.At.Equal(b.At) && a.By == b.By }
	if g, w := got.ClockChanges(), want.ClockChanges(); !slices.EqualFunc(g, w, changes) {
		t.Errorf("got changes of the clock %v, want %v", g, w)
	}
	if !sameBits(got.Activity, want.Activity) {
		t.Error("the activity is another")
	}
	if !maps.EqualFunc(got.Channels, want.Channels, sameBits) {
		t.Errorf("got channels %q, want %q, or other values", slices.Sorted(maps.Keys(got.Channels)), slices.Sorted(maps.Keys(want.Channels)))
	}
}

// sameBits compares bit by bit; every NaN is the same.
func sameBits(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool {
		return math.Float64bits(x) == math.Float64bits(y) || math.IsNaN(x) && math.IsNaN(y)
	})
}
