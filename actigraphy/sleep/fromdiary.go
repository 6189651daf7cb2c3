package sleep

import (
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
)

// DiaryPeriods returns the nights and naps of a participant's diary, as times of
// the recording's kind that begins at start: in its zone where it has one. A diary
// has dates, so a recording without them is an error, and so is an entry that does
// not end after it begins.
func DiaryPeriods(entries []diary.Entry, start actigraphy.LocalTime) ([]Period, error) {
	if !start.HasDate() {
		return nil, fmt.Errorf("the recording has no dates, so a diary can't be laid over it: name the day on which it began")
	}
	var periods []Period
	for _, e := range entries {
		if e.Kind != diary.Night && e.Kind != diary.Nap {
			continue
		}
		p := Period{
			Kind: e.Kind, From: likeStart(e.From, start), To: likeStart(e.To, start),
			Origin: FromDiary, By: fmt.Sprintf("line %d of the diary", e.Line),
		}
		if p.To.Sub(p.From) <= 0 {
			return nil, fmt.Errorf("line %d of the diary: %s ends at %s, expected an end after its begin %s", e.Line, e.Kind, e.To, e.From)
		}
		if !e.Asleep.IsZero() {
			p.LightsOff = likeStart(e.Asleep, start)
		}
		periods = append(periods, p)
	}
	return periods, nil
}

// likeStart reads a wall clock's time in the zone of a recording, if that has one.
func likeStart(t, start actigraphy.LocalTime) actigraphy.LocalTime {
	place, known := start.Zone()
	if _, has := t.Zone(); !known || has {
		return t
	}
	c := t.Clock()
	return actigraphy.Zoned(time.Date(c.Year(), c.Month(), c.Day(), c.Hour(), c.Minute(), c.Second(), c.Nanosecond(), place))
}
