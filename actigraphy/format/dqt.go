package format

import (
	"context"
	"fmt"
	"strings"

	"circascope/actigraphy"
)

// DQT reads the CSV of Daqtix Daqtometers: header lines of keys with one value a
// channel, then rows of a time and the channels.
type DQT struct{}

// Format describes the format.
func (DQT) Format() Info {
	return Info{ID: "dqt", Name: "Daqtometer", Extensions: []string{".csv"}}
}

// Sniff looks for two keys of the header.
func (DQT) Sniff(head []byte) bool { return contains("Binning mode:", "Store rate:")(head) }

// Read reads the one recording of the file.
func (DQT) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	d := &dqtReading{r: &actigraphy.Recording{}, rows: epochRows{l: l, sep: ','}}
	if err := l.header("rows of a time and values below the header", d.head); err != nil {
		return err
	}
	if err := d.rows.read(); err != nil {
		return err
	}
	activity, err := chooseOf(in, opts, d.activity)
	if err != nil {
		return err
	}
	nameSubject(d.r, in, "")
	if err := d.rows.finish(d.r, opts, activity); err != nil {
		return err
	}
	d.describe(activity)
	return emit(d.r)
}

// dqtReading is the state of reading one file.
type dqtReading struct {
	r        *actigraphy.Recording
	rows     epochRows
	fields   [][]byte
	serial   string
	zone     string // behind the start
	activity []string
}

// head takes a line of the header, or the first row.
func (d *dqtReading) head(line []byte) (last bool, err error) {
	var ok bool
	if d.fields, ok = split(line, ',', d.fields); !ok || len(d.fields) == 0 {
		return false, nil
	}
	if len(d.rows.columns) > 0 && isTimestamp(d.fields[0]) {
		return true, d.rows.row(line)
	}
	text := toUTF8(line)
	switch key := string(d.fields[0]); {
	case strings.HasPrefix(key, "Start:"):
		if words := strings.Fields(text); len(words) > 3 {
			d.zone = words[3]
		}
	case key == "Serial number:" && len(d.fields) > 1:
		d.serial = toUTF8(d.fields[1])
	case key == "Name:":
		return false, d.columns()
	case key == "Binning mode:" || key == "Store rate:":
		addNote(d.r, text)
	}
	return false, nil
}

// columns names the channels: acceleration, which the device's own spelling has
// with two l, is activity.
func (d *dqtReading) columns() error {
	d.rows.columns = append(d.rows.columns[:0], epochColumn{role: roleStamp})
	d.activity = nil
	for _, f := range d.fields[1:] {
		name := toUTF8(f)
		plain := strings.ToLower(name)
		switch {
		case strings.HasPrefix(plain, "accel"):
			d.activity = append(d.activity, name)
		case plain == actigraphy.ChannelLight, plain == actigraphy.ChannelTemperature:
			name = plain
		}
		d.rows.columns = append(d.rows.columns, epochColumn{role: roleValue, name: name, signed: plain == actigraphy.ChannelTemperature})
	}
	if name := d.rows.twice(); name != "" {
		return d.rows.l.fault("channels of different names", fmt.Sprintf("two named %q", name), "rename one in the header")
	}
	return nil
}

// describe names device, unit and zone.
func (d *dqtReading) describe(activity string) {
	_, axis, _ := strings.Cut(activity, " ")
	d.r.Device = strings.TrimSpace("Daqtometer " + d.serial)
	d.r.Unit = actigraphy.Unit{Quantity: "counts", Device: "Daqtometer", Axis: axis}
	switch d.zone {
	case "":
	case "GMT", "UTC":
		d.r.Start = actigraphy.Zoned(d.r.Start.Clock())
		d.r.Source.Notes = append(d.r.Source.Notes, "The header says that times are "+d.zone+".")
	default:
		d.r.Source.Notes = append(d.r.Source.Notes, fmt.Sprintf("The header names the zone %q; the times are kept as the clock showed them.", d.zone))
	}
}
