package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"circascope/actigraphy"
)

// wide is a wide table: where its columns are, and what a survey of all its rows
// found. Nothing is emitted before the survey, so that a bad row in the middle
// does not leave half a cohort behind.
type wide struct {
	in     *Input
	sep    byte
	id     int // columns, counted from 0
	day    int
	first  int // MIN1
	width  int
	codes  bool // days are NHANES codes, 1 for Sunday
	extra  []string
	people int
	kind   dayKind
	dates  dateEvidence
	seen   map[string]int // people's first lines
	above1 bool           // a value that is no flag occurs
	prefix [][]byte       // fields before MIN1 of the current row
}

// surveyWide reads the header and checks every row.
func surveyWide(ctx context.Context, in *Input) (*wide, error) {
	t := &wide{in: in}
	l, err := in.text(ctx)
	if err != nil {
		return nil, err
	}
	if err := t.header(l); err != nil {
		return nil, err
	}
	err = t.walk(l, func(p *person) error {
		t.people++
		p.reuse = true
		for _, v := range p.values {
			if v > 1 || v != math.Trunc(v) && !math.IsNaN(v) {
				t.above1 = true
				break
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if t.people == 0 {
		return nil, l.truncated("rows of one person and day each")
	}
	return t, nil
}

// flags reports a table of zeros and ones.
func (t *wide) flags() bool { return !t.above1 }

// header finds the columns.
func (t *wide) header(l *lines) error {
	line, err := l.next()
	if err != nil {
		return err
	}
	t.sep = ','
	for _, sep := range []byte{';', '\t'} {
		if bytes.Count(line, []byte{sep}) >= minutesPerDay {
			t.sep = sep
		}
	}
	fields, _ := split(line, t.sep, nil)
	t.width, t.id, t.day, t.first = len(fields), -1, -1, -1
	for i, f := range fields {
		t.column(i, toUTF8(f))
	}
	return t.checkHeader(l, fields)
}

func (t *wide) column(i int, name string) {
	switch plain := plainName(name); {
	case plain == "min1":
		t.first = i
	case t.first >= 0 && i < t.first+minutesPerDay:
	case subjectNames[plain] && t.id < 0:
		t.id = i
	case t.day < 0 && (plain == "date" || plain == "day" || plain == "weekday" || plain == "paxday" || plain == "dayofweek"):
		t.day, t.codes = i, plain == "weekday" || plain == "paxday" || plain == "dayofweek"
	case name != "":
		t.extra = append(t.extra, strconv.Quote(name))
	}
}

func (t *wide) checkHeader(l *lines, fields [][]byte) error {
	switch {
	case t.id < 0:
		return l.fault("a column of participants named ID or SEQN", "none", "name the column")
	case t.day < 0:
		return l.fault("a column of days named Date, Day or WEEKDAY", "none", "name the column")
	case t.first < 0 || t.first+minutesPerDay > len(fields):
		return l.fault("the columns MIN1 to MIN1440", fmt.Sprintf("%d columns", len(fields)), "check how the table was made")
	case t.id > t.first || t.day > t.first:
		return l.fault("the participant and the day before MIN1", "them behind MIN1440", "change the order of the columns")
	}
	for i := range minutesPerDay {
		if got, want := plainName(string(fields[t.first+i])), "min"+strconv.Itoa(i+1); got != want {
			return l.fault(fmt.Sprintf("the column MIN%d", i+1), quoted(fields[t.first+i]), "the minute columns must stand in order, MIN1 to MIN1440")
		}
	}
	return nil
}

// walk calls visit for every person, whose rows must follow each other.
func (t *wide) walk(l *lines, visit func(*person) error) error {
	t.seen = make(map[string]int)
	var p *person
	for {
		line, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		rest, err := t.split(l, line)
		if err != nil {
			return err
		}
		if p == nil || string(t.prefix[t.id]) != p.key {
			if p, err = t.turn(l, p, visit); err != nil {
				return err
			}
		}
		if err := t.row(l, p, rest); err != nil {
			return err
		}
	}
	if p == nil {
		return nil
	}
	return t.done(p, visit)
}

// turn finishes a person and begins the next.
func (t *wide) turn(l *lines, p *person, visit func(*person) error) (*person, error) {
	next := &person{}
	if p != nil {
		if err := t.done(p, visit); err != nil {
			return nil, err
		}
		if p.reuse {
			next.values = p.values[:0]
		}
	}
	next.key = string(t.prefix[t.id])
	next.id = toUTF8(t.prefix[t.id])
	if next.id == "" {
		return nil, l.fault("a participant's id", "nothing", "fill in the column")
	}
	if first, ok := t.seen[next.key]; ok {
		return nil, l.fault("the rows of a participant to follow each other",
			fmt.Sprintf("more of %s, whose rows begin on line %d", strconv.Quote(next.id), first), "sort the table by participant and day")
	}
	t.seen[next.key] = l.number
	t.dates.restart()
	return next, nil
}

func (t *wide) done(p *person, visit func(*person) error) error {
	if err := t.arrange(p); err != nil {
		return err
	}
	return visit(p)
}

// split takes the fields before MIN1 and returns the rest of the line.
func (t *wide) split(l *lines, line []byte) ([]byte, error) {
	t.prefix = t.prefix[:0]
	rest := line
	for range t.first {
		var field []byte
		i := bytes.IndexByte(rest, t.sep)
		switch {
		case len(rest) > 0 && rest[0] == '"':
			var ok bool
			if field, rest, ok = quotedField(rest, t.sep); !ok || rest == nil {
				return nil, t.tooFew(l, line)
			}
		case i < 0:
			return nil, t.tooFew(l, line)
		default:
			field, rest = trim(rest[:i]), rest[i+1:]
		}
		t.prefix = append(t.prefix, field)
	}
	return rest, nil
}

func (t *wide) tooFew(l *lines, line []byte) error {
	return l.fault(fmt.Sprintf("%d columns, as in the header", t.width), strconv.Itoa(bytes.Count(line, []byte{t.sep})+1),
		"the file may be cut off or the line damaged")
}

// row adds a day to a person.
func (t *wide) row(l *lines, p *person, rest []byte) error {
	d, err := t.label(l)
	if err != nil {
		return err
	}
	if (len(p.days)+1)*minutesPerDay > maxEpochs {
		return l.fault(fmt.Sprintf("at most %d days of one participant", maxEpochs/minutesPerDay), "more", "split the file")
	}
	p.days = append(p.days, d)
	p.lines = append(p.lines, l.number)
	n := len(p.values)
	p.values = append(p.values, dayOfNaN[:]...)
	return t.minutes(l, rest, p.values[n:])
}

// minutes parses the columns from MIN1 on. This is where the time goes: whole
// numbers are parsed in place.
func (t *wide) minutes(l *lines, rest []byte, values []float64) error {
	i, column := 0, 0
	for ; column < minutesPerDay && i <= len(rest); column++ {
		start, v := i, 0
		for i < len(rest) && '0' <= rest[i] && rest[i] <= '9' {
			v = v*10 + int(rest[i]-'0')
			i++
		}
		if n := i - start; n > 0 && n <= 15 && (i == len(rest) || rest[i] == t.sep) {
			values[column] = float64(v)
			i++
			continue
		}
		end := len(rest)
		if j := bytes.IndexByte(rest[i:], t.sep); j >= 0 {
			end = i + j
		}
		if err := t.minute(l, column, bytes.Trim(trim(rest[start:end]), `"`), values); err != nil {
			return err
		}
		i = end + 1
	}
	columns := t.first + column
	if i <= len(rest) {
		columns += bytes.Count(rest[i:], []byte{t.sep}) + 1
	}
	if columns != t.width {
		return l.fault(fmt.Sprintf("%d columns, as in the header", t.width), strconv.Itoa(columns), "the file may be cut off or the line damaged")
	}
	return nil
}

// minute parses a field that is no plain whole number.
func (t *wide) minute(l *lines, column int, f []byte, values []float64) error {
	v, ok := number(f, '.')
	switch {
	case ok && v >= 0:
		values[column] = v
	case !ok && missing(f):
		values[column] = math.NaN()
	default:
		return l.fault(fmt.Sprintf("a number of at least 0 in MIN%d", column+1), quoted(f), "correct the value, or leave it empty where nothing was recorded")
	}
	return nil
}

// dayOfNaN is a day that was not recorded.
var dayOfNaN = func() (d [minutesPerDay]float64) {
	for i := range d {
		d[i] = math.NaN()
	}
	return d
}()

// emit reads the table again and emits a recording for every person.
func (t *wide) emit(ctx context.Context, chosen DateOrder, wear *wearTable, emit func(*actigraphy.Recording) error) error {
	choice, err := t.dates.decide(t.in, chosen)
	if err != nil {
		return err
	}
	l, err := t.in.text(ctx)
	if err != nil {
		return err
	}
	if err := l.skip(1); err != nil {
		return err
	}
	return t.walk(l, func(p *person) error {
		r, err := p.recording(t, choice.order)
		if err != nil {
			return err
		}
		choice.keep(&r.Source)
		if len(t.extra) > 0 {
			r.Source.Notes = append(r.Source.Notes, "Columns that were not read: "+strings.Join(t.extra, ", ")+".")
		}
		if err := wear.attach(r, p.id); err != nil {
			return err
		}
		return emit(r)
	})
}
