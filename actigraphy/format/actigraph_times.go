package format

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/grid"
)

// stamp reads the row's time. ActiLife writes local times, even with a Z.
func (a *actigraphReading) stamp() error {
	var s stamp
	switch t := a.time; {
	case t.Timestamp > 0:
		if f := a.fields[t.Timestamp-1]; !s.parse(f) {
			return a.l.fault("a date and time", quoted(f), "check the file; it may be damaged or cut off")
		}
	case t.Date > 0 && t.TimeOfDay > 0:
		if f := a.fields[t.Date-1]; !s.date(f) {
			return a.l.fault("a date", quoted(f), "check the file; it may be damaged or cut off")
		}
		if f := a.fields[t.TimeOfDay-1]; !s.timeOfDay(f) {
			return a.l.fault("a time of day", quoted(f), "check the file; it may be damaged or cut off")
		}
	default:
		return nil
	}
	a.stamps.add(s)
	return nil
}

// grid finds the start and the epochs: from the rows' times where there are
// some, else from the header.
func (a *actigraphReading) grid() (*grid.Grid, error) {
	order, err := a.h.order(a)
	if err != nil {
		return nil, err
	}
	start, ok := a.h.start.local(order)
	if !ok {
		return nil, a.h.dateFault(a.l.in, order)
	}
	if a.stamps.len() == 0 {
		a.r.Start = start
		return &grid.Grid{Epoch: a.h.epoch}, nil
	}
	times, wrong := a.stamps.times(order)
	if wrong != nil {
		return nil, &actigraphy.FileError{
			File: a.l.in.Path, Line: a.first + wrong.from, Expected: "a date that exists, in the order " + order.words(),
			Found: fmt.Sprintf("%02d and %02d of %d", wrong.a, wrong.b, wrong.year), Advice: "name another date order",
		}
	}
	a.r.Start = actigraphy.Naive(time.Unix(0, times[0]).UTC())
	if !a.r.Start.Equal(start) {
		a.note("The header names the start %v and the rows begin at %v; the rows are taken.", start, a.r.Start)
	}
	return a.fit(times)
}

func (a *actigraphReading) fit(times []int64) (*grid.Grid, error) {
	rows := grid.Rows{
		Times: times, Wall: true,
		Same: func(i, j int) bool { return a.same(i, j) },
		Name: func(i int) string { return actigraphy.Naive(time.Unix(0, times[i]).UTC()).String() },
	}
	epoch := time.Duration(0)
	if len(times) == 1 {
		epoch = a.h.epoch
	}
	g, err := grid.Fit(rows, epoch)
	if err != nil {
		return nil, gridError(a.l.in, err, func(row int) int { return a.first + row })
	}
	if g.Epoch != a.h.epoch {
		return nil, &actigraphy.FileError{
			File: a.l.in.Path, Line: a.h.epochLine, Expected: fmt.Sprintf("the epoch of the rows, %v", actigraphy.InWords(g.Epoch)),
			Found: fmt.Sprint(actigraphy.InWords(a.h.epoch)), Advice: "export the file again; its header does not fit its rows",
		}
	}
	a.r.Start = actigraphy.Naive(time.Unix(0, g.Start).UTC())
	return g, nil
}

func (a *actigraphReading) same(i, j int) bool {
	for _, v := range a.values {
		if v != nil && v[i] != v[j] && !(math.IsNaN(v[i]) && math.IsNaN(v[j])) {
			return false
		}
	}
	return true
}
