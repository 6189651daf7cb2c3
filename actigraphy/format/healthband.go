package format

import (
	"bytes"
	"context"
	"math"

	"circascope/actigraphy"
)

// HealthBand reads the minutes of a Philips Health Band: its DataList, a sheet of
// an XLSX workbook, or saved from it as CSV.
type HealthBand struct{}

var healthBandLayout = layout{
	tool: "the Philips Health Band", device: "Philips Health Band", times: []string{"timestamp"},
	activity: []measure{{column: "activitycounts", channel: "activity", unit: actigraphy.Unit{Quantity: "counts", Device: "Philips Health Band"}}},
	channels: []measure{
		{column: "heartrate", channel: actigraphy.ChannelHeartRate},
		{column: "respirationrate", channel: "respiration rate"},
		{column: "steps", channel: actigraphy.ChannelSteps},
		{column: "offwrist", channel: actigraphy.ChannelWear},
		{column: "sleepeventmarker", channel: actigraphy.ChannelMarker},
	},
	others: func(column string) string { return column },
	usual:  MonthDayYear,
}

// Format describes the format.
func (HealthBand) Format() Info {
	return Info{ID: "health-band", Name: "Philips Health Band (DataList)", Extensions: []string{".xlsx", ".csv"}}
}

// Sniff looks for the columns timeStamp, activityCounts and offWrist below the
// lines that name the study and the device.
func (HealthBand) Sniff(head []byte) bool {
	h, ok := healthBandLayout.findHeader(head)
	return ok && h.any([]string{"offwrist"}) >= 0
}

// Read reads the recording of the file.
func (HealthBand) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	l := healthBandLayout
	if subject := title(in.Head, "subjectID:"); subject != "" {
		l.person = func(*Input) string { return subject }
	}
	return l.read(ctx, in, opts, func(r *actigraphy.Recording) error {
		if serial := title(in.Head, "deviceSN:"); serial != "" {
			r.Device += " " + serial
		}
		r.Site = "wrist"
		for i, off := range r.Channels[actigraphy.ChannelWear] {
			if !math.IsNaN(off) {
				r.Channels[actigraphy.ChannelWear][i] = 1 - min(off, 1)
			}
		}
		if r.Channels[actigraphy.ChannelWear] != nil {
			r.Source.Notes = append(r.Source.Notes, "Wear is the opposite of the column offWrist.")
		}
		return nil
	}, emit)
}

// title returns what follows a word in the lines before the table, "" where it
// does not stand there.
func title(head []byte, word string) string {
	for range maxTitle {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		line = bytes.Trim(line, "\"\t\r,; \xef\xbb\xbf")
		if after, ok := bytes.CutPrefix(line, []byte(word)); ok {
			return toUTF8(bytes.TrimSpace(after))
		}
		head = rest
	}
	return ""
}

// healthBandSleep sees the Health Band's table of sleep and wake.
func healthBandSleep(head []byte) bool {
	return bytes.Contains(head[:min(len(head), 4<<10)], []byte("sleepWake")) && title(head, "deviceSN:") != ""
}
