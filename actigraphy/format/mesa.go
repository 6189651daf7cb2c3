package format

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/grid"
)

// MESA reads the actigraphy of the Multi-Ethnic Study of Atherosclerosis as the
// National Sleep Research Resource gives it out: one row an epoch, with a weekday
// and a time of day but no date. The recording is undated.
type MESA struct{}

// mesaColumns are those that a file must have, in the order of mesaRow's fields.
var mesaColumns = []string{"mesaid", "linetime", "activity", "dayofweek", "daybymidnight"}

// mesaChannels are further columns, by channel. The light of colours is in
// microwatts per square centimetre, white light in lux.
var mesaChannels = []struct{ column, channel string }{
	{"whitelight", actigraphy.ChannelLight},
	{"redlight", "red light"},
	{"greenlight", "green light"},
	{"bluelight", "blue light"},
	{"marker", actigraphy.ChannelMarker},
	{"offwrist", actigraphy.ChannelWear},
	{"wake", "sleep/wake"},
	{"interval", rpxInterval},
}

// mesaIntervals are the kinds of interval that the study's scorers set, coded as in
// Actiware's own exports.
var mesaIntervals = map[string]float64{"EXCLUDED": 0, "ACTIVE": 1, "REST": 2, "REST-S": 3}

// Format describes the format.
func (MESA) Format() Info {
	return Info{ID: "mesa", Name: "MESA actigraphy (NSRR)", Extensions: []string{".csv", ".gz"}}
}

// Sniff looks for the columns mesaid, linetime and dayofweek in the first line.
func (MESA) Sniff(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.ToLower(bytes.TrimPrefix(head, byteOrderMark)), []byte("\n"))
	for _, c := range mesaColumns {
		if !bytes.Contains(line, []byte(c)) {
			return false
		}
	}
	return true
}

// Read reads the one recording of the file.
func (MESA) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if err := onlyChannel(in, opts, "activity"); err != nil {
		return err
	}
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	m := &mesa{in: in, lines: l}
	if err := m.header(); err != nil {
		return err
	}
	if err := l.each(m.row); err != nil {
		return err
	}
	r, err := m.recording()
	if err != nil {
		return err
	}
	return emit(r)
}

// mesa is the state of reading a file.
type mesa struct {
	in       *Input
	lines    *lines
	places   []int // of mesaColumns
	further  []int // of mesaChannels, -1 where the file has none
	columns  int
	fields   [][]byte
	subject  string
	first    time.Weekday // of day 1
	times    []int64      // nanoseconds since the Sunday before day 1
	rows     []int32
	activity []float64
	channels [][]float64
}

func (m *mesa) header() error {
	line, err := m.lines.next()
	if err != nil {
		return m.lines.truncated("names of columns")
	}
	fields, _ := split(bytes.ToLower(line), ',', nil)
	place := func(name string) int {
		return slices.IndexFunc(fields, func(f []byte) bool { return string(f) == name })
	}
	for _, name := range mesaColumns {
		at := place(name)
		if at < 0 {
			return m.lines.fault("a column "+name, "none", "export the file again")
		}
		m.places = append(m.places, at)
	}
	for _, c := range mesaChannels {
		m.further = append(m.further, place(c.column))
	}
	m.columns, m.channels = len(fields), make([][]float64, len(mesaChannels))
	return nil
}

func (m *mesa) row(line []byte) error {
	fields, ok := split(line, ',', m.fields)
	m.fields = fields
	if ok && isBlank(fields) {
		return nil
	}
	if !ok || len(fields) != m.columns {
		return m.lines.fault(fmt.Sprintf("%d columns, as in the first line", m.columns), fmt.Sprint(len(fields)), "the line may be damaged or the file cut off")
	}
	if err := m.person(fields[m.places[0]]); err != nil {
		return err
	}
	if err := m.time(fields); err != nil {
		return err
	}
	v, err := m.value(m.places[2])
	if err != nil {
		return err
	}
	if v < 0 || v > maxActivity {
		return m.lines.fault("an activity of at least 0"+largest(v), quoted(fields[m.places[2]]), "correct the value, or leave it empty where nothing was recorded")
	}
	if len(m.activity) == maxEpochs {
		return m.lines.fault(fmt.Sprintf("at most %d rows", maxEpochs), "more", "split the file")
	}
	m.activity = append(m.activity, v)
	m.rows = append(m.rows, int32(m.lines.number))
	return m.more()
}

func (m *mesa) person(id []byte) error {
	switch {
	case len(id) == 0:
		return m.lines.fault("the participant's id in mesaid", "nothing", "fill in the column")
	case m.subject == "":
		m.subject = toUTF8(id)
	case m.subject != toUTF8(id):
		return m.lines.fault("one participant, "+m.subject, quoted(id), "split the file by participant")
	}
	return nil
}

// time keeps the row's time: the day counts from 1, and the weekday, Sunday being
// 1, must go with it.
func (m *mesa) time(fields [][]byte) error {
	const longest = 1000 // days
	clock, ok1 := clock(fields[m.places[1]])
	weekday, ok2 := integer(fields[m.places[3]])
	number, ok3 := integer(fields[m.places[4]])
	switch {
	case !ok1:
		return m.lines.fault("a time of day in linetime", quoted(fields[m.places[1]]), "correct the line")
	case !ok2 || weekday < 1 || weekday > 7:
		return m.lines.fault("a weekday from 1 (Sunday) to 7 in dayofweek", quoted(fields[m.places[3]]), "correct the line")
	case !ok3 || number < 1 || number > longest:
		return m.lines.fault(fmt.Sprintf("the number of a day, from 1 to %d, in daybymidnight", longest), quoted(fields[m.places[4]]), "correct the line")
	}
	first := time.Weekday((weekday - 1 - (number-1)%7 + 7) % 7)
	if len(m.times) == 0 {
		m.first = first
	}
	if first != m.first {
		return m.lines.fault(fmt.Sprintf("%v, since day 1 is a %v", (m.first+time.Weekday(number-1))%7, m.first),
			time.Weekday(weekday-1).String(), "correct dayofweek or daybymidnight")
	}
	m.times = append(m.times, (int64(m.first)+int64(number-1))*day+clock)
	return nil
}

func (m *mesa) value(column int) (float64, error) {
	f := m.fields[column]
	if missing(f) {
		return math.NaN(), nil
	}
	v, ok := number(f, '.')
	if !ok {
		return 0, m.lines.fault(fmt.Sprintf("a number in column %d", column+1), quoted(f), "correct the value, or leave it empty where nothing was recorded")
	}
	return v, nil
}

// more keeps the row's further channels.
func (m *mesa) more() error {
	for i, column := range m.further {
		if column < 0 {
			continue
		}
		var v float64
		var err error
		if mesaChannels[i].column == "interval" {
			kind, ok := mesaIntervals[string(m.fields[column])]
			if v = kind; !ok {
				err = m.lines.fault("ACTIVE, REST, REST-S or EXCLUDED in interval", quoted(m.fields[column]), "correct the line")
			}
		} else {
			v, err = m.value(column)
		}
		if err != nil {
			return err
		}
		if mesaChannels[i].channel == actigraphy.ChannelWear && !math.IsNaN(v) {
			v = 1 - min(v, 1)
		}
		m.channels[i] = append(m.channels[i], v)
	}
	return nil
}

func (m *mesa) undated(ns int64) actigraphy.LocalTime {
	return actigraphy.Undated(time.Weekday(ns/day%7), time.Duration(ns%day))
}

func (m *mesa) recording() (*actigraphy.Recording, error) {
	if len(m.times) == 0 {
		return nil, m.lines.truncated("rows of epochs")
	}
	g, err := grid.Fit(grid.Rows{
		Times: m.times,
		Same:  func(i, j int) bool { return m.activity[i] == m.activity[j] },
		Name:  func(i int) string { return m.undated(m.times[i]).String() },
	}, 0)
	if err != nil {
		return nil, gridError(m.in, err, func(row int) int { return int(m.rows[row]) })
	}
	r := &actigraphy.Recording{
		Subject: m.subject, Device: "Actiwatch Spectrum", Site: "wrist",
		Start: m.undated(g.Start), Epoch: g.Epoch, Activity: m.activity,
		Unit:     actigraphy.Unit{Quantity: "counts", Device: "Actiwatch"},
		Channels: make(map[string][]float64),
	}
	for i, c := range mesaChannels {
		if m.further[i] >= 0 {
			r.Channels[c.channel] = m.channels[i]
		}
	}
	g.Lay(r)
	r.Source.Subject, r.Source.Channel = m.subject, "activity"
	r.Source.Notes = append([]string{
		"The file has weekdays and no dates: the recording is undated.",
		"Wear is the opposite of the column offwrist. The interval status is kept as 0 excluded, 1 active, 2 rest, 3 sleep within rest; sleep/wake as 0 sleep, 1 wake.",
	}, append(g.Notes, m.lines.endNotes()...)...)
	return r, nil
}
