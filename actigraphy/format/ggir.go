package format

import (
	"context"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
)

// GGIR reads the epochs that GGIR writes as CSV: those of part 2 (timestamp,
// anglez, ENMO and other metrics, in g) and the time series of part 5 (timenum,
// ACC, in mg).
type GGIR struct{}

func milligravity(metric string) actigraphy.Unit {
	return actigraphy.Unit{Quantity: "mg", Axis: metric}
}

// ggirLayout names the metrics of GGIR. NeishabouriCount are ActiGraph's counts by
// the published algorithm (Neishabouri et al. 2022), whose y axis is ActiGraph's
// axis 1.
var ggirLayout = layout{
	tool: "GGIR", times: []string{"timestamp", "timenum", "time"}, subjects: []string{"id", "seriesid"},
	activity: []measure{
		{column: "enmo", channel: actigraphy.ChannelENMO, unit: milligravity("ENMO")},
		{column: "acc", channel: "acceleration", unit: milligravity("acceleration metric")},
		{column: "enmoa", channel: "ENMOa", unit: milligravity("ENMOa")},
		{column: "lfenmo", channel: "LFENMO", unit: milligravity("LFENMO")},
		{column: "mad", channel: "MAD", unit: milligravity("MAD")},
		{column: "bfen", channel: "BFEN", unit: milligravity("BFEN")},
		{column: "hfen", channel: "HFEN", unit: milligravity("HFEN")},
		{column: "hfenplus", channel: "HFENplus", unit: milligravity("HFENplus")},
		{column: "neishabouricounty", channel: actigraphy.ChannelAxis1, unit: counts("axis 1")},
		{column: "neishabouricountx", channel: actigraphy.ChannelAxis2, unit: counts("axis 2")},
		{column: "neishabouricountz", channel: actigraphy.ChannelAxis3, unit: counts("axis 3")},
		{column: "neishabouricountvm", channel: actigraphy.ChannelVM, unit: counts("vector magnitude")},
	},
	channels: []measure{
		{column: "anglez", channel: actigraphy.ChannelAngleZ},
		{column: "anglex", channel: "angle x"},
		{column: "angley", channel: "angle y"},
		{column: "lightpeak", channel: actigraphy.ChannelLight},
		{column: "lightmean", channel: "mean light"},
		{column: "temperaturemean", channel: actigraphy.ChannelTemperature},
		{column: "sleepperiodtime", channel: "sleep period"},
		{column: "invalidepoch", channel: "invalid epoch"},
		{column: "stepcount", channel: actigraphy.ChannelSteps},
		{column: "step", channel: ""}, // a number of the row
	},
}

func counts(axis string) actigraphy.Unit {
	return actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: axis}
}

// Format describes the format.
func (GGIR) Format() Info {
	return Info{ID: "ggir", Name: "GGIR epochs", Extensions: []string{".csv", ".gz"}}
}

// Sniff looks for a column of GGIR's that other tables do not have, beside a time
// and a metric.
func (GGIR) Sniff(head []byte) bool {
	h, ok := ggirLayout.findHeader(head)
	if !ok || h.line != 1 {
		return false
	}
	return h.any([]string{"anglez", "timenum", "sleepperiodtime", "enmo", "lfenmo", "enmoa", "hfenplus", "neishabouricounty"}) >= 0
}

// Read reads the recordings of the file, one a participant. Acceleration comes
// in mg, whether the file holds g or mg.
func (GGIR) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	return ggirLayout.read(ctx, in, opts, toMilligravity, emit)
}

// mostGravity is more than any wrist-worn sensor measures in g (16 is the widest
// range of those in use), and less than the peak of any recording in mg.
const mostGravity = 16

func toMilligravity(r *actigraphy.Recording) error {
	if r.Unit.Quantity == "mg" {
		word := "mg, as its values show"
		if inGravity(r.Activity) {
			scale(r.Activity, 1000)
			word = fmt.Sprintf("g, since no value is over %d: it was multiplied by 1000", mostGravity)
		}
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("Acceleration (%s) stands in %s.", r.Source.Channel, word))
	}
	for _, m := range ggirLayout.activity {
		if v := r.Channels[m.channel]; m.unit.Quantity == "mg" && inGravity(v) {
			scale(v, 1000)
		}
	}
	return nil
}

func inGravity(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return !math.IsNaN(v) && v > mostGravity })
}
