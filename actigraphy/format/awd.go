package format

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"circascope/actigraphy"
)

// AWD reads text exports of Cambridge Neurotechnology and Mini Mitter
// Actiwatches: seven header lines (name, date, time, epoch code, age, serial
// number, sex), then one line an epoch with the activity, on some models the
// light or sound level, and an M where the wearer pressed the button.
type AWD struct{}

// awdHeader is the number of header lines.
const awdHeader = 7

// awdEpochs are the epoch lengths by the code in the fourth header line.
var awdEpochs = map[string]time.Duration{
	"1": 15 * time.Second, "2": 30 * time.Second, "4": time.Minute,
	"8": 2 * time.Minute, "20": 5 * time.Minute, "81": 2 * time.Second,
	"C1": 5 * time.Second, "C2": 10 * time.Second,
}

// Format describes the format.
func (AWD) Format() Info {
	return Info{ID: "awd", Name: "Actiwatch AWD", Extensions: []string{".awd"}}
}

// Sniff looks for a date and a time alone on lines two and three.
func (AWD) Sniff(head []byte) bool {
	l := bytes.SplitN(bytes.TrimPrefix(head, byteOrderMark), []byte("\n"), 4)
	if len(l) < 4 {
		return false
	}
	_, dateOK := awdDate(bytes.TrimSpace(l[1]))
	_, clockOK := awdClock(bytes.TrimSpace(l[2]))
	return dateOK && clockOK
}

// Read reads the one recording of the file.
func (AWD) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if err := onlyChannel(in, opts, "activity"); err != nil {
		return err
	}
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	a := &awdReading{l: l, expected: in.linesAbout(), r: &actigraphy.Recording{Unit: actigraphy.Unit{Quantity: "counts", Device: "Actiwatch"}}}
	if err := a.header(); err != nil {
		return err
	}
	if err := a.epochs(); err != nil {
		return err
	}
	a.channels()
	return emit(a.r)
}

// awdReading is the state of reading one AWD file.
type awdReading struct {
	l      *lines
	r      *actigraphy.Recording
	serial string
	second []float64 // light or sound level; nil until a line has one
	marker []float64 // nil until a line has one
	commas bool      // whether decimal commas occurred

	expected int // epochs, about
}

func (a *awdReading) epochs() error {
	err := a.l.each(func(line []byte) error { return a.epoch(bytes.TrimSpace(line)) })
	if err != nil {
		return err
	}
	if len(a.r.Activity) == 0 {
		return a.l.truncated("one line of activity an epoch")
	}
	a.r.Source.Notes = append(a.r.Source.Notes, a.l.endNotes()...)
	return nil
}

func (a *awdReading) epoch(line []byte) error {
	if len(line) == 0 {
		return a.blank()
	}
	fields, marked := bytes.CutSuffix(line, []byte("M"))
	first, second, two := bytes.Cut(bytes.TrimSpace(fields), []byte(","))
	v, ok := number(bytes.TrimSpace(first), '.')
	if !ok || v < 0 || v > maxActivity {
		return a.l.fault("a count of at least 0"+largest(v), quoted(line), "check the file; it may be damaged or cut off")
	}
	if len(a.r.Activity) >= maxEpochs {
		return a.l.fault(fmt.Sprintf("at most %d epochs", maxEpochs), "more", "split the file")
	}
	a.r.Activity = append(roomFor(a.r.Activity, a.expected), v)
	if err := a.level(bytes.TrimSpace(second), two, line); err != nil {
		return err
	}
	switch {
	case marked && a.marker == nil:
		a.marker = make([]float64, len(a.r.Activity)-1, cap(a.r.Activity))
		a.marker = append(a.marker, 1)
	case marked:
		a.marker = append(a.marker, 1)
	case a.marker != nil:
		a.marker = append(a.marker, 0)
	}
	return nil
}

// level reads the second column, light or sound. A file that begins without one
// and goes on with one, or the reverse, is damaged.
func (a *awdReading) level(field []byte, two bool, line []byte) error {
	if n := len(a.r.Activity); two != (a.second != nil) && n > 1 {
		return a.l.fault("as many columns as in the lines before", quoted(line), "check the file; it may be damaged or cut off")
	}
	if !two {
		return nil
	}
	decimal := byte('.')
	if bytes.IndexByte(field, ',') >= 0 {
		decimal, a.commas = ',', true
	}
	v, ok := number(field, decimal)
	if !ok || v < 0 && awdLevel(a.serial) != actigraphy.ChannelTemperature {
		return a.l.fault("a level of at least 0 after the comma", quoted(line), "check the file; it may be damaged or cut off")
	}
	a.second = append(roomFor(a.second, a.expected), v)
	return nil
}

// blank accepts empty lines at the end of the file only.
func (a *awdReading) blank() error {
	return a.l.onlyBlank(func(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 })
}

// channels names the second column by the model and keeps the markers.
func (a *awdReading) channels() {
	channels := make(map[string][]float64)
	if a.second != nil {
		channels[awdLevel(a.serial)] = a.second
		a.r.Source.Notes = append(a.r.Source.Notes, fmt.Sprintf("The second column is taken as %s, by the serial number %q.",
			awdLevel(a.serial), a.serial))
	}
	if a.commas {
		a.r.Source.Notes = append(a.r.Source.Notes, "The second column has decimal commas.")
	}
	if a.marker != nil {
		channels[actigraphy.ChannelMarker] = a.marker
	}
	if len(channels) > 0 {
		a.r.Channels = channels
	}
}
