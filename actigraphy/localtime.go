package actigraphy

import (
	"fmt"
	"strings"
	"time"
)

// LocalTime is a time as the device's clock showed it. There are three kinds:
// a date and time in a known zone, a date and time whose zone nobody named
// (naive), and a weekday with a time of day but no date (undated). A naive time
// stays naive until a person names its zone, and an undated one never gets an
// invented date.
//
// The zero LocalTime is unknown: IsZero reports it.
type LocalTime struct {
	kind  timeKind
	clock time.Time // UTC carries the wall clock of naive and undated times
}

type timeKind uint8

const (
	unknownTime timeKind = iota
	undatedTime
	naiveTime
	zonedTime
)

const (
	naiveLayout   = "2006-01-02T15:04:05"
	undatedLayout = "Mon 15:04:05"
	fraction      = ".999999999" // of a second, where there is one
)

// Naive returns the wall clock of t as a date and time without a zone; the
// location of t is dropped.
func Naive(t time.Time) LocalTime {
	y, m, d := t.Date()
	return LocalTime{naiveTime, time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)}
}

// Zoned returns t with its location as a known zone.
func Zoned(t time.Time) LocalTime { return LocalTime{zonedTime, t.Round(0)} }

// Undated returns a weekday and a time of day without a date.
func Undated(day time.Weekday, sinceMidnight time.Duration) LocalTime {
	// 0001-01-07 is a Sunday; the date is never shown.
	base := time.Date(1, 1, 7, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day))
	return LocalTime{undatedTime, base.Add(sinceMidnight)}
}

// IsZero reports whether nothing is known of the time.
func (t LocalTime) IsZero() bool { return t.kind == unknownTime }

// HasDate reports whether the time has a calendar date.
func (t LocalTime) HasDate() bool { return t.kind == naiveTime || t.kind == zonedTime }

// Zone returns the location of the time, and whether it is known.
func (t LocalTime) Zone() (*time.Location, bool) {
	if t.kind != zonedTime {
		return nil, false
	}
	return t.clock.Location(), true
}

// Weekday returns the day of the week on the wall clock.
func (t LocalTime) Weekday() time.Weekday { return t.clock.Weekday() }

// SinceMidnight returns the time of day on the wall clock.
func (t LocalTime) SinceMidnight() time.Duration {
	h, m, s := t.clock.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute +
		time.Duration(s)*time.Second + time.Duration(t.clock.Nanosecond())
}

// midnightFrom returns t where it is a midnight, else the midnight after it.
func (t LocalTime) midnightFrom() LocalTime {
	if t.SinceMidnight() == 0 {
		return t
	}
	return t.nextMidnight()
}

// nextMidnight returns the beginning of the day after t on the wall clock: later
// than 00:00 where the clock skipped that.
func (t LocalTime) nextMidnight() LocalTime {
	y, m, d := t.clock.Date()
	next := time.Date(y, m, d+1, 0, 0, 0, 0, t.clock.Location())
	if next.Day() == d { // midnight does not exist, and time.Date gave the hour before
		_, next = next.ZoneBounds()
	}
	return LocalTime{t.kind, next}
}

// Clock returns the time for arithmetic: the instant where the zone is known,
// else the wall clock written as if it were UTC. The date of an undated time
// means nothing.
func (t LocalTime) Clock() time.Time { return t.clock }

// Add returns the time d later. In a known zone this is elapsed time, so the
// wall clock jumps where the zone's does.
func (t LocalTime) Add(d time.Duration) LocalTime { return LocalTime{t.kind, t.clock.Add(d)} }

// Sub returns the time elapsed from u to t. Both must be of the same kind.
func (t LocalTime) Sub(u LocalTime) time.Duration { return t.clock.Sub(u.clock) }

// Equal reports whether both are the same kind and the same time.
func (t LocalTime) Equal(u LocalTime) bool { return t.kind == u.kind && t.clock.Equal(u.clock) }

// Date returns the calendar date as 2006-01-02, or the weekday's short name
// where there is no date.
func (t LocalTime) Date() string {
	switch {
	case t.IsZero():
		return ""
	case t.HasDate():
		return t.clock.Format(time.DateOnly)
	default:
		return t.clock.Format("Mon")
	}
}

// String returns RFC 3339 with the offset where the zone is known, without it
// where it is not, the weekday and time of day where there is no date, and ""
// for the unknown time.
func (t LocalTime) String() string {
	switch t.kind {
	case zonedTime:
		return t.clock.Format(time.RFC3339Nano)
	case naiveTime:
		return t.clock.Format(naiveLayout + fraction)
	case undatedTime:
		return t.clock.Format(undatedLayout + fraction)
	default:
		return ""
	}
}

// ParseLocalTime reads what String writes. The zone of a zoned time comes back
// as a fixed offset.
func ParseLocalTime(s string) (LocalTime, error) {
	if s == "" {
		return LocalTime{}, nil
	}
	// time.Parse would take the zone of this computer where its offset is the same.
	if t, err := time.ParseInLocation(time.RFC3339Nano, s, time.UTC); err == nil {
		return Zoned(t), nil
	}
	if t, err := time.Parse(naiveLayout, s); err == nil {
		return Naive(t), nil
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		rest, ok := strings.CutPrefix(s, d.String()[:3]+" ")
		if !ok {
			continue
		}
		if t, err := time.Parse(time.TimeOnly, rest); err == nil {
			return Undated(d, t.Sub(t.Truncate(24*time.Hour))), nil
		}
	}
	return LocalTime{}, fmt.Errorf("%q is no time: want 2006-01-02T15:04:05 with or without an offset, or a weekday as in Sat 00:00:00", s)
}

// MarshalText writes the time as String does.
func (t LocalTime) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (t *LocalTime) UnmarshalText(b []byte) error {
	parsed, err := ParseLocalTime(string(b))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}
