package format

import (
	"bytes"
	"context"
	"fmt"
	"math"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/actilife"
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
	sep    byte     // between columns; 0 until the first line below the header
	mark   byte     // the decimal mark
	first  int      // line of the first row
	values [][]float64
	most   int // rows, with the vector magnitude that is computed

	expected int // rows, about
	stamps   stamps
	fields   [][]byte
}

func (a *actigraphReading) note(format string, args ...any) {
	a.r.Source.Notes = append(a.r.Source.Notes, fmt.Sprintf(format, args...))
}

func (a *actigraphReading) rows() error {
	if err := a.l.each(a.line); err != nil {
		return err
	}
	if a.first == 0 {
		return a.l.truncated("rows of counts below the header")
	}
	a.r.Source.Notes = append(a.r.Source.Notes, a.l.endNotes()...)
	return nil
}

func (a *actigraphReading) line(line []byte) error {
	var ok bool
	if a.sep == 0 && len(trim(line)) > 0 {
		a.separate(line)
	}
	if a.fields, ok = split(line, a.sep, a.fields); !ok {
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

// separate finds what stands between columns. Where Windows is set to decimal
// commas, that is a semicolon.
func (a *actigraphReading) separate(line []byte) {
	a.sep, a.mark = ',', '.'
	for _, sep := range []byte{';', '\t'} {
		if bytes.IndexByte(line, sep) >= 0 {
			a.sep, a.mark = sep, ','
			a.note("Columns are separated by %q, and a comma is the decimal mark.", string(sep))
			return
		}
	}
}

// blank accepts empty lines at the end of the file only.
func (a *actigraphReading) blank() error {
	if a.first == 0 {
		return nil
	}
	return a.l.onlyBlank(func(line []byte) bool { return len(bytes.Trim(line, ",; \t")) == 0 })
}

func (a *actigraphReading) row() error {
	n := len(a.fields)
	for n > len(a.names) && len(a.fields[n-1]) == 0 {
		n--
	}
	if n != len(a.names) {
		return a.l.fault(fmt.Sprintf("%d columns, as in the rows before", len(a.names)), fmt.Sprint(n), "the line may be damaged or the file cut off")
	}
	if a.l.number-a.first >= a.most {
		return a.l.fault(fmt.Sprintf("at most %d epochs of these columns", a.most), "more", "split the file")
	}
	for i, name := range a.names {
		if name == "" {
			continue
		}
		v, ok := number(a.fields[i], a.mark)
		switch {
		case !ok && missing(a.fields[i]):
			v = math.NaN()
		case !ok || v < 0:
			return a.l.fault(fmt.Sprintf("a count of at least 0 in column %d (%s)", i+1, name), quoted(a.fields[i]), "check the file; it may be damaged or cut off")
		}
		a.values[i] = append(roomFor(a.values[i], a.expected), v)
	}
	return a.stamp()
}

func (a *actigraphReading) finish() error {
	g, err := a.grid()
	if err != nil {
		return err
	}
	channels := make(actilife.Channels)
	for i, name := range a.names {
		if name != "" {
			channels[name] = a.values[i]
		}
	}
	a.r.Device, a.r.Site, a.r.Epoch = a.h.device(), actilife.Site(a.h.limb), a.h.epoch
	a.r.Source.Notes = append(a.r.Source.Notes, g.Notes...)
	if a.h.filter != "" && a.h.filter != "Normal" {
		a.note("Counts were made with ActiLife's filter %s; they are higher than with the normal one.", a.h.filter)
	}
	if err := actilife.Take(a.r, channels, a.opts.Channel); err != nil {
		return chosenChannel(a.l.in, err)
	}
	g.Lay(a.r)
	return nil
}
