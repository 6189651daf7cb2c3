package format

import (
	"bytes"
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/grid"
)

func (e *epochRows) stamp(f []byte) error {
	if n := len(e.lastDate); n > 0 && len(f) > n && f[n] == ' ' && bytes.Equal(f[:n], e.lastDate) {
		return e.clock(trim(f[n+1:]))
	}
	i := dateEnd(f)
	if i == 0 {
		return e.l.fault("a date and a time of day", quoted(f), "check the file; it may be damaged or cut off")
	}
	if err := e.date(f[:i]); err != nil {
		return err
	}
	return e.clock(trim(f[i+1:]))
}

// date parses a date once for all its rows.
func (e *epochRows) date(f []byte) error {
	if len(e.lastDate) > 0 && bytes.Equal(f, e.lastDate) {
		return nil
	}
	var s stamp
	if !s.date(f) {
		return e.l.fault("a date", quoted(f), "check the file; it may be damaged or cut off")
	}
	e.lastDate = append(e.lastDate[:0], f...)
	e.days = append(e.days, dayRun{e.n, s})
	e.dates.see(&s, e.l.number)
	return nil
}

func (e *epochRows) clock(f []byte) error {
	ns, ok := clock(f)
	if !ok {
		return e.l.fault("a time of day", quoted(f), "check the file; it may be damaged or cut off")
	}
	e.clocks[e.n] += ns
	return nil
}

// times returns Unix nanoseconds of the wall clock of each row.
func (e *epochRows) times(order DateOrder) ([]int64, error) {
	for i, run := range e.days {
		d, ok := run.date.days(order)
		if !ok {
			return nil, &actigraphy.FileError{
				File: e.l.in.Path, Line: e.first + run.row, Expected: "a date that exists, in the order " + order.words(),
				Found: fmt.Sprintf("%02d and %02d of %d", run.date.a, run.date.b, run.date.year), Advice: "name another date order",
			}
		}
		end := e.n
		if i+1 < len(e.days) {
			end = e.days[i+1].row
		}
		for j := run.row; j < end; j++ {
			e.clocks[j] += d * day
		}
	}
	return e.clocks, nil
}

// finish lays the rows onto epochs and fills in start, epoch, channels and notes
// of r. activity names the channel that becomes the activity; a declared epoch of
// 0 is found from the rows.
func (e *epochRows) finish(r *actigraphy.Recording, opts Options, activity string) error {
	choice, err := e.dates.decide(e.l.in, opts.DateOrder)
	if err != nil {
		return err
	}
	choice.keep(&r.Source)
	times, err := e.times(choice.order)
	if err != nil {
		return err
	}
	return e.lay(r, times, activity)
}

// lay is finish for rows whose times are known.
func (e *epochRows) lay(r *actigraphy.Recording, times []int64, activity string) error {
	name := func(i int) string { return wallTime(times[i]).String() }
	known := time.Duration(0)
	if e.n == 1 {
		known = r.Epoch
	}
	g, err := grid.Fit(grid.Rows{Times: times, Same: e.same, Wall: true, Log: true, Name: name}, known)
	if err != nil {
		return gridError(e.l.in, err, func(row int) int { return e.first + row })
	}
	r.Start, r.Epoch = wallTime(g.Start), g.Epoch
	r.Activity = e.take(activity)
	r.Channels = make(map[string][]float64)
	for _, n := range e.names() {
		if n != activity {
			r.Channels[n] = e.take(n)
		}
	}
	g.Lay(r)
	r.Source.Channel = activity
	r.Source.Notes = append(append(r.Source.Notes, g.Notes...), e.l.endNotes()...)
	if e.mark == ',' {
		r.Source.Notes = append(r.Source.Notes, "Numbers have decimal commas.")
	}
	return nil
}

func wallTime(ns int64) actigraphy.LocalTime { return actigraphy.Naive(time.Unix(0, ns).UTC()) }
