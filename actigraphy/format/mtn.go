package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"circascope/actigraphy"
)

// MTN reads the files of CamNtech's MotionWatch and PRO-Diary: a log of changes
// to properties in tags, and channels with their values as text.
type MTN struct{}

// Format describes the format.
func (MTN) Format() Info {
	return Info{ID: "mtn", Name: "MotionWatch MTN", Extensions: []string{".mtn"}}
}

// Sniff looks for the outermost tag.
func (MTN) Sniff(head []byte) bool { return isMotionFile(head) }

var isMotionFile = contains("<motionfile>")

// Read reads the one recording of the file.
func (MTN) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	l.number = 1
	m := &mtnReading{m: &markup{l}, properties: make(map[string]string), lines: make(map[string]int)}
	if err := m.read(); err != nil {
		return err
	}
	r, err := m.recording(in, opts)
	if err != nil {
		return err
	}
	return emit(r)
}

// mtnReading is the state of reading one file.
type mtnReading struct {
	m          *markup
	properties map[string]string
	lines      map[string]int // of the properties
	property   string         // that is open
	deleted    bool
	channel    *mtnChannel // that is open
	channels   []*mtnChannel
	cells      int // values of all channels
}

// mtnChannel is one channel as it stands in the file.
type mtnChannel struct {
	name, units, epoch, offset string
	line                       int
	values                     []float64
}

// mtnProperties are those that are kept.
var mtnProperties = []string{"+UserID", "+Position", "=Device", "=SerialNo", "=StartTime"}

func (m *mtnReading) read() error {
	for {
		text, tag, err := m.m.next()
		if errors.Is(err, io.EOF) {
			return m.m.l.truncated("</motionfile>")
		}
		if err != nil {
			return err
		}
		name, attributes, _ := strings.Cut(tag, " ")
		switch {
		case m.channel != nil && (name == "channel" || name == "/motionfile"):
			return m.m.l.fault(fmt.Sprintf("</channel> of the channel on line %d", m.channel.line), quoted([]byte("<"+name+">")), "check the file; a character may be damaged. Export it again")
		case name == "/motionfile":
			return m.end()
		case name == "channel":
			m.channel = &mtnChannel{line: m.m.l.number}
		case m.channel != nil:
			err = m.inChannel(name, attributes, text)
		default:
			m.inProperty(name, attributes, text)
		}
		if err != nil {
			return err
		}
	}
}

// end wants nothing behind the last tag: two files put together are two recordings.
func (m *mtnReading) end() error {
	rest, err := m.m.l.r.Peek(1)
	for ; err == nil && bytes.IndexByte([]byte(" \t\r\n\x1a"), rest[0]) >= 0; rest, err = m.m.l.r.Peek(1) {
		if rest[0] == '\n' {
			m.m.l.number++
		}
		_, _ = m.m.l.r.Discard(1)
	}
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return m.m.l.in.readError(err)
	}
	rest, _ = m.m.l.r.Peek(min(40, m.m.l.r.Buffered()))
	return m.m.l.fault("the end of the file behind </motionfile>", quoted(rest), "split the file if two were put together, or export it again")
}

// inProperty follows the changes of properties; a later one counts.
func (m *mtnReading) inProperty(name, attributes, text string) {
	switch name {
	case "property":
		m.property, m.deleted = "", strings.Contains(attributes, `delete="yes"`)
	case "/name":
		m.property = text
	case "/content":
		if slices.Contains(mtnProperties, m.property) {
			m.properties[m.property], m.lines[m.property] = text, m.m.l.number
		}
	case "/property":
		if m.deleted {
			delete(m.properties, m.property)
		}
	}
}

func (m *mtnReading) inChannel(name, attributes, text string) error {
	c := m.channel
	switch name {
	case "/name":
		c.name = strings.ToLower(text)
	case "/units":
		c.units = text
	case "/epoch":
		c.epoch = text
	case "/offset":
		c.offset = text
	case "data":
		return m.data(attributes)
	case "/channel":
		m.channels, m.channel = append(m.channels, c), nil
	}
	return nil
}

func (m *mtnReading) data(attributes string) error {
	if !strings.Contains(attributes, `encoding="text"`) {
		return m.m.l.fault(`data with encoding="text"`, quoted([]byte(attributes)), "export the file as AWD in MotionWare")
	}
	if len(m.channels) > 0 { // most have one epoch, and so as many values
		m.channel.values = make([]float64, 0, len(m.channels[0].values))
	}
	return m.m.numbers("/data", func(f []byte) error {
		v, ok := number(f, '.')
		switch {
		case !ok || v < 0 || v > maxActivity:
			return m.m.l.fault("a number of at least 0"+largest(v)+" in the channel "+m.channel.name, quoted(f), "check the file; it may be damaged")
		case len(m.channel.values) >= maxEpochs || m.cells >= maxCells:
			return m.m.l.fault(fmt.Sprintf("at most %d epochs in a channel, %d values in all", maxEpochs, maxCells), "more", "split the recording")
		}
		m.cells++
		m.channel.add(v)
		return nil
	})
}

// add appends a value. Room is doubled, because nothing tells how many there are:
// append alone makes a quarter more each time, and copies five times as much.
func (c *mtnChannel) add(v float64) {
	if len(c.values) == cap(c.values) {
		c.values = slices.Grow(c.values, len(c.values)+1)
	}
	c.values = append(c.values, v)
}

// recording puts the channels together: motion, and the others of the same epoch.
func (m *mtnReading) recording(in *Input, opts Options) (*actigraphy.Recording, error) {
	if err := onlyChannel(in, opts, "motion"); err != nil {
		return nil, err
	}
	var motion *mtnChannel
	for _, c := range m.channels {
		if c.name == "motion" {
			if motion != nil {
				return nil, c.fault(in, "one channel named motion", "another")
			}
			motion = c
		}
	}
	if motion == nil {
		return nil, in.fault("no channel named motion in the file", "export the file again in MotionWare")
	}
	epoch, err := motion.length(in)
	if err != nil {
		return nil, err
	}
	r := &actigraphy.Recording{Epoch: epoch, Activity: motion.values, Channels: make(map[string][]float64)}
	r.Source.Channel = "motion"
	if err := m.describe(in, r, motion); err != nil {
		return nil, err
	}
	for _, c := range m.channels {
		if c != motion {
			c.addTo(r, in)
		}
	}
	return r, nil
}

// describe takes participant, start, device and unit from the properties.
func (m *mtnReading) describe(in *Input, r *actigraphy.Recording, motion *mtnChannel) error {
	var start stamp
	if text := m.properties["=StartTime"]; !start.parse([]byte(text)) || !start.yearFirst {
		return &actigraphy.FileError{
			File: in.Path, Line: m.lines["=StartTime"], Expected: "a property =StartTime as in 2018-05-23 17:30:00",
			Found: quoted([]byte(text)), Advice: "export the file again in MotionWare",
		}
	}
	r.Start, _ = start.local(YearMonthDay)
	nameSubject(r, in, m.properties["+UserID"])
	r.Device = strings.TrimSpace(m.properties["=Device"] + " " + m.properties["=SerialNo"])
	r.Site = strings.ToLower(m.properties["+Position"])
	axis, counts := strings.CutSuffix(strings.ToLower(motion.units), "-counts")
	r.Unit = actigraphy.Unit{Quantity: "counts", Device: "MotionWatch", Axis: axis}
	if !counts {
		r.Unit.Quantity, r.Unit.Axis = motion.units, ""
	}
	r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The file's unit of motion is %q.", motion.units))
	return nil
}

// length checks the channel and returns its epoch.
func (c *mtnChannel) length(in *Input) (time.Duration, error) {
	s, ok := number([]byte(c.epoch), '.')
	switch {
	case !ok || s < 0.01 || s > 86400:
		return 0, c.fault(in, "an epoch in seconds", fmt.Sprintf("%q", c.epoch))
	case c.offset != "" && c.offset != "0":
		return 0, c.fault(in, "an offset of 0", fmt.Sprintf("%q", c.offset))
	case len(c.values) == 0:
		return 0, c.fault(in, "values of motion", "none")
	}
	return time.Duration(s * float64(time.Second)), nil
}

func (c *mtnChannel) fault(in *Input, expected, found string) error {
	return &actigraphy.FileError{File: in.Path, Line: c.line, Expected: expected, Found: found, Advice: "export the file again in MotionWare"}
}

// addTo keeps the channel beside the motion. Its last epochs may be missing.
func (c *mtnChannel) addTo(r *actigraphy.Recording, in *Input) {
	epoch, err := c.length(in)
	n := len(r.Activity)
	switch {
	case err != nil || epoch != r.Epoch || len(c.values) > n || r.Channels[c.name] != nil || c.name == "":
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The channel %q on line %d was not read: it has %d values of %s s, motion %d of %g s.",
			c.name, c.line, len(c.values), c.epoch, n, r.Epoch.Seconds()))
		return
	case len(c.values) < n:
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The channel %q ends %d epochs before motion.", c.name, n-len(c.values)))
	}
	for len(c.values) < n {
		c.values = append(c.values, math.NaN())
	}
	r.Channels[c.name] = c.values
}
