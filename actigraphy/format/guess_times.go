package format

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"circascope/actigraphy"
)

// findTime sets the columns of time by one row.
func (g *guess) findTime(fields [][]byte, first int, m *Mapping) bool {
	for i, f := range fields {
		switch {
		case m.Timestamp == 0 && isTimestamp(f):
			m.Timestamp = i + 1
		case m.Date == 0 && isDate(f):
			m.Date = i + 1
		case m.TimeOfDay == 0 && isClock(f):
			m.TimeOfDay = i + 1
		}
	}
	if m.Timestamp > 0 {
		m.Date, m.TimeOfDay = 0, 0
		return true
	}
	if m.Date > 0 && m.TimeOfDay > 0 {
		return true
	}
	m.Date, m.TimeOfDay = 0, 0
	return g.unixColumn(fields, first, m)
}

// unixColumn looks for Unix seconds or milliseconds in a column that is called a
// time, or in the first column where there are no names.
func (g *guess) unixColumn(fields [][]byte, first int, m *Mapping) bool {
	var names [][]byte
	if first > 0 {
		names, _ = split(g.lines[first-1], m.Separator[0], nil)
	}
	for i, f := range fields {
		named := len(names) == len(fields) && timeNames[plainName(string(names[i]))]
		if _, ok := unixTime(f); ok && (named || first == 0 && i == 0) {
			m.Timestamp = i + 1
			return true
		}
	}
	return false
}

// preambleTimes reads lines such as "Start;2020-01-01 00:00" and "Epoch;60".
func (g *guess) preambleTimes(sep byte) (start actigraphy.LocalTime, epoch time.Duration) {
	for _, line := range g.lines[:min(len(g.lines), maxPreamble)] {
		key, value, ok := bytes.Cut(line, []byte{sep})
		if !ok {
			if key, value, ok = bytes.Cut(line, []byte(":")); !ok {
				continue
			}
		}
		value = bytes.Trim(bytes.TrimSpace(value), "\",; ")
		switch plainName(string(key)) {
		case "start", "starttime", "startdatetime":
			var s stamp
			if s.parse(value) && !s.free() && !s.zoned {
				if t, ok := s.local(YearMonthDay); ok {
					start = t
				}
			}
		case "epoch", "epochlength", "epochs", "interval", "epochseconds", "epochlengthseconds":
			if n, ok := integer(value); ok {
				epoch = time.Duration(n) * time.Second
			}
		}
	}
	return start, epoch
}

// noTimes explains a table that has dates without times of day, or times without
// dates.
func (g *guess) noTimes() error {
	for i, line := range g.lines[:min(len(g.lines), 5)] {
		for _, sep := range separators[:4] {
			fields, _ := split(line, sep, nil)
			for _, f := range fields {
				switch {
				case len(fields) < 2:
				case isDate(f):
					return g.fault(i+1, "a date with a time of day", "the date "+quoted(f)+" alone",
						"export one row an epoch, with its time", actigraphy.ErrFormat)
				case isClock(f):
					return g.fault(i+1, "a time of day with a date", "the time "+quoted(f)+" alone",
						"add the date to the rows", actigraphy.ErrFormat)
				}
			}
		}
	}
	return nil
}

// ambiguousTimes refuses a table with several columns of timestamps.
func (g *guess) ambiguousTimes() error {
	g.isTime = make([]bool, len(g.names))
	var stamps []string
	for i := range g.names {
		f := g.rows[0][i]
		g.isTime[i] = isTemporal(f) || i+1 == g.m.Timestamp
		if isTimestamp(f) {
			if timeNames[plainName(g.names[i])] {
				g.m.Timestamp = i + 1
				return nil
			}
			stamps = append(stamps, strconv.Quote(g.columnName(i)))
		}
	}
	if len(stamps) > 1 {
		return g.fault(max(g.m.Header, 1), "one column of times, one row an epoch", "several: "+strings.Join(stamps, ", "),
			"choose the column of the epochs' times; if this is no recording but a sleep diary or a mask, import it as one", actigraphy.ErrFormat)
	}
	return nil
}
