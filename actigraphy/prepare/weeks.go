package prepare

import (
	"errors"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// Weeks cuts a recording into stretches of o.Minutes one-minute values that
// begin as o.WeekStart says, each after the end of the one before. It returns
// the weeks, the stretches that gave none with the reason, and notes of what was
// decided, in sentences. What is left at the ends of a recording is a note, or
// the reason where there is nothing else. An error means that the options or the
// epochs of the recording allow no week at all.
func Weeks(r *actigraphy.Recording, o Options) ([]Week, []Skipped, []string, error) {
	if err := o.Validate(); err != nil {
		return nil, nil, nil, fmt.Errorf("preparing %s: %w", r.Subject, err)
	}
	series, notes, err := OneMinute(r, o.Clock)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("preparing %s: %w", r.Subject, err)
	}
	first, err := firstStart(series.Start, o.WeekStart)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("preparing %s: %w", r.Subject, err)
	}
	weeks, skipped, at := cut(series, first, o)
	sayChanges(skipped, r, o)
	unused, edgeNotes := edges(series, first, at, o)
	return weeks, append(skipped, unused...), append(notes, edgeNotes...), nil
}

// firstStart returns the index of the first minute that begins a week.
func firstStart(start actigraphy.LocalTime, w WeekStart) (int, error) {
	if w == FirstSample {
		return 0, nil
	}
	if start.IsZero() {
		return 0, errors.New("the recording's time of day is not known, so its weeks cannot start at a midnight; " +
			"choose " + string(FirstSample) + " or give the recording a start")
	}
	minute := int(start.SinceMidnight() / time.Minute)
	toMidnight := (MinutesPerDay - minute) % MinutesPerDay
	day, named := w.Weekday()
	if !named {
		return toMidnight, nil
	}
	midnight := start.Weekday()
	if toMidnight > 0 {
		midnight++
	}
	days := (int(day) - int(midnight) + 14) % 7
	return toMidnight + days*MinutesPerDay, nil
}

// cut takes the stretches one after another and returns the index at which the
// next would begin.
func cut(s Series, first int, o Options) (weeks []Week, skipped []Skipped, next int) {
	stride := roundUp(o.Minutes, o.WeekStart.period())
	fill := newFiller(s)
	for next = first; next+o.Minutes <= len(s.Values); next += stride {
		values, filled, reason := complete(s.Values[next:next+o.Minutes], next, fill, o)
		start := startOf(s.Start, next, o.Clock)
		if reason != "" {
			skipped = append(skipped, Skipped{Start: start, Reason: reason})
			continue
		}
		weeks = append(weeks, Week{Start: start, WeekStart: o.WeekStart, Values: values, Filled: filled})
	}
	return weeks, skipped, next
}

// sayChanges adds to the reasons of the stretches in which the clock was put
// forward that some of their missing minutes never were.
func sayChanges(skipped []Skipped, r *actigraphy.Recording, o Options) {
	if _, wall := o.Clock.onWallClock(); !wall {
		return
	}
	for _, c := range r.ClockChanges() {
		for i, s := range skipped {
			if after := c.At.Sub(s.Start); c.By > 0 && after >= 0 && after < time.Duration(o.Minutes)*time.Minute {
				skipped[i].Reason += fmt.Sprintf("; %v of them are what the clock skipped before %s, and the rule %s does without", actigraphy.InWords(c.By), c.At, Elapsed)
			}
		}
	}
}

// edges says what became of the minutes before the first stretch and after the
// last, which ended before next. They are a reason where they are all there is,
// and a note otherwise.
func edges(s Series, first, next int, o Options) ([]Skipped, []string) {
	if next == first {
		reason := fmt.Sprintf("an input is %s, and of its %s only %s come at or after the first week start (%s)",
			span(o.Minutes), span(len(s.Values)), span(max(0, len(s.Values)-first)), o.WeekStart)
		return []Skipped{{Start: s.Start, Reason: reason}}, nil
	}
	var notes []string
	if first > 0 {
		notes = append(notes, fmt.Sprintf("%s before the first week start (%s) were not used.", span(first), o.WeekStart))
	}
	if left := len(s.Values) - next; left > 0 {
		notes = append(notes, fmt.Sprintf("%s after the last whole input were not used.", span(left)))
	}
	return nil, notes
}

// complete returns a copy of values without a gap, the share that was filled
// in, and the reason where that could not be. at is the index of the first value
// in the whole series.
func complete(values []float64, at int, fill *filler, o Options) (whole []float64, filled float64, reason string) {
	missing := 0
	for _, v := range values {
		if math.IsNaN(v) {
			missing++
		}
	}
	share := float64(missing) / float64(len(values))
	switch {
	case missing > 0 && o.Missing == RefuseMissing:
		return nil, 0, fmt.Sprintf("%d of %d minutes were not recorded or not worn (%.3g %%); choose %s to fill them",
			missing, len(values), 100*share, FillByMinute)
	case share > o.MaxFilled && missing > 0:
		return nil, 0, fmt.Sprintf("%d of %d minutes were not recorded or not worn: %.3g %%, more than the %.3g %% allowed",
			missing, len(values), 100*share, 100*o.MaxFilled)
	}
	whole, unknown := fill.apply(values, at)
	if unknown > 0 {
		return nil, 0, fmt.Sprintf("%d of its missing minutes were recorded on no other day either, so there is no mean to fill them with", unknown)
	}
	return whole, share, ""
}

// startOf returns the time n minutes after t as the rule counts them.
func startOf(t actigraphy.LocalTime, n int, rule ClockRule) actigraphy.LocalTime {
	if rule == Elapsed {
		return t.Add(time.Duration(n) * time.Minute)
	}
	return onClock(t, n)
}

// onClock returns the time that the wall clock shows n minutes after t.
func onClock(t actigraphy.LocalTime, n int) actigraphy.LocalTime {
	zone, known := t.Zone()
	if !known {
		return t.Add(time.Duration(n) * time.Minute)
	}
	c := t.Clock()
	year, month, day := c.Date()
	return actigraphy.Zoned(time.Date(year, month, day, c.Hour(), c.Minute()+n, c.Second(), c.Nanosecond(), zone))
}

func roundUp(n, unit int) int { return (n + unit - 1) / unit * unit }

// span writes a number of minutes in days, hours and minutes.
func span(minutes int) string {
	days, hours, rest := minutes/MinutesPerDay, minutes%MinutesPerDay/60, minutes%60
	switch {
	case days > 0 && hours == 0 && rest == 0:
		return fmt.Sprintf("%d d", days)
	case days > 0:
		return fmt.Sprintf("%d d %d h %d min", days, hours, rest)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, rest)
	default:
		return fmt.Sprintf("%d min", rest)
	}
}
