package format

import (
	"bytes"
	"context"
	"strings"
	"time"

	"circascope/actigraphy"
)

// GENEActivEpochs reads the epochs that GENEActiv's software makes of raw
// acceleration: about 100 lines of keys and values, then rows without a line of
// names. Activity is the sum of vector magnitudes less gravity (SVM). Written after
// the maker's description; no file of a device was at hand.
type GENEActivEpochs struct{}

var geneActivEpochs = layout{
	tool: "GENEActiv's software", device: "GENEActiv", times: []string{"time"},
	activity: []measure{{column: "svm", channel: "SVM", unit: actigraphy.Unit{Quantity: "SVM", Device: "GENEActiv"}}},
	channels: []measure{
		{column: "light", channel: actigraphy.ChannelLight},
		{column: "button", channel: actigraphy.ChannelMarker},
		{column: "temperature", channel: actigraphy.ChannelTemperature},
	},
}

// geneActivColumns are those of a row in their order.
var geneActivColumns = []string{"time", "x", "y", "z", "light", "button", "temperature", "svm", "x sd", "y sd", "z sd", "peak light"}

const (
	geneActivFirst    = "Device Type,GENEActiv"
	geneActivPreamble = 120 // lines before the rows, at most
)

// Format describes the format.
func (GENEActivEpochs) Format() Info {
	return Info{ID: "geneactiv-epochs", Name: "GENEActiv epochs (SVM)", Extensions: []string{".csv"}}
}

// Sniff looks for the first line and a row of epochs.
func (GENEActivEpochs) Sniff(head []byte) bool {
	_, ok := geneActivHeader(head)
	return ok
}

// geneActivHeader finds the first row.
func geneActivHeader(head []byte) (header, bool) {
	head = bytes.TrimPrefix(head, byteOrderMark)
	if !bytes.HasPrefix(head, []byte(geneActivFirst)) {
		return header{}, false
	}
	for n := range geneActivPreamble {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		fields, ok := split(line, ',', nil)
		if ok && len(fields) == len(geneActivColumns) && isTimestamp(fields[0]) {
			h := header{line: n, sep: ',', names: geneActivColumns}
			for _, c := range geneActivColumns {
				h.plain = append(h.plain, plainName(c))
			}
			return h, true
		}
		head = rest
	}
	return header{}, false
}

// Read reads the one recording of the file.
func (GENEActivEpochs) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	h, ok := geneActivHeader(in.Head)
	if !ok {
		return in.fault("no rows of epochs below the header", "export the epochs again")
	}
	about := geneActivAbout(in.Head)
	l := geneActivEpochs
	if subject := about["Subject Code"]; subject != "" {
		l.person = func(*Input) string { return subject }
	}
	return l.readTable(ctx, in, h, opts, nil, func(r *actigraphy.Recording) error {
		r.Device = strings.TrimSpace(r.Device + " " + about["Device Unique Serial Code"])
		if strings.Contains(strings.ToLower(about["Device Location Code"]), "wrist") {
			r.Site = "wrist"
		}
		if zone, ok := geneActivZone(about["Time Zone"]); ok {
			t := r.Start.Clock()
			r.Start = actigraphy.Zoned(time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone))
			r.Source.Notes = append(r.Source.Notes, "The device's clock was set to "+about["Time Zone"]+".")
		}
		r.Source.Notes = append(r.Source.Notes, "Activity is the sum of vector magnitudes less gravity of each epoch (SVM), as GENEActiv's software computes it.")
		return nil
	}, emit)
}

// geneActivAbout returns the keys and values before the rows.
func geneActivAbout(head []byte) map[string]string {
	about := make(map[string]string)
	for range geneActivPreamble {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		if key, value, ok := strings.Cut(toUTF8(line), ","); ok && !isTimestamp([]byte(key)) {
			about[strings.TrimSpace(key)] = strings.Trim(value, ", \r\t")
		}
		head = rest
	}
	return about
}

// geneActivZone reads GMT +01:00.
func geneActivZone(text string) (*time.Location, bool) {
	offset, ok := strings.CutPrefix(text, "GMT ")
	t, err := time.Parse("-07:00", offset)
	if !ok || err != nil {
		return nil, false
	}
	_, seconds := t.Zone()
	return time.FixedZone("", seconds), true
}
