package format

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"circascope/actigraphy"
)

// FitbitJSON reads the files of a Fitbit account's archive that hold one quantity:
// steps, calories, distance and the like a minute, or the heart rate at moments a
// few seconds apart, of which it takes the mean of each minute.
type FitbitJSON struct{}

// fitbitQuantities are the files of the archive, by the beginning of their names:
// the content does not say what it counts.
var fitbitQuantities = []struct{ file, channel, quantity string }{
	{"steps", actigraphy.ChannelSteps, "steps"},
	{"calories", "energy", "kcal"},
	{"distance", "distance", "distance (in the account's unit)"},
	{"altitude", "altitude", "altitude (in the account's unit)"},
	{"sedentary_minutes", "sedentary minutes", "minutes"},
	{"lightly_active_minutes", "lightly active minutes", "minutes"},
	{"moderately_active_minutes", "moderately active minutes", "minutes"},
	{"very_active_minutes", "very active minutes", "minutes"},
}

const channelConfidence = "confidence" // Fitbit's, from 0 to 3

// Format describes the format.
func (FitbitJSON) Format() Info {
	return Info{ID: "fitbit", Name: "Fitbit archive (JSON)", Extensions: []string{".json"}}
}

// Sniff looks for an array of objects with the names dateTime and value.
func (FitbitJSON) Sniff(head []byte) bool { return isFitbit(head) }

func isFitbit(head []byte) bool {
	return opens("[")(head) && contains(`"dateTime"`, `"value"`)(head) && !isFitbitSleep(head)
}

// isFitbitSleep sees the archive's sleep logs.
func isFitbitSleep(head []byte) bool {
	return opens("[")(head) && contains(`"logId"`, `"dateOfSleep"`)(head)
}

// Read reads the one recording of the file.
func (FitbitJSON) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	content, err := in.Content(ctx)
	if err != nil {
		return err
	}
	t := &table{
		in: in, opts: opts, lines: &lines{in: in}, usual: MonthDayYear, tool: "Fitbit", bySubject: make(map[string]bool),
		m: Mapping{Separator: ",", Decimal: ".", Timestamp: 1, Activity: 2, Channels: map[string]int{channelConfidence: 3}},
	}
	t.prepare()
	a := &fitbitArray{scan: newJSONScanner(content), table: t}
	if err := a.read(); err != nil {
		return a.fault(err)
	}
	r, err := a.recording()
	if err != nil {
		return err
	}
	return emit(r)
}

// fitbitArray is the state of reading a file: each object is a row of a table.
type fitbitArray struct {
	scan  *jsonScanner
	table *table
	heart bool // values are objects with a bpm

	time, value, confidence []byte // of the object that is being read
}

// read reads the array.
func (a *fitbitArray) read() error {
	if err := a.scan.expect('['); err != nil {
		return err
	}
	for first := true; ; first = false {
		switch kind, err := a.scan.next(); {
		case err != nil:
			return err
		case kind == ']':
			return a.scan.atEnd()
		case !first && kind != ',':
			return a.scan.fault("a comma or the end of the array")
		case !first:
			if err := a.scan.expect('{'); err != nil {
				return err
			}
		case kind != '{':
			return a.scan.fault("an object")
		}
		if err := a.object(); err != nil {
			return err
		}
	}
}

// object reads one object behind its brace and keeps it as a row.
func (a *fitbitArray) object() error {
	a.time, a.value, a.confidence = a.time[:0], a.value[:0], a.confidence[:0]
	a.table.lines.number = a.scan.line
	err := a.scan.object(func(name []byte) error {
		switch string(name) {
		case "dateTime":
			return a.scan.scalar(&a.time)
		case "value":
			return a.measured()
		default:
			return a.scan.skip()
		}
	})
	if err != nil {
		return err
	}
	a.table.fields = append(a.table.fields[:0], trim(a.time), trim(a.value), trim(a.confidence))
	return a.table.keep()
}

// measured reads a value, or an object with a bpm and a confidence.
func (a *fitbitArray) measured() error {
	kind, err := a.scan.next()
	if err != nil || kind != '{' {
		a.value = append(a.value, a.scan.text...)
		if err == nil && kind != jsonText && kind != jsonWord {
			return a.scan.fault("a value, or a bpm and a confidence")
		}
		return err
	}
	a.heart = true
	return a.scan.object(func(name []byte) error {
		switch string(name) {
		case "bpm":
			return a.scan.scalar(&a.value)
		case "confidence":
			return a.scan.scalar(&a.confidence)
		default:
			return a.scan.skip()
		}
	})
}

// fault gives an error of the scanner the name of the file and the line.
func (a *fitbitArray) fault(err error) error {
	var e *jsonError
	switch {
	case errors.As(err, &e):
		a.table.lines.number = a.scan.line
		return a.table.lines.fault(e.expected, e.found, "the file may be damaged or cut off; download it again")
	case errors.Is(err, io.EOF):
		a.table.lines.number = a.scan.line - 1
		return a.table.lines.truncated("the end of the array")
	default:
		return a.table.in.readError(err)
	}
}

// quantity returns what the file counts, by its name.
func (a *fitbitArray) quantity() (channel, quantity, note string) {
	if a.heart {
		return actigraphy.ChannelHeartRate, "beats a minute",
			fmt.Sprintf("The heart rate is the mean of each minute's values, %d in all; minutes without any are missing.", a.table.rows)
	}
	name := strings.ToLower(a.table.in.Name)
	for _, q := range fitbitQuantities {
		if strings.HasPrefix(name, q.file) {
			return q.channel, q.quantity, fmt.Sprintf("That the values are %s is known by the name of the file alone.", q.channel)
		}
	}
	return "value", "", "Fitbit's files do not say what they count, and this one's name does not begin with steps, calories or another quantity: it is unknown."
}

// recording lays the rows onto epochs.
func (a *fitbitArray) recording() (*actigraphy.Recording, error) {
	t := a.table
	if t.rows == 0 {
		return nil, t.in.fault("an array without any dateTime and value", "download the file again")
	}
	channel, quantity, note := a.quantity()
	if err := onlyChannel(t.in, t.opts, channel); err != nil {
		return nil, err
	}
	t.source.Channel = channel
	t.source.Notes = []string{note, "Fitbit's files name no zone, and the times of an archive may be in UTC: compare a known bedtime."}
	if a.heart {
		t.series[0].meanMinutes()
	}
	out, err := t.recordings()
	if err != nil {
		return nil, err
	}
	r := out[0]
	r.Device, r.Unit = "Fitbit", fitbit(quantity)
	if !a.heart {
		r.Channels = nil
	}
	return r, nil
}

// meanMinutes puts the mean of each minute's rows in their place. Rows of a minute
// follow each other.
func (s *series) meanMinutes() {
	out, n := -1, 0.0
	var stamps stamps
	var before stamp
	columns := slices.Concat(s.channels, [][]float64{s.activity})
	for i, at := range s.stamps.all() {
		at.clock -= at.clock % minute
		if out < 0 || at != before {
			out, n, before = out+1, 0, at
			stamps.add(at)
			s.lines[out] = s.lines[i]
		}
		n++
		for _, c := range columns {
			if n == 1 {
				c[out] = c[i]
			} else {
				c[out] += (c[i] - c[out]) / n
			}
		}
	}
	out++
	s.stamps, s.lines, s.activity = stamps, s.lines[:out], s.activity[:out]
	for i := range s.channels {
		s.channels[i] = s.channels[i][:out]
	}
}
