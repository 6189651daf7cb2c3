package app

import (
	"fmt"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
)

// RestEpoch returns the epoch at which a recording has a time that a person typed:
// "23:15" is that one nearest to epoch near, "2024-03-04 23:15" that of the day. It is
// rounded to the nearest epoch, and may lie outside the recording.
func RestEpoch(r actigraphy.Info, text string, near int) (int, error) {
	text = strings.TrimSpace(text)
	rounded := func(d time.Duration) int { return int(math.Round(float64(d) / float64(r.Epoch))) }
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		place, zoned := r.Start.Zone()
		if !zoned {
			place = time.UTC
		}
		at, err := time.ParseInLocation(layout, text, place)
		switch {
		case err != nil:
			continue
		case zoned:
			return rounded(actigraphy.Zoned(at).Sub(r.Start)), nil
		case r.Start.HasDate():
			return rounded(actigraphy.Naive(at).Sub(r.Start)), nil
		}
		return 0, fmt.Errorf("the recording has no dates: type the time of day alone, as in 23:15")
	}
	for _, layout := range []string{"15:04", "15:04:05"} {
		if at, err := time.Parse(layout, text); err == nil {
			day := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
			for range 2 { // again where the clock changes between
				near += rounded(wrapped(day - r.Start.Add(time.Duration(near)*r.Epoch).SinceMidnight()))
			}
			return near, nil
		}
	}
	return 0, fmt.Errorf("%q is no time: type it as in 23:15 or 2024-03-04 23:15", text)
}

// wrapped returns a difference of times of day between -12 and 12 h.
func wrapped(d time.Duration) time.Duration {
	switch {
	case d > 12*time.Hour:
		return d - 24*time.Hour
	case d < -12*time.Hour:
		return d + 24*time.Hour
	}
	return d
}
