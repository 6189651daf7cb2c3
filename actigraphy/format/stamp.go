package format

import (
	"bytes"
	"time"

	"circascope/actigraphy"
)

// Years outside these are a misreading, or overflow the time in nanoseconds.
const (
	firstYear = 1900
	lastYear  = 2199
)

func inCalendar(year int) bool { return firstYear <= year && year <= lastYear }

const (
	second = int64(time.Second)
	minute = int64(time.Minute)
	hour   = int64(time.Hour)
	day    = 24 * hour
)

// stamp is a date and time as it stands in a file. Where the year does not come
// first, a and b are the first two numbers of the date, and which of them is the
// day is decided over the whole file.
type stamp struct {
	clock     int64 // nanoseconds since midnight
	year      int16
	offset    int16 // minutes east of UTC
	a, b      uint8
	yearFirst bool
	named     bool // the month was a name: a is the day, b the month
	zoned     bool // offset is known
}

// date parses three numbers with the year first or last, or a day with a month's
// name. It sets the date of s.
func (s *stamp) date(b []byte) bool {
	i := bytes.IndexAny(b, "-/. ")
	if i < 0 {
		return s.compactDate(b)
	}
	sep := b[i]
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
	s.a, s.b, s.year = uint8(min(x, 255)), uint8(y), int16(z)
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

// clock parses 9:38, 09:38:00, 09:38:00.250 and 09:38:00 AM, in nanoseconds
// since midnight.
func clock(b []byte) (int64, bool) {
	half := -1
	if n := len(b); n > 2 && (b[n-1]|0x20) == 'm' {
		switch b[n-2] | 0x20 {
		case 'a':
			half = 0
		case 'p':
			half = 12
		default:
			return 0, false
		}
		b = bytes.TrimRight(b[:n-2], " ")
	}
	h, b, ok := digits(b)
	if !ok || len(b) == 0 || b[0] != ':' {
		return 0, false
	}
	m, b, ok := digits(b[1:])
	if !ok {
		return 0, false
	}
	s, fraction := 0, int64(0)
	if len(b) > 0 && b[0] == ':' {
		if s, b, ok = digits(b[1:]); !ok {
			return 0, false
		}
		if fraction, b, ok = fractionOfSecond(b); !ok {
			return 0, false
		}
	}
	if half >= 0 {
		if h < 1 || h > 12 {
			return 0, false
		}
		h = h%12 + half
	}
	return int64(h)*hour + int64(m)*minute + int64(s)*second + fraction,
		len(b) == 0 && h <= 23 && m <= 59 && s <= 59
}

// digits takes one or two digits from the front.
func digits(b []byte) (n int, rest []byte, ok bool) {
	i := 0
	for i < len(b) && i < 2 && '0' <= b[i] && b[i] <= '9' {
		n = n*10 + int(b[i]-'0')
		i++
	}
	return n, b[i:], i > 0
}

func fractionOfSecond(b []byte) (ns int64, rest []byte, ok bool) {
	if len(b) == 0 || b[0] != '.' && b[0] != ',' {
		return 0, b, true
	}
	i, unit := 1, second/10
	for i < len(b) && '0' <= b[i] && b[i] <= '9' {
		ns += int64(b[i]-'0') * unit
		unit /= 10
		i++
	}
	return ns, b[i:], i > 1 && i <= 10
}

// zone takes an offset from the end of a time: Z, +01, +0100 or +01:00.
func (s *stamp) zone(b []byte) []byte {
	n := len(b)
	if n > 0 && (b[n-1] == 'Z' || b[n-1] == 'z') {
		s.zoned, s.offset = true, 0
		return b[:n-1]
	}
	i := n - 1
	for i >= 0 && b[i] != '+' && b[i] != '-' {
		i--
	}
	if i < 0 {
		return b
	}
	h, rest, ok := digits(b[i+1:])
	if !ok {
		return b
	}
	rest = bytes.TrimPrefix(rest, []byte(":"))
	m := 0
	if len(rest) > 0 {
		if m, rest, ok = digits(rest); !ok || len(rest) > 0 {
			return b
		}
	}
	if h > 14 || m > 59 {
		return b
	}
	s.zoned, s.offset = true, int16(h*60+m)
	if b[i] == '-' {
		s.offset = -s.offset
	}
	return bytes.TrimRight(b[:i], " ")
}

// days returns the day count since 1970-01-01 under a date order, false where
// the date does not exist in it.
func (s *stamp) days(order DateOrder) (int64, bool) {
	d, m := int(s.a), int(s.b)
	if s.yearFirst || !s.named && order == MonthDayYear {
		d, m = m, d
	}
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	t := time.Date(int(s.year), time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t.Unix() / 86400, t.Day() == d
}

// free reports whether the order of day and month is not written in the date
// itself.
func (s *stamp) free() bool { return !s.yearFirst && !s.named }

// parse parses a date, a time of day behind a space or a T, and an offset where
// there is one.
func (s *stamp) parse(b []byte) bool {
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

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// midnight returns the date of s alone.
func (s stamp) midnight() stamp {
	s.clock, s.offset, s.zoned = 0, 0, false
	return s
}

// timeOfDay parses a time of day with an offset where there is one.
func (s *stamp) timeOfDay(b []byte) bool {
	ns, ok := clock(s.zone(b))
	s.clock = ns
	return ok
}

// local returns the time without a zone.
func (s *stamp) local(order DateOrder) (actigraphy.LocalTime, bool) {
	d, ok := s.days(order)
	return actigraphy.Naive(time.Unix(0, d*day+s.clock).UTC()), ok
}

func isTimestamp(b []byte) bool {
	var s stamp
	return s.parse(b)
}

func isDate(b []byte) bool {
	var s stamp
	return s.date(b) && bytes.IndexAny(b, "-/. ") >= 0
}

func isClock(b []byte) bool {
	_, ok := clock(b)
	return ok
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
