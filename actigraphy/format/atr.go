package format

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
)

// ATR reads the text logs of Condor Instruments' ActTrust and ActLumus: a header
// of keys and values, which may be missing, and a table separated by semicolons.
// Of its activity channels, PIM (proportional integral mode) is the default, as
// the maker's software shows it; TAT (time above threshold) and ZCM (zero
// crossings) are kept beside it.
type ATR struct{}

// Format describes the format.
func (ATR) Format() Info {
	return Info{ID: "atr", Name: "Condor ActTrust or ActLumus", Extensions: []string{".txt"}}
}

// Sniff looks for the report's title in the first lines, or for the names of
// columns in a file without its header.
func (ATR) Sniff(head []byte) bool {
	return firstLines(3, "Condor Instruments Report")(head) || firstLines(2, "DATE/TIME;")(head)
}

// Read reads the one recording of the file.
func (ATR) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	a := &atrReading{r: &actigraphy.Recording{}, keys: make(map[string]string)}
	a.rows = epochRows{l: l, sep: ';'}
	if err := l.header("a line of names that begins with DATE/TIME", a.head); err != nil {
		return err
	}
	if err := a.columns(in, opts); err != nil {
		return err
	}
	if err := a.rows.read(); err != nil {
		return err
	}
	nameSubject(a.r, in, a.keys["SUBJECT_NAME"])
	if err := a.rows.finish(a.r, opts, a.activity); err != nil {
		return err
	}
	a.describe()
	return emit(a.r)
}

// atrReading is the state of reading one log.
type atrReading struct {
	r        *actigraphy.Recording
	keys     map[string]string
	names    []string
	rows     epochRows
	activity string
}

// atrActivity are the channels of activity; those with an n are per second.
var atrActivity = []string{"PIM", "TAT", "ZCM", "PIMn", "TATn", "ZCMn"}

// atrChannels are the other columns that are kept.
var atrChannels = map[string]string{
	"EVENT": actigraphy.ChannelMarker, "TEMPERATURE": actigraphy.ChannelTemperature,
	"EXT TEMPERATURE": "external temperature", "LIGHT": actigraphy.ChannelLight,
	"AMB LIGHT": "ambient light", "RED LIGHT": "red light", "GREEN LIGHT": "green light", "BLUE LIGHT": "blue light",
	"IR LIGHT": "infrared light", "UVA LIGHT": "UVA light", "UVB LIGHT": "UVB light",
	"MELANOPIC EDI": "melanopic EDI", "CLEAR": "clear light", "STATE": "state",
	"CAP_SENS_1": "capacitance 1", "CAP_SENS_2": "capacitance 2",
	"F1": "light F1", "F2": "light F2", "F3": "light F3", "F4": "light F4",
	"F5": "light F5", "F6": "light F6", "F7": "light F7", "F8": "light F8",
}

// Bounds of the lines of the header that are kept.
const (
	maxKeys = 100
	maxKey  = 1000 // bytes
)

// head takes a line of the header; the names of columns are the last.
func (a *atrReading) head(line []byte) (last bool, err error) {
	if bytes.HasPrefix(line, []byte("DATE/TIME")) {
		for _, f := range bytes.Split(line, []byte(";")) {
			a.names = append(a.names, toUTF8(trim(f)))
		}
		return true, nil
	}
	key, value, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(a.keys) >= maxKeys || len(line) > maxKey {
		return false, nil
	}
	name, text := string(trim(key)), toUTF8(trim(value))
	if a.keys[name] == "" {
		a.keys[name] = text
	}
	var s stamp
	if strings.HasSuffix(name, "DATE_TIME") && s.parse([]byte(text)) {
		a.rows.dates.see(&s, a.rows.l.number)
		a.rows.dates.restart()
	}
	return false, nil
}

// columns names the columns and chooses the activity.
func (a *atrReading) columns(in *Input, opts Options) error {
	var there, left []string
	for _, n := range atrActivity {
		if slices.Contains(a.names, n) {
			there = append(there, n)
		}
	}
	var err error
	if a.activity, err = chooseOf(in, opts, there); err != nil {
		return err
	}
	for i, n := range a.names {
		c := epochColumn{name: atrChannels[n], role: roleValue, signed: strings.Contains(n, "TEMPERATURE")}
		switch perSecond := strings.HasSuffix(n, "n"); {
		case i == 0:
			c = epochColumn{role: roleStamp}
		case n == "MS":
			c = epochColumn{role: roleMillis}
		case slices.Contains(atrActivity, n) && (n == a.activity || !perSecond):
			c.name = n
		case c.name == "":
			c.role = roleNone
			left = append(left, n)
		}
		a.rows.columns = append(a.rows.columns, c)
	}
	for len(left) > 0 && left[len(left)-1] == "" {
		left = left[:len(left)-1] // a semicolon at the end of the line
		a.rows.columns = a.rows.columns[:len(a.rows.columns)-1]
	}
	if name := a.rows.twice(); name != "" {
		return a.rows.l.fault("columns of different names", fmt.Sprintf("two for %q", name), "export the file again")
	}
	a.note("Activity is %s, of %s.", a.activity, strings.Join(there, ", "))
	if len(left) > 0 {
		a.note("Columns that were not read: %s.", strings.Join(left, ", "))
	}
	return nil
}

func (a *atrReading) note(text string, args ...any) {
	a.r.Source.Notes = append(a.r.Source.Notes, fmt.Sprintf(text, args...))
}

// describe names the device and the unit.
func (a *atrReading) describe() {
	model := a.keys["DEVICE_MODEL"]
	family := "Condor"
	switch {
	case strings.HasPrefix(model, "AL"):
		family = "ActLumus"
	case strings.HasPrefix(model, "ActTrust"):
		family = "ActTrust"
	}
	a.r.Device = strings.Join(strings.Fields("Condor "+model+" "+a.keys["DEVICE_ID"]), " ")
	a.r.Site = strings.ToLower(a.keys["DEVICE_PLACEMENT"])
	a.r.Unit = actigraphy.Unit{Quantity: "counts", Device: family, Axis: a.activity}
	if strings.HasSuffix(a.activity, "n") {
		a.r.Unit.Quantity = "counts per second"
	}
	if len(a.keys) == 0 {
		a.note("The file has no header; participant and device are not known from it.")
	}
	// The interval is 0 or a dash where the device does not say it.
	if s, err := strconv.Atoi(a.keys["INTERVAL"]); err == nil && s > 0 && float64(s) != a.r.Epoch.Seconds() {
		a.note("The header names an interval of %d s, the rows follow each other by %v; the rows are taken.", s, actigraphy.InWords(a.r.Epoch))
	}
}
