package format

import (
	"bytes"
	"fmt"
	"math"
	"slices"
)

// role says what a column of a device's table holds.
type role uint8

const (
	roleNone   role = iota // not read
	roleStamp              // a date with a time of day
	roleDate               // a date
	roleClock              // a time of day
	roleMillis             // milliseconds of the time
	roleValue              // a number
	roleWord               // a word out of a few, kept as a number
)

// maxCells bounds what is kept of one file: 384 MiB of numbers.
const maxCells = 48 << 20

// epochColumn is one column of a device's table.
type epochColumn struct {
	role   role
	name   string // the channel
	signed bool   // numbers below 0 have a meaning
	values []float64
	code   func(word []byte) float64 // of roleWord
}

// epochRows reads the table of a device's own export below its header: one row
// an epoch, with the time at its beginning. Dates stay undecided until the whole
// file has been seen.
type epochRows struct {
	l       *lines
	sep     byte
	columns []epochColumn
	missing func(field []byte) bool // words for values that were not recorded, beyond the usual

	fields   [][]byte
	n        int // rows
	first    int // line of the first row
	clocks   []int64
	days     []dayRun
	dates    dateEvidence
	lastDate []byte // its text
	mark     byte   // decimal mark of the first number that has one
}

// dayRun is a run of rows with one date.
type dayRun struct {
	row  int
	date stamp
}

// row reads one line.
func (e *epochRows) row(line []byte) error {
	var ok bool
	if e.fields, ok = split(line, e.sep, e.fields); !ok {
		return e.l.fault("quotes that are closed on the line", quoted(line), "the file may be damaged or cut off; export it again")
	}
	if isBlank(e.fields) {
		return e.blank()
	}
	if e.n == 0 {
		e.first = e.l.number
	}
	if err := e.checkWidth(); err != nil {
		return err
	}
	if most := min(maxEpochs, maxCells/max(1, len(e.columns))); e.n >= most {
		return e.l.fault(fmt.Sprintf("at most %d rows of %d columns", most, len(e.columns)), "more", "split the file")
	}
	if e.n == manyRows {
		e.makeRoom(e.l.in.linesAbout())
	}
	e.clocks = append(e.clocks, 0)
	for i := range e.columns {
		if err := e.field(i, e.fields[i]); err != nil {
			return err
		}
	}
	e.n++
	return nil
}

func (e *epochRows) makeRoom(expected int) {
	e.clocks = roomFor(e.clocks, expected)
	for i := range e.columns {
		e.columns[i].values = roomFor(e.columns[i].values, expected)
	}
}

// blank accepts empty lines before the first row and after the last.
func (e *epochRows) blank() error {
	if e.n == 0 {
		return nil
	}
	return e.l.onlyBlank(func(line []byte) bool { return len(bytes.Trim(line, ",;\" \t")) == 0 })
}

// checkWidth refuses a row of another width. Empty fields at its end make no
// difference.
func (e *epochRows) checkWidth() error {
	n := len(e.fields)
	for n > len(e.columns) && len(e.fields[n-1]) == 0 {
		n--
	}
	if n == len(e.columns) {
		return nil
	}
	return e.l.fault(fmt.Sprintf("%d columns, as their names say", len(e.columns)), fmt.Sprint(n), "the file may be damaged or cut off; export it again")
}

func (e *epochRows) field(i int, f []byte) error {
	c := &e.columns[i]
	switch c.role {
	case roleValue:
		v, err := e.value(i, f)
		c.values = append(c.values, v)
		return err
	case roleWord:
		c.values = append(c.values, c.code(f))
	case roleStamp:
		return e.stamp(f)
	case roleDate:
		return e.date(f)
	case roleClock:
		return e.clock(f)
	case roleMillis:
		ms, ok := integer(f)
		if !ok || ms > 999 {
			return e.wrong(i, "milliseconds from 0 to 999", f)
		}
		e.clocks[e.n] += int64(ms) * (second / 1000)
	case roleNone:
	}
	return nil
}

// value parses a number. The first that has a decimal mark settles which it is.
func (e *epochRows) value(i int, f []byte) (float64, error) {
	v, ok := number(f, '.')
	switch {
	case ok && e.mark != ',':
		if e.mark == 0 && bytes.IndexByte(f, '.') >= 0 {
			e.mark = '.'
		}
	case !ok && (missing(f) || e.missing != nil && e.missing(f)):
		return math.NaN(), nil
	default:
		v, ok = number(f, ',')
		if ok && bytes.IndexByte(f, ',') >= 0 {
			ok = e.mark != '.'
			e.mark = ','
		}
	}
	if !ok || v < 0 && !e.columns[i].signed || v > maxActivity {
		return 0, e.wrong(i, "a number of at least 0"+largest(v), f)
	}
	return v, nil
}

func (e *epochRows) wrong(i int, expected string, f []byte) error {
	if name := e.columns[i].name; name != "" {
		expected += fmt.Sprintf(" in column %d (%s)", i+1, name)
	} else {
		expected += fmt.Sprintf(" in column %d", i+1)
	}
	return e.l.fault(expected, quoted(f), "check the file; it may be damaged or cut off")
}

// read takes all rows that are left.
func (e *epochRows) read() error {
	if err := e.l.each(e.row); err != nil {
		return err
	}
	if e.n == 0 {
		return e.l.truncated("rows of epochs below the names of columns")
	}
	return nil
}

// take returns the values of a channel and gives them up, nil where there is none.
func (e *epochRows) take(name string) []float64 {
	for i := range e.columns {
		if c := &e.columns[i]; c.name == name && c.values != nil {
			v := c.values
			c.role, c.values = roleNone, nil
			return v
		}
	}
	return nil
}

// names lists the channels.
func (e *epochRows) names() []string {
	var out []string
	for _, c := range e.columns {
		if c.role == roleValue || c.role == roleWord {
			out = append(out, c.name)
		}
	}
	return out
}

// twice returns a name that two channels share, "" where there is none.
func (e *epochRows) twice() string {
	names := e.names()
	slices.Sort(names)
	for i := 1; i < len(names); i++ {
		if names[i] == names[i-1] {
			return names[i]
		}
	}
	return ""
}

// same reports whether two rows hold the same values.
func (e *epochRows) same(i, j int) bool {
	for _, c := range e.columns {
		if c.values != nil && c.values[i] != c.values[j] && !(math.IsNaN(c.values[i]) && math.IsNaN(c.values[j])) {
			return false
		}
	}
	return true
}
