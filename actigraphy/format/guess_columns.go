package format

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
)

// columns finds what the columns beside the time hold. channel names the
// activity column; "" finds it.
func (g *guess) columns(channel string) error {
	var numeric []int
	for i := range g.names {
		switch {
		case g.isTimeColumn(i):
		case subjectNames[plainName(g.names[i])]:
			g.m.Subject = i + 1
		case g.isNumeric(i):
			numeric = append(numeric, i)
		}
	}
	g.decimal(numeric)
	activity, err := g.activity(numeric, channel)
	if err != nil {
		return err
	}
	g.m.Activity, g.m.Channel = activity+1, channelName(g.columnName(activity))
	g.further(numeric, activity)
	return g.headerIsNoData()
}

func (g *guess) isTimeColumn(i int) bool {
	return i < len(g.isTime) && g.isTime[i]
}

// isNumeric reports whether the sample rows hold numbers. A few bad values make
// no difference: the reader is to refuse them with their line.
func (g *guess) isNumeric(i int) bool {
	numbers, words := 0, 0
	for _, row := range g.rows {
		if i >= len(row) || missing(row[i]) {
			continue
		}
		if _, ok := anyNumber(row[i]); ok {
			numbers++
		} else {
			words++
		}
	}
	if numbers == 0 && words == 0 {
		return slices.Contains(activityNames, plainName(g.names[i])) // not recorded at first
	}
	return numbers > 9*words
}

// anyNumber parses a number with either decimal mark.
func anyNumber(f []byte) (float64, bool) {
	if v, ok := number(f, '.'); ok {
		return v, true
	}
	return number(f, ',')
}

// decimal decides between point and comma where the sample shows one of them.
func (g *guess) decimal(numeric []int) {
	point, comma := false, false
	for _, i := range numeric {
		for _, row := range g.rows {
			if i < len(row) {
				point = point || bytes.IndexByte(row[i], '.') >= 0
				comma = comma || bytes.IndexByte(row[i], ',') >= 0
			}
		}
	}
	switch {
	case comma && !point:
		g.m.Decimal = ","
		g.notes = append(g.notes, "Numbers have decimal commas.")
	case g.m.Separator == "," || point:
		g.m.Decimal = "."
	}
}

// activity finds the activity column among the numeric ones.
func (g *guess) activity(numeric []int, channel string) (int, error) {
	if channel != "" {
		return g.chosen(numeric, channel)
	}
	for _, name := range activityNames {
		named := slices.DeleteFunc(slices.Clone(numeric), func(i int) bool { return plainName(g.names[i]) != name })
		switch {
		case len(named) == 1:
			return named[0], nil
		case len(named) > 1:
			return 0, g.fault(g.m.Header, "one column named "+strconv.Quote(name), fmt.Sprint(len(named)), "give the columns different names, or choose one", nil)
		}
	}
	unknown := slices.DeleteFunc(slices.Clone(numeric), func(i int) bool {
		_, known := channelNames[plainName(g.names[i])]
		return known || g.names[i] == "" && g.m.Header > 0
	})
	if len(unknown) == 1 {
		g.notes = append(g.notes, fmt.Sprintf("Activity is taken from %s, the only column of numbers that it can be.", strconv.Quote(g.columnName(unknown[0]))))
		return unknown[0], nil
	}
	found := "no column of numbers"
	if len(numeric) > 0 {
		found = "several columns that it can be: " + g.list(numeric)
	}
	return 0, g.fault(max(g.m.Header, 1), `a column of activity, named "activity" or "counts"`, found,
		"choose the activity column, if this is a recording at all", actigraphy.ErrFormat)
}

func (g *guess) chosen(numeric []int, channel string) (int, error) {
	for _, i := range numeric {
		if g.columnName(i) == channel || plainName(g.columnName(i)) == plainName(channel) ||
			channelName(g.columnName(i)) == channelName(channel) {
			return i, nil
		}
	}
	return 0, g.fault(max(g.m.Header, 1), fmt.Sprintf("a column of numbers named %q", channel), g.list(numeric), "choose one of these", nil)
}

func (g *guess) list(columns []int) string {
	var names []string
	for _, i := range columns {
		names = append(names, strconv.Quote(g.columnName(i)))
	}
	return strings.Join(names, ", ")
}

// further keeps the columns whose names say what they hold, and notes the rest.
func (g *guess) further(numeric []int, activity int) {
	var left []string
	for i := range g.names {
		name, known := channelNames[plainName(g.names[i])]
		if _, taken := g.m.Channels[name]; known && !taken && i != activity && slices.Contains(numeric, i) {
			if g.m.Channels == nil {
				g.m.Channels = make(map[string]int)
			}
			g.m.Channels[name] = i + 1
			continue
		}
		if i != activity && i+1 != g.m.Subject && !g.readForTime(i) && g.hasValues(i) {
			left = append(left, strconv.Quote(g.columnName(i)))
		}
	}
	if len(left) > 0 {
		g.notes = append(g.notes, "Columns that were not read: "+strings.Join(left, ", ")+".")
	}
}

func (g *guess) readForTime(i int) bool {
	return i+1 == g.m.Timestamp || i+1 == g.m.Date || i+1 == g.m.TimeOfDay
}

func (g *guess) hasValues(i int) bool {
	return g.names[i] != "" || slices.ContainsFunc(g.rows, func(row [][]byte) bool { return i < len(row) && len(row[i]) > 0 })
}

// headerIsNoData refuses a damaged row that would be taken for names of columns,
// and rows above it that would be passed over.
func (g *guess) headerIsNoData() error {
	for i, line := range g.lines[:g.m.First-1] {
		fields, _ := split(line, g.m.Separator[0], nil)
		for _, c := range []int{g.m.Timestamp, g.m.Date} {
			if c > 0 && c <= len(fields) && len(fields) > 1 && isTemporal(fields[c-1]) {
				return g.fault(i+2, "a row like the one before", quoted(g.lines[min(i+1, len(g.lines)-1)]),
					"correct or remove the line", nil)
			}
		}
	}
	if g.m.Header == 0 {
		return nil
	}
	if _, ok := anyNumber([]byte(g.names[g.m.Activity-1])); !ok {
		return nil
	}
	return g.fault(g.m.Header, "names of columns, or a row like the next one", quoted(g.lines[g.m.Header-1]),
		"correct or remove the line", nil)
}
