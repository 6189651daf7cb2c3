package actilife_test

import (
	"errors"
	"slices"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/actilife"
)

func TestTake(t *testing.T) {
	axes := func() actilife.Channels {
		return actilife.Channels{
			actigraphy.ChannelAxis1: {3}, actigraphy.ChannelAxis2: {4}, actigraphy.ChannelAxis3: {12}, actigraphy.ChannelSteps: {1},
		}
	}
	stored := axes()
	stored[actigraphy.ChannelVM] = []float64{99}
	tests := []struct {
		channels actilife.Channels
		named    string
		channel  string
		want     float64
	}{
		{axes(), "", "axis 1", 3},
		{axes(), "Axis2", "axis 2", 4},
		{axes(), "vector magnitude", "vector magnitude", 13},
		{stored, "VM", "vector magnitude", 99},
	}
	for _, tt := range tests {
		var r actigraphy.Recording
		if err := actilife.Take(&r, tt.channels, tt.named); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Activity, []float64{tt.want}) || r.Source.Channel != tt.channel || r.Unit.Axis != tt.channel {
			t.Errorf("%q: got %v of %q, want %v of %q", tt.named, r.Activity, r.Source.Channel, tt.want, tt.channel)
		}
		if _, twice := r.Channels[tt.channel]; twice {
			t.Errorf("%q: the activity is among the channels too", tt.named)
		}
	}
}

func TestTakeRefuses(t *testing.T) {
	for _, named := range []string{"steps", "PIM", "vector magnitude", "axis 3"} {
		var e *actilife.MissingError
		err := actilife.Take(new(actigraphy.Recording), actilife.Channels{actigraphy.ChannelAxis1: {1}, actigraphy.ChannelSteps: {1}}, named)
		if !errors.As(err, &e) || !slices.Equal(e.Has, []string{"axis 1"}) {
			t.Errorf("%q: got %v, want a *MissingError that names axis 1", named, err)
		}
	}
}
