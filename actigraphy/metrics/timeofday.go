package metrics

// TimeOfDay reports whether the measure is a time on the wall clock, in hours since
// midnight: 24 h more or less are the same time.
func (m Metric) TimeOfDay() bool { return m.Unit == unitClock }
