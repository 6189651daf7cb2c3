package format

import (
	"bytes"
	"time"
)

// date parses three numbers with the year first or last, or a day with a month's
// name. It sets the date of s.
func (s *stamp) date(b []byte) bool {
	i := bytes.IndexAny(b, "-/. ")
	if i < 0 {
		return s.compactDate(b)
	}
	sep := b[i]
	s.short = false
	j := bytes.IndexByte(b[i+1:], sep)
	if j < 0 {
		return false
	}
	first, second, third := b[:i], b[i+1:i+1+j], b[i+j+2:]
	x, ok := integer(first)
	if !ok {
		return false
	}
	if m := monthName(second); m > 0 {
		z, ok := year(third)
		s.a, s.b, s.named, s.year = uint8(min(x, 255)), uint8(m), true, int16(z)
		return ok && x <= 31
	}
	y, ok := integer(second)
	if !ok || y > 31 {
		return false
	}
	if len(first) == 4 {
		z, ok := integer(third)
		s.year, s.a, s.b, s.yearFirst = int16(x), uint8(y), uint8(min(z, 255)), true
		return ok && inCalendar(x) && y <= 12 && z <= 31
	}
	z, ok := year(third)
	s.a, s.b, s.year, s.short = uint8(min(x, 255)), uint8(y), int16(z), len(third) == 2
	if s.short && sep == '-' {
		return false // 20-03-18 may as well begin with the year
	}
	return ok && x <= 31 && x > 0 && y > 0
}

// compactDate parses 20180123.
func (s *stamp) compactDate(b []byte) bool {
	n, ok := integer(b)
	if !ok || len(b) != 8 {
		return false
	}
	s.year, s.a, s.b, s.yearFirst = int16(n/10000), uint8(n/100%100), uint8(n%100), true
	return inCalendar(n/10000) && s.a <= 12 && s.b <= 31
}

// year parses four digits, or two as POSIX does: 69 to 99 are in the 1900s.
func year(b []byte) (int, bool) {
	n, ok := integer(b)
	switch {
	case !ok:
		return 0, false
	case len(b) == 2 && n >= 69:
		n += 1900
	case len(b) == 2:
		n += 2000
	}
	return n, inCalendar(n)
}

func monthName(b []byte) int {
	if len(b) < 3 || len(b) > 9 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); len(b) == 3 && bytes.EqualFold(b, []byte(name[:3])) || bytes.EqualFold(b, []byte(name)) {
			return int(m)
		}
	}
	return 0
}

// parse parses a date, a time of day behind a space or a T, and an offset where
// there is one. A zone's name in brackets behind it is passed over.
func (s *stamp) parse(b []byte) bool {
	b, _ = cutZone(b)
	i := dateEnd(b)
	return i > 0 && s.date(b[:i]) && s.timeOfDay(trim(b[i+1:]))
}

// dateEnd returns the place of the space or T between a date and a time of day,
// 0 where there is none. In 23 Jan 2018 13:58 it is the third space.
func dateEnd(b []byte) int {
	spaces := 1
	if len(b) > 2 && (b[1] == ' ' || b[2] == ' ') {
		spaces = 3
	}
	for i := 1; i < len(b)-1; i++ {
		switch {
		case b[i] == ' ':
			if spaces--; spaces == 0 {
				return i
			}
		case b[i] == 'T' && isDigit(b[i-1]) && isDigit(b[i+1]):
			return i
		}
	}
	return 0
}

// timeOfDay parses a time of day with an offset where there is one.
func (s *stamp) timeOfDay(b []byte) bool {
	ns, ok := clock(s.zone(b))
	s.clock = ns
	return ok
}

func isTimestamp(b []byte) bool {
	var s stamp
	return s.parse(b)
}

func isDate(b []byte) bool {
	var s stamp
	return s.date(b) && bytes.ContainsAny(b, "-/. ")
}

func isTemporal(b []byte) bool {
	if isTimestamp(b) || isDate(b) || isClock(b) {
		return true
	}
	_, ok := unixTime(b)
	return ok
}

// unixTime parses Unix seconds, or milliseconds, of the years 2001 to 2099 into
// nanoseconds.
func unixTime(b []byte) (int64, bool) {
	v, ok := number(b, '.')
	switch {
	case !ok:
		return 0, false
	case v >= 1e9 && v < 4.1e9:
		return int64(v*1e3+0.5) * int64(time.Millisecond), true
	case v >= 1e12 && v < 4.1e12:
		return int64(v+0.5) * int64(time.Millisecond), true
	default:
		return 0, false
	}
}
