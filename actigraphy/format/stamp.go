package format

import (
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
	short     bool // the year has two digits
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

// midnight returns the date of s alone.
func (s stamp) midnight() stamp {
	s.clock, s.offset, s.zoned = 0, 0, false
	return s
}

// local returns the time without a zone.
func (s *stamp) local(order DateOrder) (actigraphy.LocalTime, bool) {
	d, ok := s.days(order)
	return actigraphy.Naive(time.Unix(0, d*day+s.clock).UTC()), ok
}
