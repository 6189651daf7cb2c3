package rawcsv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/actilife"
	"circascope/actigraphy/raw"
)

// layout says how a file's lines are read.
type layout struct {
	first        int  // line of the first row, counted from 1
	sep, decimal byte // of the fields, and of the numbers in them
	time         int  // column of the time, -1 where there is none
	axes         [3]int
	light        int // columns of these; -1 where there are none
	temperature  int
	width        int // columns

	unix  bool // times are Unix seconds or milliseconds
	order format.DateOrder
	start actigraphy.LocalTime
	rate  float64

	device, site string
	actiLife     *actiLife // nil in other files
	notes        []string
	chosen       map[string]string // by the user
	fields       [][]byte
	stamp        format.Stamp
	minute       minute
}

// maxPreamble is the line behind which no first row is looked for; GENEActiv has
// 100 lines before.
const maxPreamble = 120

// preamble reads up to the first row and finds the columns.
func (l *layout) preamble(in *format.Input, text *format.Text) error {
	var names []byte
	for {
		line, err := text.Next()
		if errors.Is(err, io.EOF) || text.Line() > maxPreamble {
			return errOther
		}
		if err != nil {
			return errOther // a line without end, or none of a text
		}
		if text.Line() == 1 && isActiLife(line) {
			if l.actiLife, err = readActiLife(in, text, line); err != nil {
				return err
			}
			l.device, l.site = l.actiLife.device(), actilife.Site(l.actiLife.limb)
			continue
		}
		switch {
		case bytes.HasPrefix(line, []byte("Device Type,GENEActiv")):
			l.device = "GENEActiv"
		case l.begins(line):
			l.first = text.Line()
			return l.columns(names)
		case !blank(line):
			names = append(names[:0], line...)
		}
	}
}

// begins reports whether a line is a row, and keeps how its fields are parted and
// which of the first two is the time.
func (l *layout) begins(line []byte) bool {
	for _, sep := range []byte(",;\t") {
		fields, ok := format.Split(line, sep, nil)
		if !ok || len(fields) < 3 {
			continue
		}
		l.sep, l.decimal, l.width, l.time = sep, '.', len(fields), -1
		if sep != ',' && bytes.IndexByte(line, ',') >= 0 {
			l.decimal = ','
		}
		if l.isTime(fields[0]) {
			l.time = 0
		}
		from := l.time + 1
		if len(fields) < from+3 || l.time < 0 && l.actiLife == nil {
			continue
		}
		if l.number(fields[from]) && l.number(fields[from+1]) && l.number(fields[from+2]) {
			return true
		}
	}
	return false
}

func (l *layout) number(field []byte) bool {
	_, ok := format.Number(field, l.decimal)
	return ok
}

// isTime sees a date with a time of day, or Unix time.
func (l *layout) isTime(field []byte) bool {
	if l.stamp.Parse(field) {
		l.unix = false
		return true
	}
	_, l.unix = unixNanos(field)
	return l.unix
}

// columns finds the axes by their names, else takes the first three behind the
// time.
func (l *layout) columns(names []byte) error {
	from := l.time + 1
	l.axes, l.light, l.temperature = [3]int{from, from + 1, from + 2}, -1, -1
	fields, _ := format.Split(names, l.sep, nil)
	switch {
	case l.device == "GENEActiv":
		l.light, l.temperature = l.column(4), l.column(6)
		return nil
	case len(fields) != l.width:
		l.note("The columns have no names: %d to %d are taken as x, y and z.", from+1, from+3)
		return nil
	}
	return l.named(fields)
}

// column is i where there is such a column, else -1.
func (l *layout) column(i int) int {
	if i < l.width {
		return i
	}
	return -1
}

func (l *layout) named(fields [][]byte) error {
	found := [3]int{-1, -1, -1}
	for i, f := range fields {
		switch name := strings.TrimSuffix(format.PlainName(string(f)), "g"); name {
		case "x", "accelerometerx", "accelerationx", "accx", "accelx", "xaxis":
			found[0] = i
		case "y", "accelerometery", "accelerationy", "accy", "accely", "yaxis":
			found[1] = i
		case "z", "accelerometerz", "accelerationz", "accz", "accelz", "zaxis":
			found[2] = i
		case "axis1": // ActiGraph's first axis is y
			found[1] = i
		case "axis2":
			found[0] = i
		case "axis3":
			found[2] = i
		case "light", "lux":
			l.light = i
		case "temperature", "temp":
			l.temperature = i
		}
	}
	switch {
	case found[0] >= 0 && found[1] >= 0 && found[2] >= 0:
		l.axes = found
		l.note("Acceleration is of the columns %q, %q and %q.", fields[found[0]], fields[found[1]], fields[found[2]])
	case found != [3]int{-1, -1, -1}:
		return errOther
	default:
		l.note("The columns' names say nothing of axes: %q, %q and %q are taken as x, y and z.",
			fields[l.axes[0]], fields[l.axes[1]], fields[l.axes[2]])
	}
	return nil
}

func (l *layout) note(format string, args ...any) {
	l.notes = append(l.notes, fmt.Sprintf(format, args...))
}

// header puts what was found into the domain's words.
func (l *layout) header() raw.Header {
	return raw.Header{Device: l.device, Site: l.site, Start: l.start, Rate: l.rate, Notes: l.notes}
}

// row is a line's sample.
type row struct {
	line               int
	at                 int64  // nanoseconds since 1970 on the clock of the start; of files with times
	text               []byte // of the time
	v                  [3]float64
	light, temperature float64
}

func (r *row) norm() float64 {
	return math.Sqrt(r.v[0]*r.v[0] + r.v[1]*r.v[1] + r.v[2]*r.v[2])
}

// parse reads a line but for its time, whose text it keeps.
func (l *layout) parse(line []byte, r *row) bool {
	var ok bool
	if l.fields, ok = format.Split(line, l.sep, l.fields); !ok || len(l.fields) != l.width {
		return false
	}
	for i, c := range l.axes {
		if r.v[i], ok = format.Number(l.fields[c], l.decimal); !ok {
			return false
		}
	}
	if l.time >= 0 {
		r.text = l.fields[l.time]
	}
	r.light, r.temperature = l.optional(l.light), l.optional(l.temperature)
	return true
}

func (l *layout) optional(column int) float64 {
	if column < 0 {
		return math.NaN()
	}
	v, ok := format.Number(l.fields[column], l.decimal)
	if !ok {
		return math.NaN()
	}
	return v
}

func blank(line []byte) bool { return len(bytes.Trim(line, ",;\t \"")) == 0 }
