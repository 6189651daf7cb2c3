package rawcsv

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// dates decides how dates are read, by that of the header or of the first row.
// Where it can't, an order that is possible stands until it is known whether the
// table is one of samples.
func (l *layout) dates(in *format.Input, first row, opts format.Options) error {
	line, text := first.line, string(first.text)
	switch {
	case l.unix:
		l.note("Times are Unix time.")
		return nil
	case l.time < 0:
		l.note("Samples have no times: they are counted from the start in the header.")
		l.note("Where the device slept, ActiLife writes its last values again: such time can't be told from stillness.")
		line, text = l.actiLife.startLine, l.actiLife.start
	}
	return l.dateOrder(in, line, text, opts)
}

// times sets the start and reads the times of rows, up to the first that has
// none: the reading of the whole names its line.
func (l *layout) times(rows []row) []row {
	if l.time < 0 {
		l.start, _ = l.local([]byte(l.actiLife.start))
		return rows
	}
	for i := range rows {
		t, ok := l.local(rows[i].text)
		if !ok {
			return rows[:i]
		}
		if i == 0 {
			l.start = t
		}
		rows[i].at = t.Clock().UnixNano()
	}
	return rows
}

// dateOrder decides the order of day and month by one date of the file.
func (l *layout) dateOrder(in *format.Input, line int, text string, opts format.Options) error {
	var s format.Stamp
	fault := func(expected, found, advice string) error {
		return &actigraphy.FileError{File: in.Path, Line: line, Expected: expected, Found: found, Advice: advice}
	}
	if !s.Parse([]byte(text)) {
		return fault("a date and a time of day", format.Quoted([]byte(text)), "check the header")
	}
	if !s.Open() {
		l.order = format.YearMonthDay
		return nil
	}
	dmy, asDMY := s.Time(format.DayMonthYear)
	mdy, asMDY := s.Time(format.MonthDayYear)
	named := opts.DateOrder == format.DayMonthYear || opts.DateOrder == format.MonthDayYear
	switch {
	case asDMY && !asMDY:
		l.order = format.DayMonthYear
	case asMDY && !asDMY:
		l.order = format.MonthDayYear
	case !asDMY:
		return fault("a date that exists", format.Quoted([]byte(text)), "check the file")
	case named:
		l.order = opts.DateOrder
		if l.actiLife == nil || l.actiLife.order != l.order {
			l.chosen = map[string]string{"date-order": string(l.order)}
		}
		l.note("Dates are in the order %s, as chosen by hand.", l.order.Words())
		return nil
	case l.actiLife != nil && (l.actiLife.order == format.DayMonthYear || l.actiLife.order == format.MonthDayYear):
		l.order = l.actiLife.order
		l.note("Dates are in the order %s, as the header says.", l.order.Words())
		return nil
	default:
		l.order = format.DayMonthYear
		return fault("a date that can be read one way only", fmt.Sprintf("%q, which can be %s or %s", text, dmy.Date(), mdy.Date()), "choose the date order: dmy or mdy")
	}
	if named && opts.DateOrder != l.order {
		return fault("dates in the order "+opts.DateOrder.Words(), "dates that are only possible in the order "+l.order.Words(), "leave the date order open")
	}
	l.note("Dates are in the order %s.", l.order.Words())
	return nil
}

// local reads a row's time.
func (l *layout) local(text []byte) (actigraphy.LocalTime, bool) {
	if l.unix {
		ns, ok := unixNanos(text)
		return actigraphy.Zoned(time.Unix(0, ns).UTC()), ok
	}
	if !l.stamp.Parse(text) {
		return actigraphy.LocalTime{}, false
	}
	return l.stamp.Time(l.order)
}

// unixNanos reads Unix seconds, or milliseconds, of the years 2001 to 2099. All
// digits of the fraction count: float64 holds them only to a tenth of a
// microsecond.
func unixNanos(b []byte) (int64, bool) {
	whole, i := int64(0), 0
	for ; i < len(b) && i < 14 && '0' <= b[i] && b[i] <= '9'; i++ {
		whole = whole*10 + int64(b[i]-'0')
	}
	unit := int64(time.Second)
	switch {
	case whole >= 1e9 && whole < 4.1e9:
	case whole >= 1e12 && whole < 4.1e12:
		unit = int64(time.Millisecond)
	default:
		return 0, false
	}
	ns := whole * unit
	if i == len(b) {
		return ns, true
	}
	if b[i] != '.' || i+1 == len(b) || len(b) > i+16 {
		return 0, false
	}
	for _, c := range b[i+1:] {
		if c < '0' || c > '9' {
			return 0, false
		}
		unit /= 10
		ns += int64(c-'0') * unit
	}
	return ns, true
}

// usual are the rates that devices are set to, Hz.
var usual = []float64{10, 12.5, 20, 25, 30, 31.25, 32, 40, 50, 60, 62.5, 64, 66.7, 70, 75, 80, 85.7, 90, 100, 128, 200, 256, 400, 800}

// pace finds the rate: that of the header, or by the times of the head's rows.
func (l *layout) pace(in *format.Input, rows []row) error {
	const slowest, near = 5, 0.02
	if l.actiLife != nil && l.actiLife.rate > 0 {
		l.rate = l.actiLife.rate
		return nil
	}
	if l.time < 0 {
		return &actigraphy.FileError{
			File: in.Path, Line: 1, Expected: `a sample rate in the first line, as in "at 30 Hz"`, Found: "none",
			Advice: "export the samples with their times",
		}
	}
	l.rate = measured(rows)
	if !(l.rate >= slowest) || math.IsInf(l.rate, 0) {
		return errOther
	}
	nearest := slices.MinFunc(usual, func(a, b float64) int { return cmp.Compare(math.Abs(l.rate-a), math.Abs(l.rate-b)) })
	if math.Abs(l.rate-nearest) <= near*nearest {
		l.note("The rate is taken as %v Hz; the first samples are at %.4g Hz by their times.", nearest, l.rate)
		l.rate = nearest
		return nil
	}
	l.rate = math.Round(l.rate*100) / 100
	l.note("The rate is taken as %v Hz, by the times of the first samples.", l.rate)
	return nil
}

// measured returns the samples a second without the longest interruptions: the
// median over stretches of the head.
func measured(rows []row) float64 {
	const stretches = 9
	n := len(rows) - 1
	if rows[0].at == rows[1].at {
		return coarse(rows)
	}
	var best []float64
	size := max(n/stretches, 1)
	for from := 0; from+size <= n; from += size {
		if d := rows[from+size].at - rows[from].at; d > 0 {
			best = append(best, float64(size)/(float64(d)/1e9))
		}
	}
	if len(best) == 0 {
		return math.NaN()
	}
	return median(best)
}

// coarse is measured for times of whole seconds, or such: between the first and
// the last row whose time is another than that of the row before. Times of whole
// minutes are too coarse, NaN.
func coarse(rows []row) float64 {
	const longest = int64(1500 * time.Millisecond)
	first, last := 0, 0
	for i := 1; i < len(rows); i++ {
		switch {
		case rows[i].at == rows[i-1].at:
		case rows[i].at-rows[i-1].at > longest:
			return math.NaN()
		case first == 0:
			first = i
		default:
			last = i
		}
	}
	return float64(last-first) / (float64(rows[last].at-rows[first].at) / 1e9)
}
