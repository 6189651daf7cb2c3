// Package actilife knows what the ActiGraph epoch files of ActiLife have in
// common, whether CSV or AGD: their channels, their units and their sites.
package actilife

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"circascope/actigraphy"
)

// Channels are the columns of a file by the field's channel names.
type Channels map[string][]float64

// names are the channels by what users and files call them, in lower case
// without spaces, dots or underscores.
var names = map[string]string{
	"axis1": actigraphy.ChannelAxis1, "axis1counts": actigraphy.ChannelAxis1, "activity": actigraphy.ChannelAxis1,
	"axis2": actigraphy.ChannelAxis2, "axis2counts": actigraphy.ChannelAxis2,
	"axis3": actigraphy.ChannelAxis3, "axis3counts": actigraphy.ChannelAxis3,
	"vm": actigraphy.ChannelVM, "vectormagnitude": actigraphy.ChannelVM, "vectormagnitudecounts": actigraphy.ChannelVM,
	"steps": actigraphy.ChannelSteps, "lux": actigraphy.ChannelLight, "light": actigraphy.ChannelLight,
}

// Name returns the field's name of a channel or column, false where it is none
// that is kept.
func Name(column string) (string, bool) {
	plain := strings.NewReplacer(" ", "", ".", "", "_", "", "-", "").Replace(strings.ToLower(column))
	name, ok := names[plain]
	return name, ok
}

// CanBeActivity reports whether a channel counts activity.
func CanBeActivity(channel string) bool {
	switch channel {
	case actigraphy.ChannelAxis1, actigraphy.ChannelAxis2, actigraphy.ChannelAxis3, actigraphy.ChannelVM:
		return true
	default:
		return false
	}
}

// MissingError says that a file does not have the channel that was asked for.
type MissingError struct {
	Channel string
	Has     []string
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("no channel %q among %s", e.Channel, strings.Join(e.Has, ", "))
}

// Take makes the channel that the user named the activity of r, axis 1 where
// the name is empty, and the others its channels. ActiLife scores sleep and
// wear on axis 1. Vector magnitude is computed from the axes where the file does
// not hold it.
func Take(r *actigraphy.Recording, c Channels, named string) error {
	channel, ok := actigraphy.ChannelAxis1, true
	if named != "" {
		channel, ok = Name(named)
	}
	note := "Activity is " + channel + " of the file."
	if channel == actigraphy.ChannelVM && c[channel] == nil {
		if v := magnitude(c); v != nil {
			c[channel] = v
			note = "Activity is the vector magnitude, computed as the square root of the sum of the squared axes."
		}
	}
	activity := c[channel]
	if !ok || activity == nil || !CanBeActivity(channel) {
		return &MissingError{Channel: named, Has: c.activities()}
	}
	r.Activity = activity
	r.Channels = maps.Clone(map[string][]float64(c))
	delete(r.Channels, channel)
	r.Unit = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: channel}
	r.Source.Channel = channel
	r.Source.Notes = append(r.Source.Notes, note)
	return nil
}

func (c Channels) activities() []string {
	has := slices.Sorted(maps.Keys(c))
	return slices.DeleteFunc(has, func(name string) bool { return !CanBeActivity(name) })
}

// magnitude is the root of the summed squares of the three axes, nil where one
// is missing.
func magnitude(c Channels) []float64 {
	x, y, z := c[actigraphy.ChannelAxis1], c[actigraphy.ChannelAxis2], c[actigraphy.ChannelAxis3]
	if x == nil || y == nil || z == nil {
		return nil
	}
	v := make([]float64, len(x))
	for i := range v {
		v[i] = math.Sqrt(x[i]*x[i] + y[i]*y[i] + z[i]*z[i])
	}
	return v
}

// Site returns the wear site by ActiLife's name of the limb.
func Site(limb string) string {
	limb = strings.ToLower(strings.TrimSpace(limb))
	if limb == "waist" {
		return "hip"
	}
	return limb
}
