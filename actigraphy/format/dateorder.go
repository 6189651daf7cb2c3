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
	free       bool   // some dates do not say it themselves
	example    stamp  // the first of them
	line       int    // its line
	short      int    // line of the first year of two digits
	dayFirst   int    // line on which the first number can be no month
	monthFirst int    // line on which the second number can be no month
	breaksDMY  int    // line on which the date jumps or goes back, read day first
	breaksMDY  int    // and read month first
	last       *stamp // the date seen last; nil where the next follows nothing

	header     DateOrder // the only order in which the header agrees with itself; OrderFromFile where there is none
	headerLine int
}

// dateChoice is the order that was decided on.
type dateChoice struct {
	order  DateOrder
	note   string
	option bool // the user's choice made the difference
}

// restart says that the next date does not follow the one seen last: another
// participant's rows begin.
func (e *dateEvidence) restart() { e.last = nil }

func (e *dateEvidence) see(s *stamp, line int) {
	if !s.free() || e.last != nil && s.a == e.last.a && s.b == e.last.b && s.year == e.last.year {
		return
	}
	if !e.free {
		e.free, e.example, e.line = true, s.midnight(), line
	}
	if s.short && e.short == 0 {
		e.short = line
	}
	if e.last != nil {
		e.step(s, line)
	}
	last := *s
	e.last = &last
	if s.a > 12 && e.dayFirst == 0 {
		e.dayFirst = line
	}
	if s.b > 12 && e.monthFirst == 0 {
		e.monthFirst = line
	}
}

// step looks at how far the date moved in either order.
func (e *dateEvidence) step(s *stamp, line int) {
	breaks := func(order DateOrder) bool {
		before, ok1 := e.last.days(order)
		now, ok2 := s.days(order)
		return !ok1 || !ok2 || now < before || now-before >= maxDayStep
	}
	if e.breaksDMY == 0 && breaks(DayMonthYear) {
		e.breaksDMY = line
	}
	if e.breaksMDY == 0 && breaks(MonthDayYear) {
		e.breaksMDY = line
	}
}

// decide takes the order that the file proves by numbers that can be no month,
// else the user's, else the only one in which the dates follow each other. It
// refuses what stays open, and a choice that the file contradicts.
func (e *dateEvidence) decide(in *Input, chosen DateOrder) (dateChoice, error) {
	switch {
	case !e.free:
		return dateChoice{order: YearMonthDay}, nil
	case chosen == YearMonthDay:
		return dateChoice{}, e.fault(in, e.line, "dates with the year first", "dates with the year last", "choose dmy or mdy, or leave the date order open")
	case e.dayFirst > 0 && e.monthFirst > 0:
		return dateChoice{}, e.fault(in, max(e.dayFirst, e.monthFirst), "dates in one order",
			fmt.Sprintf("line %d with the day first and line %d with the month first", e.dayFirst, e.monthFirst),
			"export the dates as year-month-day")
	}
	alone, why := e.alone()
	switch {
	case alone != OrderFromFile && (chosen == OrderFromFile || chosen == alone):
		return dateChoice{order: alone, note: fmt.Sprintf("Dates are in the order %s: %s.%s", alone.words(), why, e.shortYear())}, nil
	case alone != OrderFromFile && e.dayFirst+e.monthFirst > 0:
		return dateChoice{}, e.fault(in, max(e.dayFirst, e.monthFirst), "dates in the order "+chosen.words(),
			"a date in the order "+alone.words(), "leave the date order open")
	case chosen != OrderFromFile:
		return dateChoice{order: chosen, option: true, note: "Dates are in the order " + chosen.words() + ", as chosen by hand." + e.shortYear()}, nil
	}
	return dateChoice{}, e.ambiguous(in)
}

// alone returns the order that the file gives without the user, and why.
func (e *dateEvidence) alone() (order DateOrder, why string) {
	switch {
	case e.dayFirst > 0:
		return DayMonthYear, fmt.Sprintf("line %d cannot be read otherwise", e.dayFirst)
	case e.monthFirst > 0:
		return MonthDayYear, fmt.Sprintf("line %d cannot be read otherwise", e.monthFirst)
	case e.header == DayMonthYear && e.breaksDMY == 0, e.header == MonthDayYear && e.breaksMDY == 0:
		return e.header, fmt.Sprintf("read otherwise the header's start and end, on line %d, would not fit its number of epochs", e.headerLine)
	case e.header != OrderFromFile:
		return OrderFromFile, ""
	case e.breaksDMY == 0 && e.breaksMDY > 0:
		return DayMonthYear, fmt.Sprintf("read otherwise they would jump by a month or go back on line %d", e.breaksMDY)
	case e.breaksMDY == 0 && e.breaksDMY > 0:
		return MonthDayYear, fmt.Sprintf("read otherwise they would jump by a month or go back on line %d", e.breaksDMY)
	default:
		return OrderFromFile, ""
	}
}

func (e *dateEvidence) ambiguous(in *Input) error {
	dmy, _ := e.example.local(DayMonthYear)
	mdy, _ := e.example.local(MonthDayYear)
	return &actigraphy.FileError{
		File: in.Path, Line: e.line, Expected: "dates that can be read one way only",
		Found:  fmt.Sprintf("a date that can be %s (day, month, year) or %s (month, day, year)", dmy.Date(), mdy.Date()),
		Advice: "choose the date order: dmy or mdy", Err: actigraphy.ErrDateOrder,
	}
}

func (e *dateEvidence) fault(in *Input, line int, expected, found, advice string) error {
	return &actigraphy.FileError{File: in.Path, Line: line, Expected: expected, Found: found, Advice: advice}
}

// shortYear is the note on years of two digits, "" where there are none.
func (e *dateEvidence) shortYear() string {
	if e.short == 0 {
		return ""
	}
	return fmt.Sprintf(" The two digits at the end of a date, as on line %d, are the year: 69 to 99 of the 1900s, 00 to 68 of the 2000s.", e.short)
}

// keep leaves the choice in the source.
func (c dateChoice) keep(s *actigraphy.Source) {
	if c.note != "" {
		s.Notes = append(s.Notes, c.note)
	}
	if c.option {
		record(s, "date-order", string(c.order))
	}
}
