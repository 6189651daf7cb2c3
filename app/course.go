package app

import (
	"fmt"
	"math"

	"circascope/actigraphy"
	"circascope/plots"
)

// course is the activity that curves are laid over: the average day, or all days.
// It is per epoch, as measures have it.
type course struct {
	curve plots.DayCurve
	days  []string // names of those of the whole recording; nil for the average day
	lead  float64  // h from the first midnight to that before the recording
	unit  string
}

// courseOf returns the average day in bins of averageBin minutes, or the whole
// recording in bins of which a few thousand are drawn.
func courseOf(r *actigraphy.Recording, whole bool) (course, error) {
	m, err := plots.Days(r, "")
	if err != nil {
		return course{}, err
	}
	if minutes := r.Epoch.Minutes(); minutes < m.CellMinutes() && r.Unit.Adds() {
		for i := range m.Values {
			m.Values[i] *= minutes / m.CellMinutes()
		}
	}
	c := course{unit: fmt.Sprintf("%s per %v s", r.Unit, r.Epoch.Seconds())}
	if !whole {
		c.curve = plots.AverageDay(m, averageBin, plots.BandSD)
		return c, nil
	}
	bin := averageBin
	for _, wider := range []int{30, 60} {
		if m.Rows()*24*60/bin > 2500 {
			bin = wider
		}
	}
	c.curve, c.days = plots.Course(m, bin), m.Labels
	if cells := plots.NewEpochCells(r); len(cells) > 0 {
		c.lead = 24 * float64(cells[0]/m.Columns) // the clock went back to days before
	}
	return c, nil
}

// hours is how long the course is.
func (c course) hours() float64 { return 24 * float64(max(len(c.days), 1)) }

// curveMinutes is how finely curves are drawn.
const curveMinutes = 5

// fit is a fitted curve as a chart shows it, and as a function of the hours since
// the first midnight.
type fit struct {
	plots.FittedCurve
	at func(hour float64) float64
}

// drawn works a curve out from the first midnight to the end of the last day.
func (c course) drawn(f fit) fit {
	f.Curve = make([]float64, int(c.hours()*60)/curveMinutes+1)
	for i := range f.Curve {
		f.Curve[i] = f.at(float64(i) * curveMinutes / 60)
	}
	return f
}

// table lists the bins with the curves in their middle.
func (c course) table(fits []fit) Table {
	t := Table{Name: "cosinor", Header: []string{"hour", "activity"}}
	t.Header = append(t.Header, []string{"cosinor", "extended_cosinor"}[:len(fits)]...)
	t.as(Real, t.Header...)
	bin := c.hours() / float64(len(c.curve.Mean))
	for i, v := range c.curve.Mean {
		hour := (float64(i) + 0.5) * bin
		row := []string{number(hour), known(v)}
		for _, f := range fits {
			row = append(row, known(f.at(hour)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// known writes a number, and nothing for NaN.
func known(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return number(v)
}
