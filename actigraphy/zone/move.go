package zone

import (
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
)

// Move is an arrival: from then on the wall clock is that of another zone.
type Move struct {
	// From is the time of the arrival on the new zone's clock, as a ticket has it
	// (2006-01-02T15:04:05), or with an offset where the instant must be exact.
	From string `json:"from"`
	Zone string `json:"zone"` // IANA
}

// moveLayouts are the ways a move's time may be written without an offset.
var moveLayouts = []string{
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly,
}

// NewMove returns a move, its time and zone written in one way. A date alone is
// its midnight.
func NewMove(from, zone string) (Move, error) {
	loc, err := Load(zone)
	if err != nil {
		return Move{}, err
	}
	from = strings.TrimSpace(from)
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02 15:04Z07:00"} {
		if t, err := time.Parse(layout, from); err == nil {
			return Move{t.Format(time.RFC3339), loc.String()}, nil
		}
	}
	for _, layout := range moveLayouts {
		t, err := time.Parse(layout, from)
		if err != nil {
			continue
		}
		m := Move{t.Format(moveLayouts[0]), loc.String()}
		_, err = m.instant(loc)
		return m, err
	}
	return Move{}, fmt.Errorf("%q is no time of an arrival: want 2024-03-10 14:00 on the clock there, or 2024-03-10T14:00:00+05:30", from)
}

// instant returns when the move is. loc is its zone.
func (m Move) instant(loc *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, m.From); err == nil {
		return t, nil
	}
	wall, err := time.Parse(moveLayouts[0], m.From)
	if err != nil {
		return time.Time{}, fmt.Errorf("the arrival %q is not written as %s", m.From, moveLayouts[0])
	}
	at := instants(wall, loc)
	if len(at) == 0 {
		return time.Time{}, fmt.Errorf("the clocks of %s never showed %s; give a time after the change", loc, m.From)
	}
	return at[0], nil
}

// instants returns the instants at which the clock of loc shows the date and time
// of wall: none in an hour that it skips, two in one that it repeats, in order.
func instants(wall time.Time, loc *time.Location) []time.Time {
	const reach = 48 * time.Hour // more than any two offsets differ
	y, m, d := wall.Date()
	asUTC := time.Date(y, m, d, wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), time.UTC)
	var found []time.Time
	for t := asUTC.Add(-reach).In(loc); ; {
		_, offset := t.Zone()
		next, more := actigraphy.NextClockChange(t)
		at := asUTC.Add(-time.Duration(offset) * time.Second)
		if !at.Before(t) && (!more || at.Before(next)) {
			found = append(found, at.In(loc))
		}
		if !more || next.After(asUTC.Add(reach)) {
			return found
		}
		t = next
	}
}
