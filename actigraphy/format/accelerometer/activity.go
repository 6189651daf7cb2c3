package accelerometer

import (
	"fmt"
	"math"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw/measure"
)

// activity is what can be computed as the activity of a recording.
type activity struct {
	channel string
	unit    actigraphy.Unit
	values  func(*measure.Series, axes) []float64
}

// activities are all of them, the default first.
var activities = []activity{
	countsOf(actigraphy.ChannelAxis1, func(s *measure.Series, a axes) []float64 { return s.Counts[a[0]] }),
	countsOf(actigraphy.ChannelAxis2, func(s *measure.Series, a axes) []float64 { return s.Counts[a[1]] }),
	countsOf(actigraphy.ChannelAxis3, func(s *measure.Series, a axes) []float64 { return s.Counts[a[2]] }),
	countsOf(actigraphy.ChannelVM, func(s *measure.Series, _ axes) []float64 { return magnitude(s.Counts) }),
	{
		actigraphy.ChannelENMO,
		actigraphy.Unit{Quantity: "mg", Axis: "ENMO"},
		func(s *measure.Series, _ axes) []float64 { return s.ENMO },
	},
	{
		actigraphy.ChannelMIMS,
		actigraphy.Unit{Quantity: "MIMS", Axis: "not verified against MIMSunit"},
		func(s *measure.Series, _ axes) []float64 { return s.MIMS },
	},
}

func countsOf(channel string, values func(*measure.Series, axes) []float64) activity {
	return activity{channel, actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: channel}, values}
}

// activityOf finds what the user asked for, by its name without regard to case,
// spaces and dashes.
func activityOf(in *format.Input, named string) (activity, error) {
	plain := func(s string) string {
		return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(s))
	}
	if named == "" {
		return activities[0], nil
	}
	if plain(named) == "vm" {
		named = actigraphy.ChannelVM
	}
	for _, a := range activities {
		if plain(a.channel) == plain(named) {
			return a, nil
		}
	}
	var names []string
	for _, a := range activities {
		names = append(names, a.channel)
	}
	return activity{}, &actigraphy.FileError{
		File: in.Path, Expected: "one of the channels computed from raw acceleration: " + strings.Join(names, ", "),
		Found: fmt.Sprintf("%q", named), Advice: "choose one of these",
	}
}

// magnitude is the root of the summed squares of the counts of three axes.
func magnitude(c [3][]float64) []float64 {
	v := make([]float64, len(c[0]))
	for i := range v {
		v[i] = math.Sqrt(c[0][i]*c[0][i] + c[1][i]*c[1][i] + c[2][i]*c[2][i])
	}
	return v
}

// axes says which of x, y and z is axis 1, axis 2 and axis 3.
type axes [3]int

// words names them for a note.
func (a axes) words() string {
	return fmt.Sprintf("axis 1 is the %c axis of the device, axis 2 its %c, axis 3 its %c", "xyz"[a[0]], "xyz"[a[1]], "xyz"[a[2]])
}

// actiGraph is the numbering of ActiGraph. Other makers number no axes; their
// files get the same, and a note that says so.
var actiGraph = axes{measure.Y, measure.X, measure.Z}
