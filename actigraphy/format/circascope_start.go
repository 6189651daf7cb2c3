package format

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"circascope/actigraphy"
)

// oddOffset writes offsets that have seconds, as those of local mean time.
const oddOffset = "2006-01-02T15:04:05.999999999Z07:00:00"

// startText returns the start in a form that parseStart reads exactly.
func startText(t actigraphy.LocalTime) string {
	const minute = 60
	if _, zoned := t.Zone(); zoned {
		if _, offset := t.Clock().Zone(); offset%minute != 0 {
			return t.Clock().Format(oddOffset)
		}
	}
	return t.String()
}

// parseStart reads a start and its zone: one that is known by name, or that of the
// clock's settings. Without either, the offset of the start is the zone.
func parseStart(text, zone string, clock []actigraphy.ClockSetting) (actigraphy.LocalTime, error) {
	t, err := actigraphy.ParseLocalTime(text)
	if err != nil {
		odd, oddErr := time.ParseInLocation(oddOffset, text, time.UTC)
		if oddErr != nil {
			return t, err
		}
		t = actigraphy.Zoned(odd)
	}
	switch _, zoned := t.Zone(); {
	case t.IsZero():
		return t, errors.New("no start")
	case zone == "" && len(clock) == 0:
		return t, nil
	case !zoned:
		return t, errors.New("a zone, and a start without an offset")
	}
	loc, err := zoneOf(zone, clock)
	if err != nil {
		return t, err
	}
	in := actigraphy.Zoned(t.Clock().In(loc))
	if startText(in) != text {
		return t, fmt.Errorf("%s, which is %s in %s", text, startText(in), zone)
	}
	return in, nil
}

func zoneOf(name string, clock []actigraphy.ClockSetting) (*time.Location, error) {
	if len(clock) > 0 {
		return actigraphy.NewLocation(name, clock)
	}
	loc, ok := loadZone(name)
	if !ok {
		return nil, fmt.Errorf("the zone %q, which is not known here", name)
	}
	return loc, nil
}

// zoneText returns the name of a recording's zone, and the settings of its clock
// where the name does not say all, as with a journey. Both are empty where the
// offset of the start says all.
func zoneText(r *actigraphy.Recording) (name string, clock []actigraphy.ClockSetting) {
	own, known := r.Start.Zone()
	if !known {
		return "", nil
	}
	if loc, ok := loadZone(own.String()); ok {
		named := *r
		named.Start = actigraphy.Zoned(r.Start.Clock().In(loc))
		if sameClock(r, &named) {
			return own.String(), nil
		}
	}
	if len(r.ClockChanges()) == 0 {
		return "", nil
	}
	return own.String(), actigraphy.ClockSettings(own, r.Start.Clock().Truncate(time.Second), r.End().Clock())
}

// sameClock reports whether two recordings of the same instants have the same wall
// clock, up to its next change after their end.
func sameClock(a, b *actigraphy.Recording) bool {
	same := slices.EqualFunc(a.ClockChanges(), b.ClockChanges(), func(x, y actigraphy.ClockChange) bool {
		return x.At.Equal(y.At) && x.By == y.By
	})
	nextA, moreA := actigraphy.NextClockChange(a.End().Clock())
	nextB, moreB := actigraphy.NextClockChange(b.End().Clock())
	return same && moreA == moreB && nextA.Equal(nextB) && startText(a.Start) == startText(b.Start)
}

func loadZone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	loc, err := time.LoadLocation(name)
	return loc, err == nil
}
