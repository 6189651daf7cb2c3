package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/actilife"
	"circascope/actigraphy/format/internal/grid"
)

// ActiGraphCSV reads the epoch CSV of ActiLife: ten header lines, with or
// without a line of column names, with or without a column of times. Axis 1 is
// taken unless another channel is named.
type ActiGraphCSV struct{}

// Format describes the format.
func (ActiGraphCSV) Format() Info {
	return Info{ID: "actigraph-csv", Name: "ActiGraph epoch CSV", Extensions: []string{".csv"}}
}

// Sniff looks for ActiLife's first header line.
func (ActiGraphCSV) Sniff(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.ToLower(line)
	return bytes.Contains(line, []byte("file created by actigraph")) && bytes.Contains(line, []byte("-----"))
}

// Read reads the one recording of the file.
func (ActiGraphCSV) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	a := &actigraphReading{l: l, opts: opts, r: &actigraphy.Recording{Subject: stem(in.Name)}}
	a.r.Source.Subject = a.r.Subject
	a.note("The participant's name is taken from the file's name.")
	if a.h, err = readActigraphHeader(l); err != nil {
		return err
	}
	if err := a.rows(); err != nil {
		return err
	}
	if err := a.finish(); err != nil {
		return err
	}
	return emit(a.r)
}

// actigraphReading is the state of reading one file.
type actigraphReading struct {
	l      *lines
	opts   Options
	h      *actigraphHeader
	r      *actigraphy.Recording
	names  []string // what each column holds; "" where it is not read
	time   Mapping  // the columns of time, where there are some
	first  int      // line of the first row
	values [][]float64
	stamps []stamp
	fields [][]byte
}

func (a *actigraphReading) note(format string, args ...any) {
	a.r.Source.Notes = append(a.r.Source.Notes, fmt.Sprintf(format, args...))
}

func (a *actigraphReading) rows() error {
	for {
		line, err := a.l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := a.line(line); err != nil {
			return err
		}
	}
	if a.first == 0 {
		return a.l.truncated("rows of counts below the header")
	}
	a.r.Source.Notes = append(a.r.Source.Notes, a.l.endNotes()...)
	return nil
}

func (a *actigraphReading) line(line []byte) error {
	var ok bool
	if a.fields, ok = split(line, ',', a.fields); !ok {
		return a.l.fault("quotes that are closed on the line", quoted(line), "correct the line")
	}
	switch {
	case isBlank(a.fields):
		return a.blank()
	case a.names == nil && a.columnNames():
		return nil
	case a.first == 0:
		a.first = a.l.number
	}
	return a.row()
}

// blank accepts empty lines at the end of the file only.
func (a *actigraphReading) blank() error {
	if a.first == 0 {
		return nil
	}
	for {
		line, err := a.l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(bytes.Trim(line, ", \t")) > 0 {
			return a.l.fault("no empty line between epochs", quoted(line), "check the file; it may be damaged")
		}
	}
}

// columnNames takes the first line below the header as names, or the columns
// from the device's mode where it is a row. It reports whether it was names.
func (a *actigraphReading) columnNames() bool {
	named := false
	for _, f := range a.fields {
		if _, ok := number(f, '.'); !ok && !isTemporal(f) && !missing(f) {
			named = true
		}
	}
	if named {
		a.nameColumns()
	} else {
		a.names = modeColumns(a.h.mode, len(a.fields))
		a.note("The file names no columns; they are %s by the device's mode %d.", strings.Join(known(a.names), ", "), a.h.mode)
	}
	a.values = make([][]float64, len(a.names))
	return named
}

func (a *actigraphReading) nameColumns() {
	a.names = make([]string, len(a.fields))
	var left []string
	for i, f := range a.fields {
		column := toUTF8(f)
		name, ok := actilife.Name(column)
		switch plain := plainName(column); {
		case ok:
			a.names[i] = name
		case plain == "timestamp" || plain == "datetime":
			a.time.Timestamp = i + 1
		case plain == "date":
			a.time.Date = i + 1
		case plain == "time" || plain == "epoch":
			a.time.TimeOfDay = i + 1
		case column != "":
			left = append(left, fmt.Sprintf("%q", column))
		}
	}
	if len(left) > 0 {
		a.note("Columns that were not read: %s.", strings.Join(left, ", "))
	}
}

// The bits of ActiLife's mode number name the columns of a file without names.
const (
	modeSteps   = 1
	modeHeart   = 2
	modeAxis2   = 4
	modeAxis3   = 8
	modeLux     = 16
	modeIncline = 32
)

// modeColumns returns the columns by the mode, or axis 1 alone where the mode
// does not explain how many there are.
func modeColumns(mode, n int) []string {
	names := []string{actigraphy.ChannelAxis1}
	add := func(bit int, columns ...string) {
		if mode&bit != 0 {
			names = append(names, columns...)
		}
	}
	add(modeAxis2, actigraphy.ChannelAxis2)
	add(modeAxis3, actigraphy.ChannelAxis3)
	add(modeSteps, actigraphy.ChannelSteps)
	add(modeHeart, "")
	add(modeLux, actigraphy.ChannelLight)
	add(modeIncline, "", "", "", "")
	if len(names) == n {
		return names
	}
	names = make([]string, n)
	names[0] = actigraphy.ChannelAxis1
	return names
}

func known(names []string) []string {
	var out []string
	for _, n := range names {
		if n == "" {
			n = "not read"
		}
		out = append(out, n)
	}
	return out
}

func (a *actigraphReading) row() error {
	n := len(a.fields)
	for n > len(a.names) && len(a.fields[n-1]) == 0 {
		n--
	}
	if n != len(a.names) {
		return a.l.fault(fmt.Sprintf("%d columns, as in the rows before", len(a.names)), fmt.Sprint(n), "the line may be damaged or the file cut off")
	}
	if a.l.number-a.first >= maxEpochs {
		return a.l.fault(fmt.Sprintf("at most %d epochs", maxEpochs), "more", "split the file")
	}
	for i, name := range a.names {
		if name == "" {
			continue
		}
		v, ok := number(a.fields[i], '.')
		switch {
		case !ok && missing(a.fields[i]):
			v = math.NaN()
		case !ok || v < 0:
			return a.l.fault(fmt.Sprintf("a count of at least 0 in column %d (%s)", i+1, name), quoted(a.fields[i]), "check the file; it may be damaged or cut off")
		}
		a.values[i] = append(a.values[i], v)
	}
	return a.stamp()
}

// stamp reads the row's time. ActiLife writes local times, even with a Z.
func (a *actigraphReading) stamp() error {
	var s stamp
	switch t := a.time; {
	case t.Timestamp > 0:
		if f := a.fields[t.Timestamp-1]; !s.parse(f) {
			return a.l.fault("a date and time", quoted(f), "check the file; it may be damaged or cut off")
		}
	case t.Date > 0 && t.TimeOfDay > 0:
		if f := a.fields[t.Date-1]; !s.date(f) {
			return a.l.fault("a date", quoted(f), "check the file; it may be damaged or cut off")
		}
		if f := a.fields[t.TimeOfDay-1]; !s.timeOfDay(f) {
			return a.l.fault("a time of day", quoted(f), "check the file; it may be damaged or cut off")
		}
	default:
		return nil
	}
	a.stamps = append(a.stamps, s)
	return nil
}

func (a *actigraphReading) finish() error {
	g, err := a.grid()
	if err != nil {
		return err
	}
	channels := make(actilife.Channels)
	for i, name := range a.names {
		if name != "" {
			channels[name] = g.Column(a.values[i])
		}
	}
	a.r.Device, a.r.Site, a.r.Epoch = a.h.device(), actilife.Site(a.h.limb), a.h.epoch
	a.r.Source.Notes = append(a.r.Source.Notes, g.Notes...)
	if a.h.filter != "" && a.h.filter != "Normal" {
		a.note("Counts were made with ActiLife's filter %s; they are higher than with the normal one.", a.h.filter)
	}
	return chosenChannel(a.l.in, actilife.Take(a.r, channels, a.opts.Channel))
}

// grid finds the start and the epochs: from the rows' times where there are
// some, else from the header.
func (a *actigraphReading) grid() (*grid.Grid, error) {
	order, err := a.h.order(a)
	if err != nil {
		return nil, err
	}
	start, ok := a.h.start.local(order)
	if !ok {
		return nil, a.h.dateFault(a.l.in, order)
	}
	if a.stamps == nil {
		a.r.Start = start
		return &grid.Grid{Epoch: a.h.epoch}, nil
	}
	times := make([]int64, len(a.stamps))
	for i := range a.stamps {
		d, ok := a.stamps[i].days(order)
		if !ok {
			return nil, &actigraphy.FileError{
				File: a.l.in.Path, Line: a.first + i, Expected: "a date that exists, in the order " + order.words(),
				Found: fmt.Sprintf("%02d and %02d of %d", a.stamps[i].a, a.stamps[i].b, a.stamps[i].year), Advice: "name another date order",
			}
		}
		times[i] = d*day + a.stamps[i].clock
	}
	a.r.Start = actigraphy.Naive(time.Unix(0, times[0]).UTC())
	if !a.r.Start.Equal(start) {
		a.note("The header names the start %v and the rows begin at %v; the rows are taken.", start, a.r.Start)
	}
	return a.fit(times)
}

func (a *actigraphReading) fit(times []int64) (*grid.Grid, error) {
	rows := grid.Rows{
		Times: times, Wall: true,
		Same: func(i, j int) bool { return a.same(i, j) },
		Name: func(i int) string { return actigraphy.Naive(time.Unix(0, times[i]).UTC()).String() },
	}
	epoch := time.Duration(0)
	if len(times) == 1 {
		epoch = a.h.epoch
	}
	g, err := grid.Fit(rows, epoch)
	if err != nil {
		return nil, gridError(a.l.in, err, func(row int) int { return a.first + row })
	}
	if g.Epoch != a.h.epoch {
		return nil, &actigraphy.FileError{
			File: a.l.in.Path, Line: a.h.epochLine, Expected: fmt.Sprintf("the epoch of the rows, %v", g.Epoch),
			Found: fmt.Sprint(a.h.epoch), Advice: "export the file again; its header does not fit its rows",
		}
	}
	return g, nil
}

func (a *actigraphReading) same(i, j int) bool {
	for _, v := range a.values {
		if v != nil && v[i] != v[j] && !(math.IsNaN(v[i]) && math.IsNaN(v[j])) {
			return false
		}
	}
	return true
}
