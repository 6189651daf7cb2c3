package format

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/grid"
)

// dayKind says how a table names its days.
type dayKind uint8

const (
	unknownDays dayKind = iota
	weekdays
	dated
)

// label is the day of a row as it stands in the file.
type label struct {
	weekday time.Weekday
	date    stamp
}

// person is one participant's rows.
type person struct {
	key    string // the bytes of the id
	id     string
	lines  []int
	days   []label
	values []float64 // 1440 a row
	reuse  bool      // values may be used for the next person
	notes  []string
}

// label parses the day of the row.
func (t *wide) label(l *lines) (label, error) {
	f := t.prefix[t.day]
	var d label
	kind := dated
	if w, ok := weekdayName(f); ok {
		d.weekday, kind = w, weekdays
	} else if n, ok := integer(f); ok && len(f) == 1 && t.codes && 1 <= n && n <= 7 {
		d.weekday, kind = time.Weekday(n-1), weekdays
	} else if !d.date.date(f) {
		return d, l.fault("a weekday or a date", quoted(f), "write weekdays or dates such as 2003-03-18; if numbers are weekdays as NHANES codes them, 1 for Sunday, name the column WEEKDAY")
	}
	if t.kind == unknownDays {
		t.kind = kind
	}
	if kind != t.kind {
		return d, l.fault("weekdays in all rows, or dates in all rows", quoted(f), "make the column uniform")
	}
	if kind == dated {
		t.dates.see(&d.date, l.number)
	}
	return d, nil
}

func weekdayName(b []byte) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := d.String()
		if bytes.EqualFold(b, []byte(name[:3])) || bytes.EqualFold(b, []byte(name)) {
			return d, true
		}
	}
	return 0, false
}

// arrange checks the weekdays of a person. Dates wait for their order.
func (t *wide) arrange(p *person) error {
	if t.kind != weekdays {
		return nil
	}
	_, _, err := t.weekdaySlots(p)
	return err
}

// weekdaySlots returns the day of each row after the first, in file order, and
// how many days are missing between them. Weekdays cannot tell a missing day
// from a wrong order, so days may be missing only where the rows span a week at
// most.
func (t *wide) weekdaySlots(p *person) (slots []int, missing int, err error) {
	slots = make([]int, len(p.days))
	for i := 1; i < len(p.days); i++ {
		before, now := p.days[i-1].weekday, p.days[i].weekday
		step := int(now-before+7) % 7
		if step == 0 {
			return nil, 0, t.dayFault(p, i, fmt.Sprintf("%v after %v", (before+1)%7, before), now.String()+" again", "remove the repeated row")
		}
		slots[i] = slots[i-1] + step
		if missing += step - 1; missing > 0 && slots[i] > 6 {
			return nil, 0, t.dayFault(p, i, "days that follow each other", fmt.Sprintf("%v after %v", now, before),
				"sort the rows of a participant by time; add dates where days are missing")
		}
	}
	return slots, missing, nil
}

func (t *wide) dayFault(p *person, row int, expected, found, advice string) error {
	return &actigraphy.FileError{
		File: t.in.Path, Line: p.lines[row], Expected: expected + " for participant " + strconv.Quote(p.id), Found: found, Advice: advice,
	}
}

// dateSlots returns the day of each row after the earliest one.
func (t *wide) dateSlots(p *person, order DateOrder) (slots []int, first int64, err error) {
	days := make([]int64, len(p.days))
	for i := range p.days {
		d, ok := p.days[i].date.days(order)
		if !ok {
			return nil, 0, t.dayFault(p, i, "a date that exists, in the order "+order.words(), "another", "correct the date")
		}
		days[i] = d
	}
	sorted := make([]int, len(days)) // rows by date
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortStableFunc(sorted, func(a, b int) int { return int(days[a] - days[b]) })
	if !slices.IsSorted(days) {
		p.notes = append(p.notes, "The rows were not in the order of their dates and were sorted.")
	}
	slots = make([]int, len(days))
	for k, i := range sorted {
		slots[i] = int(days[i] - days[sorted[0]])
		if k == 0 {
			continue
		}
		date := time.Unix(days[i]*86400, 0).UTC().Format(time.DateOnly)
		switch step := days[i] - days[sorted[k-1]]; {
		case step == 0:
			return nil, 0, t.dayFault(p, max(i, sorted[k-1]), "one row a day", date+" again", "remove the repeated row")
		case step > int64(grid.MaxGap/(24*time.Hour)):
			return nil, 0, t.dayFault(p, i, fmt.Sprintf("gaps of at most %d days", grid.MaxGap/(24*time.Hour)), fmt.Sprintf("%s, %d days after the day before", date, step),
				"give the second recording an id of its own, or name the date order")
		}
	}
	return slots, days[sorted[0]], nil
}

// recording lays a person's days one after the other.
func (p *person) recording(t *wide, order DateOrder) (*actigraphy.Recording, error) {
	r := &actigraphy.Recording{Subject: p.id, Epoch: time.Minute}
	r.Source.Subject, r.Source.Channel = p.id, "activity"
	slots, err := p.place(t, order, r)
	if err != nil {
		return nil, err
	}
	r.Source.Notes = append(r.Source.Notes, p.notes...)
	r.Activity = p.onDays(slots)
	if gaps := len(r.Activity)/minutesPerDay - len(slots); gaps > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d days between the first and the last are missing and marked as not recorded.", gaps))
	}
	p.identify(r)
	return r, nil
}

// place sets the start and returns the day of each row.
func (p *person) place(t *wide, order DateOrder, r *actigraphy.Recording) ([]int, error) {
	if t.kind == weekdays {
		slots, _, err := t.weekdaySlots(p)
		r.Start = actigraphy.Undated(p.days[0].weekday, 0)
		r.Source.Notes = append(r.Source.Notes, "The table names weekdays and no dates.")
		if t.codes {
			r.Source.Notes = append(r.Source.Notes, "Day codes are those of NHANES, 1 for Sunday.")
		}
		return slots, err
	}
	slots, first, err := t.dateSlots(p, order)
	r.Start = actigraphy.Naive(time.Unix(first*86400, 0).UTC())
	return slots, err
}

// onDays returns the values with every row on its day.
func (p *person) onDays(slots []int) []float64 {
	inOrder := true
	for i, s := range slots {
		inOrder = inOrder && s == i
	}
	if inOrder {
		return p.values
	}
	out := make([]float64, 0, (slices.Max(slots)+1)*minutesPerDay)
	for range slices.Max(slots) + 1 {
		out = append(out, dayOfNaN[:]...)
	}
	for i, s := range slots {
		copy(out[s*minutesPerDay:], p.values[i*minutesPerDay:(i+1)*minutesPerDay])
	}
	return out
}

// Respondent numbers (SEQN) of the NHANES cycles with accelerometers, by the
// documentation of their demographic files.
const (
	first2003, last2005 = 21005, 41474 // 2003-2004 and 2005-2006: ActiGraph 7164, hip
	first2011, last2013 = 62161, 83731 // 2011-2012 and 2013-2014: ActiGraph GT3X+, wrist, MIMS
)

// identify names device and unit by the participant's number, as far as the
// values agree.
func (p *person) identify(r *actigraphy.Recording) {
	n, err := strconv.Atoi(p.id)
	whole := isWhole(r.Activity)
	switch {
	case err == nil && first2003 <= n && n <= last2005 && whole:
		r.Device, r.Site = "ActiGraph 7164", "hip"
		r.Unit = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph"}
		r.Source.Notes = append(r.Source.Notes, "The number is of NHANES 2003-2006: taken as counts of an ActiGraph 7164 on the hip.")
	case err == nil && first2011 <= n && n <= last2013 && !whole:
		r.Device, r.Site = "ActiGraph GT3X+", "wrist"
		r.Unit = actigraphy.Unit{Quantity: "MIMS"}
		r.Source.Notes = append(r.Source.Notes, "The number is of NHANES 2011-2014 and the values are no whole numbers: taken as MIMS of an ActiGraph GT3X+ on the wrist.")
	case whole:
		r.Unit = actigraphy.Unit{Quantity: "counts"}
		r.Source.Notes = append(r.Source.Notes, "The table names no device; the values are taken as counts of an unknown one.")
	default:
		r.Source.Notes = append(r.Source.Notes, "The table names neither device nor unit.")
	}
}
