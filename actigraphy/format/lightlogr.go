package format

import (
	"context"

	"circascope/actigraphy"
)

// LightLogR reads tables written from LightLogR data frames: Id, Datetime with an
// offset or in UTC, MEDI and other light columns, and the activity of the device.
type LightLogR struct{}

var lightLogRLayout = layout{
	tool: "LightLogR", times: []string{"datetime"}, subjects: []string{"id"},
	activity: []measure{
		{column: "activity", channel: "activity", unit: actigraphy.Unit{Quantity: "counts"}},
		{column: "pim", channel: "PIM", unit: actigraphy.Unit{Quantity: "counts", Axis: "PIM"}},
		{column: "tat", channel: "TAT", unit: actigraphy.Unit{Quantity: "counts", Axis: "TAT"}},
		{column: "zcm", channel: "ZCM", unit: actigraphy.Unit{Quantity: "counts", Axis: "ZCM"}},
	},
	channels: []measure{
		{column: "medi", channel: "melanopic EDI"},
		{column: "light", channel: actigraphy.ChannelLight},
		{column: "photopiclux", channel: actigraphy.ChannelLight},
		{column: "temperature", channel: actigraphy.ChannelTemperature},
		{column: "exttemperature", channel: "outer temperature"},
		{column: "event", channel: actigraphy.ChannelMarker},
		{column: "state", channel: ""},
	},
}

// Format describes the format.
func (LightLogR) Format() Info {
	return Info{ID: "lightlogr", Name: "LightLogR table", Extensions: []string{".csv", ".tsv", ".gz"}}
}

// Sniff looks for the columns Datetime and MEDI beside one of activity.
func (LightLogR) Sniff(head []byte) bool {
	h, ok := lightLogRLayout.findHeader(head)
	return ok && h.line == 1 && h.any([]string{"medi"}) >= 0
}

// Read reads the recordings of the file, one a participant.
func (LightLogR) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	return lightLogRLayout.read(ctx, in, opts, nil, emit)
}
