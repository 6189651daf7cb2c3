package format

import (
	"fmt"

	"circascope/actigraphy"
)

// maxDayStep is the longest step between the dates of following rows, in days:
// day and month taken the wrong way round make every new day a month.
const maxDayStep = 28

// dateEvidence collects what the dates of a file say about their order.
type dateEvidence struct {
	free             bool  // dates that do not say it themselves
	example          stamp // the first of them
	dayFirst         int   // line on which the first number can be no month
	monthFirst       int   // line on which the second number can be no month
	breaksDayFirst   int   // line on which the date jumps or goes back, read day first
	breaksMonthFirst int   // and read month first
	last             stamp // the date seen last
	steps            int   // changes of the date
}

func (e *dateEvidence) see(s *stamp, line int) {
	if !s.free() || e.free && s.a == e.last.a && s.b == e.last.b && s.year == e.last.year {
		return
	}
	if !e.free {
		e.free, e.example = true, *s
	} else {
		e.step(s, line)
	}
	e.last = *s
	if s.a > 12 && e.dayFirst == 0 {
		e.dayFirst = line
	}
	if s.b > 12 && e.monthFirst == 0 {
		e.monthFirst = line
	}
}

// step looks at how far the date moved in either order.
func (e *dateEvidence) step(s *stamp, line int) {
	e.steps++
	for order, breaks := range map[DateOrder]*int{DayMonthYear: &e.breaksDayFirst, MonthDayYear: &e.breaksMonthFirst} {
		before, ok1 := e.last.days(order)
		now, ok2 := s.days(order)
		if d := now - before; *breaks == 0 && (!ok1 || !ok2 || d < 0 || d >= maxDayStep) {
			*breaks = line
		}
	}
}

// order decides the order of dates: by numbers that can be no month, then by
// dates that would jump, then by the user. It refuses what stays open.
func (t *table) order() (DateOrder, error) {
	e := &t.dates
	chosen := t.opts.DateOrder
	if chosen == OrderFromFile {
		chosen = t.m.DateOrder
	}
	if !e.free {
		return YearMonthDay, nil
	}
	switch {
	case chosen == YearMonthDay:
		return "", t.dateFault(t.m.First, "dates with the year first", "dates with the year last", "choose dmy or mdy, or leave the date order open")
	case e.dayFirst > 0 && e.monthFirst > 0:
		return "", t.dateFault(max(e.dayFirst, e.monthFirst), "dates in one order",
			fmt.Sprintf("line %d with the day first and line %d with the month first", e.dayFirst, e.monthFirst),
			"export the dates as year-month-day")
	case e.dayFirst > 0:
		return t.proved(DayMonthYear, chosen, e.dayFirst)
	case e.monthFirst > 0:
		return t.proved(MonthDayYear, chosen, e.monthFirst)
	case chosen == DayMonthYear || chosen == MonthDayYear:
		return t.chosenOrder(chosen), nil
	}
	return t.byContinuity()
}

// proved takes an order that a number over 12 proves.
func (t *table) proved(order, chosen DateOrder, line int) (DateOrder, error) {
	if chosen != OrderFromFile && chosen != order {
		return "", t.dateFault(line, "dates in the order "+chosen.words(), "a date in the order "+order.words(), "leave the date order open")
	}
	t.source.Notes = append(t.source.Notes, fmt.Sprintf("Dates are in the order %s: line %d cannot be read otherwise.", order.words(), line))
	return order, nil
}

// chosenOrder takes the user's order. It is an option of the recording only
// where the file alone would not give the same.
func (t *table) chosenOrder(chosen DateOrder) DateOrder {
	if alone, ok := t.dates.continuous(); !ok || alone != chosen {
		record(&t.source, "date-order", string(chosen))
		t.source.Notes = append(t.source.Notes, "Dates are in the order "+chosen.words()+", as chosen by hand.")
		return chosen
	}
	order, _ := t.byContinuity()
	return order
}

// continuous returns the only order in which the dates follow each other.
func (e *dateEvidence) continuous() (DateOrder, bool) {
	switch {
	case e.steps == 0:
		return "", false
	case e.breaksDayFirst == 0 && e.breaksMonthFirst > 0:
		return DayMonthYear, true
	case e.breaksMonthFirst == 0 && e.breaksDayFirst > 0:
		return MonthDayYear, true
	default:
		return "", false
	}
}

func (t *table) byContinuity() (DateOrder, error) {
	e := &t.dates
	if order, ok := e.continuous(); ok {
		t.source.Notes = append(t.source.Notes, fmt.Sprintf(
			"Dates are in the order %s: read otherwise they would jump by a month or go back on line %d.", order.words(), max(e.breaksDayFirst, e.breaksMonthFirst)))
		return order, nil
	}
	x := e.example
	x.clock = 0
	dmy, _ := x.local(DayMonthYear)
	mdy, _ := x.local(MonthDayYear)
	return "", t.dateFault(t.m.First, "dates that can be read one way only",
		fmt.Sprintf("the first date can be %s (day, month, year) or %s (month, day, year)", dmy.Date(), mdy.Date()),
		"choose the date order: dmy or mdy")
}

func (t *table) dateFault(line int, expected, found, advice string) error {
	return &actigraphy.FileError{File: t.in.Path, Line: line, Expected: expected, Found: found, Advice: advice}
}
