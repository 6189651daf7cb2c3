package plots

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// DayMatrix holds one recording by day and time of day, as the wall clock showed
// it.
type DayMatrix struct {
	Labels  []string    // one a day: the date, or the weekday where there is no date
	Columns int         // cells a day
	Values  []float64   // len(Labels)*Columns, day after day; NaN = not recorded
	From    int         // the first cell the recording covers
	To      int         // one past the last; cells outside are blank, not missing
	Unit    string      // of a cell, for the legend
	Hours   string      // what the hours of a day count, for the axis
	Marks   []ClockMark // cells that the clock skipped or showed twice
}

// Days lays a recording out by day. Channel "" is the activity, other names are
// those of Recording.Channels. Cells are minutes, or the least whole part of a
// day that holds an epoch where epochs are longer. Shorter epochs are summed
// where the unit counts (counts, MIMS, steps) and averaged where it does not (mg,
// light, temperature); a cell with missing epochs gets the sum that its recorded
// epochs would make over the whole cell. Where a known zone puts its clock forward,
// the skipped cells are marked; where it puts it back, a cell that comes twice holds
// the mean of both times and is marked.
func Days(r *actigraphy.Recording, channel string) (DayMatrix, error) {
	values, unit, sums := r.Activity, r.Unit.String(), r.Unit.Adds()
	if channel != "" {
		var ok bool
		if values, ok = r.Channels[channel]; !ok {
			return DayMatrix{}, fmt.Errorf("the recording of %s has no channel %q", r.Subject, channel)
		}
		unit, sums = channel, false
	}
	if r.Epoch <= 0 || r.Epoch > day {
		return DayMatrix{}, fmt.Errorf("the recording of %s has epochs of %v: want more than 0 and at most 24h", r.Subject, actigraphy.InWords(r.Epoch))
	}
	cell := cellOf(r.Epoch)
	m := DayMatrix{Columns: int(day / cell), Unit: unit + per(cell, r.Epoch, sums), Hours: "Clock time (h)"}
	if r.Start.IsZero() {
		m.Hours = "Time since start (h)"
	}
	if len(values) == 0 {
		return m, nil
	}
	changes := r.ClockChanges()
	c := calendarOf(r, changes)
	m.Labels = dayLabels(c.start, c.days)
	sayHours(m.Labels, changes, c.since)
	m.Values = make([]float64, len(m.Labels)*m.Columns)
	m.Marks = marks(changes, c.since, cell, len(m.Values))
	counts := make([]int, len(m.Values))
	m.From, m.To = len(m.Values), 0
	for i, v := range values {
		k := int(c.since(r.Start.Clock().Add(time.Duration(i)*r.Epoch)) / cell)
		m.From, m.To = min(m.From, k), max(m.To, k+1)
		if !math.IsNaN(v) {
			m.Values[k] += v
			counts[k]++
		}
	}
	scale := 1.0
	if sums {
		scale = max(1, float64(cell)/float64(r.Epoch))
	}
	for k, n := range counts {
		m.Values[k] *= scale / float64(n) // NaN where n is 0
	}
	return m, nil
}

const day = 24 * time.Hour

// cellOf returns the least whole number of minutes that divides a day and holds
// an epoch.
func cellOf(epoch time.Duration) time.Duration {
	for m := time.Minute; ; m += time.Minute {
		if day%m == 0 && m >= epoch {
			return m
		}
	}
}

// per says what a cell holds, for example ", sum per min".
func per(cell, epoch time.Duration, sums bool) string {
	how := ""
	if epoch < cell {
		how = "mean "
		if sums {
			how = "sum "
		}
	}
	if cell == time.Minute {
		return ", " + how + "per min"
	}
	return fmt.Sprintf(", %sper %d min", how, int(cell/time.Minute))
}

// wallClock returns the function from an instant to the time since the midnight
// before start, on the clock of start's zone.
func wallClock(start actigraphy.LocalTime) func(time.Time) time.Duration {
	wall := func(t time.Time) time.Duration {
		_, offset := t.Zone()
		return t.Sub(start.Clock()) + time.Duration(offset)*time.Second
	}
	shift := start.SinceMidnight() - wall(start.Clock())
	return func(t time.Time) time.Duration { return wall(t) + shift }
}

// dayLabels names the days from the first on. The year stands on the first day
// and where it changes.
func dayLabels(start actigraphy.LocalTime, n int) []string {
	labels := make([]string, n)
	year := 0
	for i := range labels {
		t := start.Clock().AddDate(0, 0, i)
		switch {
		case start.IsZero():
			labels[i] = fmt.Sprintf("Day %d", i+1)
		case !start.HasDate():
			labels[i] = t.Format("Mon")
		case t.Year() != year:
			labels[i] = t.Format("Mon 2 Jan 2006")
			year = t.Year()
		default:
			labels[i] = t.Format("Mon 2 Jan")
		}
	}
	return labels
}

// Rows returns the number of days.
func (m DayMatrix) Rows() int { return len(m.Labels) }

// Row returns the cells of one day.
func (m DayMatrix) Row(i int) []float64 { return m.Values[i*m.Columns : (i+1)*m.Columns] }

// CellMinutes returns the length of a cell.
func (m DayMatrix) CellMinutes() float64 {
	if m.Columns == 0 {
		return 0
	}
	return day.Minutes() / float64(m.Columns)
}

// Validate reports a matrix whose parts do not fit together.
func (m DayMatrix) Validate() error {
	switch {
	case m.Columns < 0 || len(m.Values) != len(m.Labels)*m.Columns:
		return fmt.Errorf("a day matrix of %d days of %d cells has %d values", len(m.Labels), m.Columns, len(m.Values))
	case m.From < 0 || m.To > len(m.Values):
		return fmt.Errorf("a day matrix of %d cells says it covers cells %d to %d", len(m.Values), m.From, m.To)
	}
	return nil
}

// Mean returns the average day in bins of some minutes: the mean over the days
// of each bin's mean, NaN where nothing was recorded.
func (m DayMatrix) Mean(binMinutes int) []float64 {
	mean, _, _ := m.spread(binMinutes)
	return mean
}

// spread returns the mean over days of each bin's mean, its sample SD over days
// (NaN under two days) and the days behind each bin.
func (m DayMatrix) spread(binMinutes int) (mean, sd []float64, days []int) {
	rows := make([][]float64, m.Rows())
	for i := range rows {
		rows[i] = binned(m.Row(i), m.cellsPer(binMinutes))
	}
	return meanAndSD(rows)
}

// cellsPer returns how many cells make a bin: a divisor of the day's cells.
func (m DayMatrix) cellsPer(binMinutes int) int {
	if m.Columns == 0 {
		return 1
	}
	n := min(max(1, int(float64(binMinutes)/m.CellMinutes())), m.Columns)
	for m.Columns%n != 0 {
		n--
	}
	return n
}

// binned returns the means of runs of n values, without the missing ones.
func binned(values []float64, n int) []float64 {
	out := make([]float64, 0, len(values)/n)
	for i := 0; i+n <= len(values); i += n {
		sum, count := 0.0, 0
		for _, v := range values[i : i+n] {
			if finite(v) {
				sum += v
				count++
			}
		}
		out = append(out, sum/float64(count)) // NaN where count is 0
	}
	return out
}

// meanAndSD returns the mean and the sample SD of each column, without the
// missing values, and how many there were.
func meanAndSD(rows [][]float64) (mean, sd []float64, counts []int) {
	if len(rows) == 0 {
		return nil, nil, nil
	}
	n := len(rows[0])
	mean, sd, counts = make([]float64, n), make([]float64, n), make([]int, n)
	for k := range n {
		column := make([]float64, 0, len(rows))
		for _, row := range rows {
			if k < len(row) && finite(row[k]) {
				column = append(column, row[k])
			}
		}
		mean[k], sd[k] = momentsOf(column)
		counts[k] = len(column)
	}
	return mean, sd, counts
}

// momentsOf returns the mean, NaN without values, and the sample SD, NaN under
// two values.
func momentsOf(values []float64) (mean, sd float64) {
	if len(values) == 0 {
		return math.NaN(), math.NaN()
	}
	for _, v := range values {
		mean += v / float64(len(values))
	}
	if len(values) == 1 {
		return mean, math.NaN()
	}
	ss := 0.0
	for _, v := range values {
		ss += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(ss / float64(len(values)-1))
}
