package format

import (
	"bytes"
	"fmt"
	"time"

	"circascope/actigraphy"
)

// time parses the row's time. A date is parsed once for all its rows.
func (t *table) time(at *stamp) error {
	switch {
	case t.m.Timestamp > 0:
		return t.timestamp(t.fields[t.m.Timestamp-1], at)
	case t.m.Date > 0:
		return t.dateAndTime(t.fields[t.m.Date-1], t.fields[t.m.TimeOfDay-1], at)
	default:
		return nil
	}
}

func (t *table) timestamp(f []byte, at *stamp) error {
	f, err := t.zone.cut(t, f)
	if err != nil {
		return err
	}
	if n := len(t.lastDate); n > 0 && len(f) > n && (f[n] == ' ' || f[n] == 'T') && bytes.Equal(f[:n], t.lastDate) {
		*at = t.last.midnight()
		if at.timeOfDay(trim(f[n+1:])) {
			return t.seen(at)
		}
	}
	*at, t.lastDate = stamp{}, t.lastDate[:0]
	switch {
	case at.parse(f):
		t.lastDate = append(t.lastDate, f[:dateEnd(f)]...)
		return t.seen(at)
	case at.unix(f):
		return t.seen(at)
	default:
		return t.lines.fault(fmt.Sprintf("a date and time in column %d", t.m.Timestamp), quoted(f), "correct the line; the file may be damaged or cut off")
	}
}

func (t *table) dateAndTime(date, clock []byte, at *stamp) error {
	if len(t.lastDate) > 0 && bytes.Equal(date, t.lastDate) {
		*at = t.last.midnight()
	} else {
		if !at.date(date) {
			return t.lines.fault(fmt.Sprintf("a date in column %d", t.m.Date), quoted(date), "correct the line; the file may be damaged or cut off")
		}
		t.lastDate = append(t.lastDate[:0], date...)
	}
	if !at.timeOfDay(clock) {
		return t.lines.fault(fmt.Sprintf("a time of day in column %d", t.m.TimeOfDay), quoted(clock), "correct the line; the file may be damaged or cut off")
	}
	return t.seen(at)
}

// unix makes a stamp of Unix seconds or milliseconds.
func (s *stamp) unix(f []byte) bool {
	ns, ok := unixTime(f)
	if !ok {
		return false
	}
	at := time.Unix(0, ns).UTC()
	y, m, d := at.Date()
	*s = stamp{
		year: int16(y), a: uint8(m), b: uint8(d), yearFirst: true, zoned: true,
		clock: ns - at.Truncate(24*time.Hour).UnixNano(),
	}
	return true
}

// seen keeps what the row's date says about the order of dates.
func (t *table) seen(at *stamp) error {
	if s := &t.series[0].stamps; s.len() > 0 && s.first().zoned != at.zoned {
		return t.lines.fault("times with an offset from UTC in all rows or in none", "both", "export the times in one form")
	}
	t.dates.see(at, t.lines.number)
	t.last = *at
	return nil
}

// times returns Unix nanoseconds of the rows: instants where the offset is
// known, else the wall clock as if it were UTC. It can be called once.
func (t *table) times(s *series, order DateOrder) ([]int64, error) {
	times, wrong := s.stamps.times(order)
	if wrong != nil {
		return nil, &actigraphy.FileError{
			File: t.in.Path, Line: int(s.lines[wrong.from]), Expected: "a date that exists, in the order " + order.words(),
			Found: fmt.Sprintf("%02d and %02d of %d", wrong.a, wrong.b, wrong.year), Advice: "correct the line, or name another date order",
		}
	}
	return times, nil
}

// start returns a time of the series as a LocalTime in the zone of its first row.
func (s *series) start(ns int64) actigraphy.LocalTime {
	t := time.Unix(0, ns).UTC()
	if s.zone != nil {
		return actigraphy.Zoned(t.In(s.zone))
	}
	if !s.stamps.first().zoned {
		return actigraphy.Naive(t)
	}
	if s.stamps.first().offset == 0 {
		return actigraphy.Zoned(t)
	}
	return actigraphy.Zoned(t.In(time.FixedZone("", int(s.stamps.first().offset)*60)))
}
