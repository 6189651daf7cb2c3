package format

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
)

// layout says where the columns of a tool's table are: by their names, whatever
// their order. Names are as plainName gives them.
type layout struct {
	tool     string    // whose table it is, for notes: "Fitabase"
	device   string    // of the recordings; "" where the table does not say
	times    []string  // names that the column of times may have, the surest first
	subjects []string  // names of the participant's column; none: the file's name
	activity []measure // the columns of activity, the default first
	channels []measure // further columns
	// others names the channel of a column that stands in no list, "" leaves it out.
	others func(column string) string
	person func(in *Input) string // the participant where no column names one; nil takes the file's name
	usual  DateOrder              // of dates that the file leaves open, as the tool writes them
}

// measure is a column and what it becomes.
type measure struct {
	column  string // its plain name
	channel string
	unit    actigraphy.Unit
	scale   float64 // the values are multiplied by it; 0 leaves them
	hour    bool    // the first of 60 columns of minutes, in rows of an hour
}

const minutesPerHour = 60

// maxTitle bounds the lines before the names of columns.
const maxTitle = 20

// header is the line of a table that names its columns.
type header struct {
	line  int // counted from 1
	sep   byte
	names []string // as they stand in the file
	plain []string
}

// findHeader looks in the first lines for one that names a column of times and
// one of activity.
func (l *layout) findHeader(head []byte) (header, bool) {
	head = bytes.TrimPrefix(head, byteOrderMark)
	for n := 1; n <= maxTitle && len(head) > 0; n++ {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		head = rest
		for _, sep := range separators[:4] {
			h := header{line: n, sep: sep}
			fields, ok := split(bytes.TrimSuffix(line, []byte("\r")), sep, nil)
			if !ok || len(fields) < 2 || len(fields) > maxColumns {
				continue
			}
			for _, f := range fields {
				h.names = append(h.names, toUTF8(f))
				h.plain = append(h.plain, plainName(h.names[len(h.names)-1]))
			}
			if h.any(l.times) >= 0 && len(l.present(h)) > 0 {
				return h, true
			}
		}
	}
	return header{}, false
}

// any returns the first of the columns that is there, -1 where none is.
func (h *header) any(names []string) int {
	for _, n := range names {
		if i := slices.Index(h.plain, n); i >= 0 {
			return i
		}
	}
	return -1
}

// present returns the measures of activity that the table has.
func (l *layout) present(h header) []measure {
	return slices.DeleteFunc(slices.Clone(l.activity), func(m measure) bool { return !slices.Contains(h.plain, m.column) })
}

// choose returns the measure of activity that the user named, else the default.
func (l *layout) choose(in *Input, h header, channel string) (measure, error) {
	has := l.present(h)
	if channel == "" {
		return has[0], nil
	}
	var names []string
	for _, m := range has {
		if m.channel == channel || plainName(channel) == m.column {
			return m, nil
		}
		names = append(names, strconv.Quote(m.channel))
	}
	return measure{}, &actigraphy.FileError{
		File: in.Path, Line: h.line, Expected: fmt.Sprintf("the channel %q", channel), Found: strings.Join(names, ", "), Advice: "choose one of these",
	}
}

// table returns a table to read with, and the further columns by channel.
func (l *layout) table(in *Input, h header, activity measure, opts Options) *table {
	t := &table{
		in: in, opts: opts, usual: l.usual, tool: l.tool, bySubject: make(map[string]bool),
		m: Mapping{
			Separator: string(h.sep), Header: h.line, First: h.line + 1,
			Timestamp: h.any(l.times) + 1, Subject: h.any(l.subjects) + 1,
			Activity: slices.Index(h.plain, activity.column) + 1, Channel: activity.channel, Channels: make(map[string]int),
		},
	}
	if h.sep == ',' {
		t.m.Decimal = "."
	}
	if l.person != nil {
		t.name = l.person(in)
	}
	if activity.hour {
		t.spread = minutesPerHour
	}
	var left []string
	words := wordColumns(in, h)
	for i, plain := range h.plain {
		name := l.channelOf(h.names[i], plain)
		_, taken := t.m.Channels[name]
		ofActivity := i+1 >= t.m.Activity && i+1 < t.m.Activity+max(t.spread, 1)
		switch {
		case i+1 == t.m.Timestamp || i+1 == t.m.Subject || ofActivity || h.names[i] == "":
		case name == "" || taken || words[i]:
			left = append(left, strconv.Quote(h.names[i]))
		default:
			t.m.Channels[name] = i + 1
		}
	}
	t.source.Channel = activity.channel
	t.source.Notes = []string{fmt.Sprintf("The table is %s's. %s", l.tool, t.m.sentence())}
	if len(left) > 0 {
		t.source.Notes = append(t.source.Notes, "Columns that were not read: "+strings.Join(left, ", ")+".")
	}
	return t
}

// wordColumns tells the columns whose first rows hold words, not values.
func wordColumns(in *Input, h header) []bool {
	words, values := make([]bool, len(h.names)), make([]bool, len(h.names))
	lines := headLines(in)
	for _, line := range lines[min(h.line, len(lines)):min(h.line+sampleRows, len(lines))] {
		fields, _ := split(line, h.sep, nil)
		for i := range min(len(fields), len(words)) {
			_, number := anyNumber(fields[i])
			_, flag := truth(fields[i])
			values[i] = values[i] || number || flag
			words[i] = words[i] || !number && !flag && !missing(fields[i])
		}
	}
	for i := range words {
		words[i] = words[i] && !values[i]
	}
	return words
}

func (l *layout) channelOf(name, plain string) string {
	for _, m := range slices.Concat(l.channels, l.activity) {
		if m.column == plain {
			return m.channel
		}
	}
	if l.others != nil {
		return l.others(name)
	}
	return ""
}

// read reads the recordings of a table. finish completes each; nil leaves them.
func (l *layout) read(ctx context.Context, in *Input, opts Options, finish, emit func(*actigraphy.Recording) error) error {
	h, ok := l.findHeader(in.Head)
	if !ok {
		return in.fault("no line with the columns of "+l.tool, "export the table again, with its header")
	}
	return l.readTable(ctx, in, h, opts, nil, finish, emit)
}

// readTable is read for a header that is known; adjust changes how the table is
// read, nil leaves it.
func (l *layout) readTable(
	ctx context.Context, in *Input, h header, opts Options, adjust func(*table), finish, emit func(*actigraphy.Recording) error,
) error {
	activity, err := l.choose(in, h, opts.Channel)
	if err != nil {
		return err
	}
	t := l.table(in, h, activity, opts)
	if adjust != nil {
		adjust(t)
	}
	if err := t.read(ctx); err != nil {
		return err
	}
	recordings, err := t.recordings()
	if err != nil {
		return err
	}
	for _, r := range recordings {
		l.complete(r, activity)
		if finish != nil {
			if err := finish(r); err != nil {
				return err
			}
		}
		if err := emit(r); err != nil {
			return err
		}
	}
	return nil
}

// complete sets what the layout knows of a recording.
func (l *layout) complete(r *actigraphy.Recording, activity measure) {
	r.Device, r.Unit = l.device, activity.unit
	scale(r.Activity, activity.scale)
	for _, m := range slices.Concat(l.channels, l.activity) {
		scale(r.Channels[m.channel], m.scale)
	}
	if activity.scale != 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("Activity was multiplied by %v, to %v.", activity.scale, activity.unit))
	}
}

func scale(values []float64, by float64) {
	if by == 0 {
		return
	}
	for i := range values {
		if !math.IsNaN(values[i]) {
			values[i] *= by
		}
	}
}
