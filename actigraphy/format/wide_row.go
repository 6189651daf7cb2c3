package format

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"circascope/actigraphy"
)

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
