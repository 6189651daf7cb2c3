package format

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"circascope/actigraphy"
)

// Fitabase reads the tables that Fitabase exports of Fitbit devices: one row a
// minute ("narrow", of one participant or of several one after the other), one row
// an hour with sixty columns of minutes ("wide"), or one row an hour.
type Fitabase struct{}

func fitbit(quantity string) actigraphy.Unit {
	return actigraphy.Unit{Quantity: quantity, Device: "Fitbit"}
}

// fitabaseLayout holds the names of Fitabase's data dictionary. It writes dates
// month first, and METs times ten.
var fitabaseLayout = layout{
	tool: "Fitabase", device: "Fitbit", times: []string{"activityminute", "activityhour"},
	subjects: []string{"id"}, usual: MonthDayYear,
	activity: []measure{
		{column: "steps", channel: actigraphy.ChannelSteps, unit: fitbit("steps")},
		{column: "steptotal", channel: actigraphy.ChannelSteps, unit: fitbit("steps")},
		{column: "intensity", channel: "intensity level", unit: fitbit("intensity level (0 to 3)")},
		{column: "totalintensity", channel: "intensity", unit: fitbit("intensity")},
		{column: "calories", channel: "energy", unit: fitbit("kcal")},
		{column: "mets", channel: "MET", unit: fitbit("MET"), scale: 0.1},
		{column: "steps00", channel: actigraphy.ChannelSteps, unit: fitbit("steps"), hour: true},
		{column: "intensity00", channel: "intensity level", unit: fitbit("intensity level (0 to 3)"), hour: true},
		{column: "calories00", channel: "energy", unit: fitbit("kcal"), hour: true},
		{column: "mets00", channel: "MET", unit: fitbit("MET"), scale: 0.1, hour: true},
	},
	channels: []measure{{column: "averageintensity", channel: "mean intensity"}},
}

// Format describes the format.
func (Fitabase) Format() Info {
	return Info{ID: "fitabase", Name: "Fitabase (Fitbit) table of minutes or hours", Extensions: []string{".csv", ".gz"}}
}

// Sniff looks for the column ActivityMinute or ActivityHour beside one of values.
func (Fitabase) Sniff(head []byte) bool {
	h, ok := fitabaseLayout.findHeader(head)
	return ok && h.line == 1
}

// Read reads the recordings of the file, one a participant.
func (Fitabase) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if h, ok := fitabaseLayout.findHeader(in.Head); ok {
		if err := sixtyMinutes(in, h); err != nil {
			return err
		}
	}
	return fitabaseLayout.read(ctx, in, opts, nil, emit)
}

// sixtyMinutes refuses a wide table whose columns of minutes are not all there in
// their order.
func sixtyMinutes(in *Input, h header) error {
	first := slices.IndexFunc(h.plain, func(name string) bool { return strings.HasSuffix(name, "00") })
	if first < 0 {
		return nil
	}
	quantity := strings.TrimSuffix(h.plain[first], "00")
	for i := range minutesPerHour {
		want := fmt.Sprintf("%s%02d", quantity, i)
		if first+i >= len(h.plain) || h.plain[first+i] != want {
			return &actigraphy.FileError{
				File: in.Path, Line: h.line, Expected: fmt.Sprintf("columns of the 60 minutes of an hour, %s00 to %s59", quantity, quantity),
				Found: "no " + want + " in its place", Advice: "export the table again",
			}
		}
	}
	return nil
}

// fitbitDays sees tables of Fitbit's or Fitabase's that hold one row a day.
func fitbitDays(head []byte) bool {
	head = bytes.TrimPrefix(head, byteOrderMark)
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	if bytes.Equal(trim(line), []byte("Activities")) {
		line, _, _ = bytes.Cut(rest, []byte("\n"))
		return bytes.HasPrefix(line, []byte("Date,Calories"))
	}
	fields, _ := split(trim(line), ',', nil)
	for _, f := range fields {
		if name := plainName(string(f)); name == "activityday" || name == "activitydate" {
			return true
		}
	}
	return false
}

// fitabaseSleep sees Fitabase's minutes of sleep.
func fitabaseSleep(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.ToLower(bytes.TrimPrefix(head, byteOrderMark)), []byte("\n"))
	return bytes.Equal(trim(line), []byte("id,date,value,logid"))
}
