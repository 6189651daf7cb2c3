package store

import (
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
)

// encodeStart returns a start as text, and the IANA name of its zone where
// there is one: the text alone keeps the offset of one moment and forgets when
// the clocks change.
func encodeStart(t actigraphy.LocalTime) (text, zone string, err error) {
	text = t.String()
	if loc, known := t.Zone(); known && strings.Contains(loc.String(), "/") {
		zone = loc.String()
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
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return t, fmt.Errorf("time zone of the start: %w", err)
	}
	return actigraphy.Zoned(t.Clock().In(loc)), nil
}
