package metrics

import (
	"fmt"
	"math"
	"time"
)

// totals returns the measures of the amount of activity.
func totals(d Definition) []Metric { return []Metric{dailyTotal(d)} }

// dailyTotal is ADAT, the average daily total activity.
func dailyTotal(d Definition) Metric {
	m := Metric{
		ID: "ADAT", Name: "average daily total activity", Group: groupAmount, Definition: d, Unit: "activity a day",
		Formula: "mean of the totals of the calendar days recorded for at least the hours asked for, each times 24 h over the time recorded",
		Parameters: []Parameter{
			quantity("recorded", "h", 16, 0.1, 24, "hours of a day that must be recorded for it to count"),
			threshold(byDefault(d)),
		},
		Reference: citing(d, hammad),
		Needs:     "a calendar day recorded for that long, and the time of day",
		Missing:   "a day's total is scaled up from what was recorded of it",
		compute:   func(x *analysis, s settings) (float64, error) { return meanTotal(x, d, s) },
	}
	if d == PyActigraphy {
		m.Formula = "mean of the totals of all calendar days, those at the ends too unless they are left out"
		m.Reference = "as in pyActigraphy, " + hammad
		m.Parameters = []Parameter{
			onOff("rescale", true, "1: each day's total times the epochs of a day over those recorded"),
			onOff("exclude_ends", false, "1: the first and the last day are left out"),
			threshold(byDefault(d)),
		}
		m.Needs = "the time of day"
		m.Missing = "rescaled, a day's total is scaled up from what was recorded of it; else missing epochs count as 0"
	}
	return m
}

// dayTotal is what a calendar day has.
type dayTotal struct {
	total    float64
	recorded int // epochs
}

// calendarDays returns the totals of the days of the clock, first to last.
func calendarDays(x *analysis, d Definition, l levels) ([]dayTotal, error) {
	if x.r.Start.IsZero() {
		return nil, errNoClock
	}
	start := x.r.Start.SinceMidnight()
	activity := x.at(d, l)
	dayOf := func(i int) int { return int((start + time.Duration(i)*x.r.Epoch) / day) }
	days := make([]dayTotal, dayOf(len(activity)-1)+1)
	for i, v := range activity {
		if !math.IsNaN(v) {
			in := &days[dayOf(i)]
			in.total += v
			in.recorded++
		}
	}
	return days, nil
}

func meanTotal(x *analysis, d Definition, s settings) (float64, error) {
	days, err := calendarDays(x, d, s.levels())
	if err != nil {
		return 0, err
	}
	if d == PyActigraphy && s.on("exclude_ends") {
		days = days[min(1, len(days)):max(1, len(days)-1)]
	}
	total, n := 0.0, 0
	for _, in := range days {
		if v, counts := scaled(x, d, s, in); counts {
			total += v
			n++
		}
	}
	switch {
	case n > 0:
		return total / float64(n), nil
	case d == Paper:
		return 0, fmt.Errorf("no calendar day was recorded for %v h", s["recorded"])
	case s.on("exclude_ends"):
		return 0, fmt.Errorf("no calendar day lies between the first and the last")
	}
	return 0, errNothing
}

// scaled returns the total of a day, and whether the day counts.
func scaled(x *analysis, d Definition, s settings, in dayTotal) (float64, bool) {
	if d == PyActigraphy && !s.on("rescale") {
		return in.total, true
	}
	perDay := float64(day / x.r.Epoch)
	if in.recorded == 0 || d == Paper && float64(in.recorded) < s["recorded"]/24*perDay {
		return 0, false
	}
	return in.total * perDay / float64(in.recorded), true
}
