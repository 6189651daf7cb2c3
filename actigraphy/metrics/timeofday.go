package metrics

import "time"

// TimeOfDay reports whether the measure is a time on the wall clock, in hours since
// midnight: 24 h more or less are the same time.
func (m Metric) TimeOfDay() bool { return m.Unit == unitClock }

// clockTime writes a time since midnight as the clock shows it.
func clockTime(d time.Duration) string {
	layout := "15:04"
	if d%time.Minute != 0 {
		layout = time.TimeOnly
	}
	return time.Time{}.Add(d).Format(layout)
}
