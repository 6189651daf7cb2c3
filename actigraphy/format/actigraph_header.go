package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"circascope/actigraphy"
)

// actigraphHeader is what the ten header lines of an ActiLife CSV say.
type actigraphHeader struct {
	model, serial, limb, filter string
	declared                    DateOrder // by "date format M/d/yyyy"
	start, download             stamp
	startLine, epochLine        int
	startText                   string
	hasDownload                 bool
	epoch                       time.Duration
	mode                        int
}

// maxActigraphHeader is where a header without its closing line is given up.
const maxActigraphHeader = 20

var (
	actigraphModel  = regexp.MustCompile(`(?i)created by actigraph\s+(.*?)\s+ActiLife`)
	actigraphDates  = regexp.MustCompile(`date format (\S+)`)
	actigraphFilter = regexp.MustCompile(`Filter (\S+)`)
	actigraphLimb   = regexp.MustCompile(`Limb: (\w+)`)
	actigraphMode   = regexp.MustCompile(`Mode = (\d+)`)
)

// readActigraphHeader reads the lines up to the second line of dashes.
func readActigraphHeader(l *lines) (*actigraphHeader, error) {
	h := &actigraphHeader{}
	var clockOfStart []byte
	for {
		raw, err := l.next()
		if errors.Is(err, io.EOF) || l.number > maxActigraphHeader {
			return nil, l.truncated("ten header lines that end in a line of dashes")
		}
		if err != nil {
			return nil, err
		}
		line := bytes.TrimRight(bytes.Trim(raw, "\" \t"), ",; \"\t")
		if l.number > 1 && bytes.HasPrefix(line, []byte("----------")) {
			break
		}
		if err := h.line(l, line, &clockOfStart); err != nil {
			return nil, err
		}
	}
	return h, h.check(l, clockOfStart)
}

func (h *actigraphHeader) line(l *lines, line []byte, clockOfStart *[]byte) error {
	text := toUTF8(line)
	switch {
	case l.number == 1:
		h.model, h.filter, h.limb = group(actigraphModel, text), group(actigraphFilter, text), group(actigraphLimb, text)
		h.declared = orderOfLayout(group(actigraphDates, text))
	case strings.HasPrefix(text, "Serial Number:"):
		h.serial = strings.TrimSpace(strings.TrimPrefix(text, "Serial Number:"))
	case strings.HasPrefix(text, "Start Time"):
		*clockOfStart = bytes.Clone(lastWord(line, "Start Time"))
	case strings.HasPrefix(text, "Start Date"):
		h.startLine, h.startText = l.number, string(lastWord(line, "Start Date"))
		if !h.start.date([]byte(h.startText)) {
			return l.fault("a date behind Start Date", quoted(line), "check the header")
		}
	case strings.HasPrefix(text, "Epoch Period"):
		h.epochLine = l.number
		return h.period(l, line)
	case strings.HasPrefix(text, "Download Date"):
		h.hasDownload = h.download.date(lastWord(line, "Download Date"))
	case strings.Contains(text, "Mode ="):
		h.mode, _ = strconv.Atoi(group(actigraphMode, text))
	}
	return nil
}

// period reads the epoch length; 0 stands in files of raw acceleration.
func (h *actigraphHeader) period(l *lines, line []byte) error {
	i := bytes.LastIndexByte(line, ')')
	ns, ok := clock(trim(line[i+1:]))
	switch {
	case !ok:
		return l.fault("an epoch length as in 00:01:00", quoted(line), "check the header")
	case ns == 0:
		return l.fault("an epoch length over 0", "raw acceleration, which this version does not read yet", "export epochs in ActiLife")
	}
	h.epoch = time.Duration(ns)
	return nil
}

func (h *actigraphHeader) check(l *lines, clockOfStart []byte) error {
	ns, ok := clock(clockOfStart)
	switch {
	case h.startLine == 0 || !ok:
		return l.fault("header lines with Start Time and Start Date", "a header without", "export the file again in ActiLife")
	case h.epoch == 0:
		return l.fault("a header line with Epoch Period", "a header without", "export the file again in ActiLife")
	}
	h.start.clock = ns
	return nil
}

// lastWord returns what stands behind a label.
func lastWord(line []byte, label string) []byte {
	return trim(bytes.TrimLeft(line[min(len(label), len(line)):], ": \t"))
}

func group(re *regexp.Regexp, text string) string {
	if m := re.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// orderOfLayout returns the order of a layout such as M/d/yyyy.
func orderOfLayout(layout string) DateOrder {
	y, m, d := strings.Index(layout, "y"), strings.Index(layout, "M"), strings.Index(layout, "d")
	switch {
	case y < 0 || m < 0 || d < 0:
		return OrderFromFile
	case y < m:
		return YearMonthDay
	case d < m:
		return DayMonthYear
	default:
		return MonthDayYear
	}
}

func (h *actigraphHeader) device() string {
	return strings.TrimSpace(strings.Join(strings.Fields("ActiGraph "+h.model+" "+h.serial), " "))
}

// possible reports whether all dates of the header, and those of the rows that
// say their order themselves, allow an order.
func (h *actigraphHeader) possible(order DateOrder, rows *stamps) bool {
	start, ok := h.start.local(order)
	if !ok {
		return false
	}
	if _, ok := h.download.days(order); h.hasDownload && !ok {
		return false
	}
	if rows.len() == 0 {
		return true
	}
	for i := range rows.dates {
		if d := &rows.dates[i]; d.free() {
			if _, ok := d.days(order); !ok {
				return false
			}
		}
	}
	first, ok := rows.first().local(order)
	return ok && (rows.first().free() || first.Date() == start.Date())
}

// order decides how the header's dates are read: as the header declares, unless
// its own dates or the rows' contradict that.
func (h *actigraphHeader) order(a *actigraphReading) (DateOrder, error) {
	if !h.start.free() {
		return YearMonthDay, nil
	}
	dmy, mdy := h.possible(DayMonthYear, &a.stamps), h.possible(MonthDayYear, &a.stamps)
	chosen := a.opts.DateOrder
	switch {
	case dmy != mdy:
		return h.only(a, dmy)
	case !dmy:
		return h.declared, nil // the rows' times disagree with the header; they are taken
	case chosen == DayMonthYear || chosen == MonthDayYear:
		if chosen != h.declared {
			record(&a.r.Source, "date-order", string(chosen))
		}
		a.note("Dates are in the order %s, as chosen by hand.", chosen.words())
		return chosen, nil
	case h.declared == DayMonthYear || h.declared == MonthDayYear:
		a.note("Dates are in the order %s, as the header says.", h.declared.words())
		return h.declared, nil
	default:
		x, _ := h.start.local(DayMonthYear)
		y, _ := h.start.local(MonthDayYear)
		return "", &actigraphy.FileError{
			File: a.l.in.Path, Line: h.startLine, Expected: "a date that can be read one way only",
			Found: fmt.Sprintf("%q, which can be %s or %s", h.startText, x.Date(), y.Date()), Advice: "choose the date order: dmy or mdy",
			Err: actigraphy.ErrDateOrder,
		}
	}
}

// only takes the single order that all dates allow.
func (h *actigraphHeader) only(a *actigraphReading, dmy bool) (DateOrder, error) {
	order := MonthDayYear
	if dmy {
		order = DayMonthYear
	}
	if chosen := a.opts.DateOrder; chosen != OrderFromFile && chosen != order {
		return "", &actigraphy.FileError{
			File: a.l.in.Path, Line: h.startLine, Expected: "dates in the order " + chosen.words(),
			Found: "dates that are only possible in the order " + order.words(), Advice: "leave the date order open",
		}
	}
	if h.declared != order && h.declared != OrderFromFile {
		a.note("The header declares dates in the order %s, but its dates are only possible in the order %s.", h.declared.words(), order.words())
	} else {
		a.note("Dates are in the order %s.", order.words())
	}
	return order, nil
}

func (h *actigraphHeader) dateFault(in *Input, order DateOrder) error {
	return &actigraphy.FileError{
		File: in.Path, Line: h.startLine, Expected: "a date that exists, in the order " + order.words(),
		Found: fmt.Sprintf("%q", h.startText), Advice: "check the header",
	}
}
