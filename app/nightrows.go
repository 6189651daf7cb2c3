package app

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
	"circascope/plots"
)

// nightRows are the rows of a chart of a recording's nights: every night with the naps
// of its evening's day, and a row for each evening without a night of which at least
// half of the day from noon to noon was recorded.
func nightRows(found metrics.Nights, r *actigraphy.Recording) []plots.NightRow {
	rows := map[int][]plots.NightRow{}
	for _, n := range found.Nights {
		day := eveningOf(n.Period)
		rows[day] = append(rows[day], plots.NightRow{
			Name: eveningName(day, n.From.HasDate()), Weekend: n.Weekend(), Bed: n.OnClock(n.From), Rise: n.OnClock(n.To),
			Onset: n.OnClock(n.Onset), Offset: n.OnClock(n.Offset), Midsleep: n.Midsleep,
			Awake: awakenings(found.Scoring, n), Invalid: n.Reason, Clock: clockWords(n),
		})
	}
	for _, n := range found.Naps {
		day := eveningOf(n.Period)
		if len(rows[day]) == 0 {
			rows[day] = []plots.NightRow{withoutNight(day, r)}
		}
		rows[day][0].Naps = append(rows[day][0].Naps, plots.Nap{
			From: n.OnClock(n.From), To: n.OnClock(n.To), Onset: n.OnClock(n.Onset), Offset: n.OnClock(n.Offset),
		})
	}
	for _, day := range recordedEvenings(r) {
		if len(rows[day]) == 0 {
			rows[day] = []plots.NightRow{withoutNight(day, r)}
		}
	}
	var list []plots.NightRow
	for _, day := range slices.Sorted(maps.Keys(rows)) {
		list = append(list, rows[day]...)
	}
	return list
}

func withoutNight(day int, r *actigraphy.Recording) plots.NightRow {
	weekday := dayTime(day).Weekday()
	return plots.NightRow{
		Name: eveningName(day, r.Start.HasDate()), Weekend: weekday == time.Friday || weekday == time.Saturday,
		Bed: math.NaN(), Rise: math.NaN(), Invalid: "no rest period of a night",
	}
}

// eveningOf returns the day of a period's evening, counted from some day on.
func eveningOf(p sleep.Period) int { return dayOf(wallClock(p.From).Add(-12 * time.Hour)) }

// recordedEvenings lists the days of which at least half from noon to noon lies in the
// recording.
func recordedEvenings(r *actigraphy.Recording) []int {
	const half = 12 * time.Hour
	from, to := wallClock(r.Start), wallClock(r.End())
	var days []int
	for day := dayOf(from.Add(-half)); ; day++ {
		noon := dayTime(day).Add(half)
		if !noon.Before(to) {
			return days
		}
		if begin, end := maxTime(noon, from), minTime(noon.Add(2*half), to); end.Sub(begin) >= half {
			days = append(days, day)
		}
	}
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// wallClock returns what the clock on the wall shows, as a time of UTC, whose days all
// have 24 hours.
func wallClock(t actigraphy.LocalTime) time.Time {
	c := t.Clock()
	return time.Date(c.Year(), c.Month(), c.Day(), c.Hour(), c.Minute(), c.Second(), c.Nanosecond(), time.UTC)
}

const secondsOfDay = 24 * 60 * 60

func dayOf(wall time.Time) int { return int(math.Floor(float64(wall.Unix()) / secondsOfDay)) }

func dayTime(day int) time.Time { return time.Unix(int64(day)*secondsOfDay, 0).UTC() }

func eveningName(day int, dated bool) string {
	if !dated {
		return dayTime(day).Weekday().String()
	}
	return dayTime(day).Format("Mon 2 Jan")
}

// clockWords says that the clock was changed in a night, whose bar then is not as long
// as the night.
func clockWords(n sleep.Night) string {
	changed := n.Length() - time.Duration((n.OnClock(n.To)-n.OnClock(n.From))*float64(time.Hour)).Round(time.Second)
	switch {
	case changed > 0:
		return fmt.Sprintf("clock put back %s: %s in bed", hoursWords(changed), hoursWords(n.Length()))
	case changed < 0:
		return fmt.Sprintf("clock put forward %s: %s in bed", hoursWords(-changed), hoursWords(n.Length()))
	}
	return ""
}

func hoursWords(d time.Duration) string {
	h, m := int(d.Hours()), int(d.Minutes())%60
	if m == 0 {
		return fmt.Sprintf("%d h", h)
	}
	return fmt.Sprintf("%d h %02d min", h, m)
}

// awakenings lists the runs of wake between onset and the end of the last sleep, by the
// clock at their beginning and as long as they are.
func awakenings(s sleep.Scoring, n sleep.Night) [][2]float64 {
	if n.Onset.IsZero() {
		return nil
	}
	at := func(t actigraphy.LocalTime) int { return int(math.Round(float64(t.Sub(s.Start)) / float64(s.Epoch))) }
	var list [][2]float64
	for i, to := max(0, at(n.Onset)), min(len(s.States), at(n.Offset)); i < to; i++ {
		if s.States[i] != sleep.Wake {
			continue
		}
		from := i
		for i < to && s.States[i] == sleep.Wake {
			i++
		}
		begin := n.OnClock(s.At(from))
		list = append(list, [2]float64{begin, begin + (time.Duration(i-from) * s.Epoch).Hours()})
	}
	return list
}
