package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
)

// journey is a zone that has no name of its own: what the clock showed from when on.
type journey struct {
	Name  string                    `json:"name"`
	Clock []actigraphy.ClockSetting `json:"clock"`
}

// encodeStart returns a start as text, and the IANA name of its zone where
// there is one: the text alone keeps the offset of one moment and forgets when
// the clocks change. In place of a name stands a journey where the zone is one.
func encodeStart(t, end actigraphy.LocalTime) (text, zone string, err error) {
	text = t.String()
	if loc, known := t.Zone(); known && strings.Contains(loc.String(), "/") {
		if zone, err = encodeZone(loc, t, end); err != nil {
			return "", "", err
		}
	}
	back, err := decodeStart(text, zone)
	if err != nil {
		return "", "", err
	}
	if !back.Equal(t) || back.SinceMidnight() != t.SinceMidnight() {
		return "", "", fmt.Errorf("the start %s can't be stored exactly: it reads back as %s", text, back)
	}
	return text, zone, nil
}

func decodeStart(text, zone string) (actigraphy.LocalTime, error) {
	t, err := actigraphy.ParseLocalTime(text)
	if err != nil || zone == "" {
		return t, err
	}
	loc, err := decodeZone(zone)
	if err != nil {
		return t, fmt.Errorf("time zone of the start: %w", err)
	}
	return actigraphy.Zoned(t.Clock().In(loc)), nil
}

func encodeZone(loc *time.Location, start, end actigraphy.LocalTime) (string, error) {
	if _, err := time.LoadLocation(loc.String()); err == nil {
		return loc.String(), nil
	}
	text, err := json.Marshal(journey{loc.String(), actigraphy.ClockSettings(loc, start.Clock().Truncate(time.Second), end.Clock())})
	return string(text), err
}

func decodeZone(zone string) (*time.Location, error) {
	if !strings.HasPrefix(zone, "{") {
		return time.LoadLocation(zone)
	}
	var j journey
	if err := json.Unmarshal([]byte(zone), &j); err != nil {
		return nil, err
	}
	return actigraphy.NewLocation(j.Name, j.Clock)
}
