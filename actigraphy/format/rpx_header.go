package format

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
)

// rpxProperties is the number of the section on the device; the one before it is
// on the person.
const rpxProperties = 2

// rpxHeader is what the first two sections say. Their lines stand in one order
// in all languages.
type rpxHeader struct {
	subject, device, serial string
	zone, offset            string
	start, end              stamp
	dates, clocks           int // how many were seen
	endLine                 int
	epoch                   float64 // as it stands, in seconds or minutes
	epochLine               int
	samples                 int    // rows that the program counted
	last                    string // value of the line before
	named                   bool   // the line of the participant was seen
}

// line takes a line of one of the first sections, split into fields.
func (h *rpxHeader) line(section, number int, fields [][]byte) {
	if len(fields) < 2 {
		return
	}
	name, value := strings.ToLower(rpxLabel(fields[0])), fields[1]
	if section < rpxProperties {
		if section == 1 && !h.named {
			h.subject, h.named = toUTF8(value), true
		}
		return
	}
	h.property(number, name, value)
	h.last = toUTF8(value)
}

// property takes a line of the section on the device by what its value is.
func (h *rpxHeader) property(line int, name string, value []byte) {
	v, isNumber := number(value, '.')
	switch {
	case h.device == "":
		h.device = toUTF8(value)
	case h.dates < 2 && isDate(value):
		h.date(value, line)
	case h.clocks < 2 && isClock(value):
		h.clock(value)
	case h.offset == "" && len(value) > 3 && (value[0] == '+' || value[0] == '-') && isClock(value[1:]):
		h.offset, h.zone = string(value), h.last
	case h.clocks == 2 && h.epoch == 0 && isNumber:
		h.epoch, h.epochLine = v, line
	case h.epoch > 0 && h.samples == 0 && isNumber:
		h.samples = int(min(v, maxEpochs))
	case strings.Contains(name, "seri") || strings.Contains(name, "séri"):
		h.serial = toUTF8(value)
	}
}

func (h *rpxHeader) date(value []byte, line int) {
	if h.dates++; h.dates == 1 {
		h.start.date(value)
		return
	}
	h.end.date(value)
	h.endLine = line
}

func (h *rpxHeader) clock(value []byte) {
	ns, _ := clock(value)
	if h.clocks++; h.clocks == 1 {
		h.start.clock = ns
		return
	}
	h.end.clock = ns
}

// declare tells the order in which the header's start and end are as far apart
// as its number of samples is long, where that is one order only.
func (h *rpxHeader) declare(e *dateEvidence) {
	if h.dates < 2 || h.clocks < 2 || h.samples < 2 || !h.start.free() || !h.end.free() {
		return
	}
	fits := func(order DateOrder) bool {
		from, ok1 := h.start.days(order)
		to, ok2 := h.end.days(order)
		span := (to-from)*day + h.end.clock - h.start.clock
		for _, unit := range []time.Duration{time.Second, time.Minute} {
			long := int64(float64(h.samples-1) * h.epoch * float64(unit))
			slack := max(hour, int64(2*h.epoch*float64(unit)))
			if ok1 && ok2 && span >= long-slack && span <= long+slack {
				return true
			}
		}
		return false
	}
	switch dmy, mdy := fits(DayMonthYear), fits(MonthDayYear); {
	case dmy && !mdy:
		e.header, e.headerLine = DayMonthYear, h.endLine
	case mdy && !dmy:
		e.header, e.headerLine = MonthDayYear, h.endLine
	}
}

// name fills in who and what.
func (h *rpxHeader) name(in *Input, r *actigraphy.Recording) {
	nameSubject(r, in, h.subject)
	device := h.device
	if !strings.Contains(device, "Actiwatch") {
		device = "Actiwatch " + device
	}
	r.Device = strings.TrimSpace(device + " " + h.serial)
}

// notes tells what the header says beside the rows.
func (h *rpxHeader) notes(r *actigraphy.Recording, rows int) {
	add := func(format string, args ...any) {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf(format, args...))
	}
	if h.offset != "" {
		add("The header names the time zone %q with the offset %s; the times are kept as the clock showed them.", h.zone, h.offset)
	}
	if h.samples > 0 && h.samples != rows {
		add("The header counts %d epochs and the file has %d rows: check that it is complete.", h.samples, rows)
	}
	if n := r.Missing(); n > 0 {
		add("Epochs without activity, as the device marked them: %d of %d.", n, len(r.Activity))
	}
	if r.Channels[rpxInterval] != nil {
		add("The interval status is kept as 0 excluded, 1 active, 2 rest, 3 sleep within rest; sleep/wake as 0 sleep, 1 wake.")
	}
}

// rpxMissing reports the words for a number that is none, as the program writes
// them in its languages.
func rpxMissing(f []byte) bool {
	if bytes.HasPrefix(f, []byte("NaN")) {
		return true
	}
	switch toUTF8(f) {
	case "kZ", "n. def.", "NeuN", "Non Numérique", "Non un numero reale":
		return true
	default:
		return false
	}
}
