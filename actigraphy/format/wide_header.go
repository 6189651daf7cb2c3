package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// header finds the columns.
func (t *wide) header(l *lines) error {
	line, err := l.next()
	if errors.Is(err, io.EOF) {
		return l.truncated("a first line with the names of the columns")
	}
	if err != nil {
		return err
	}
	t.sep = ','
	for _, sep := range []byte{';', '\t'} {
		if bytes.Count(line, []byte{sep}) >= minutesPerDay {
			t.sep = sep
		}
	}
	fields, _ := split(line, t.sep, nil)
	t.width, t.id, t.day, t.first = len(fields), -1, -1, -1
	for i, f := range fields {
		t.column(i, toUTF8(f))
	}
	return t.checkHeader(l, fields)
}

func (t *wide) column(i int, name string) {
	switch plain := plainName(name); {
	case plain == "min1":
		t.first = i
	case t.first >= 0 && i < t.first+minutesPerDay:
	case subjectNames[plain] && t.id < 0:
		t.id = i
	case t.day < 0 && (plain == "date" || plain == "day" || plain == "weekday" || plain == "paxday" || plain == "dayofweek"):
		t.day, t.codes = i, plain == "weekday" || plain == "paxday" || plain == "dayofweek"
	case name != "":
		t.extra = append(t.extra, strconv.Quote(name))
	}
}

func (t *wide) checkHeader(l *lines, fields [][]byte) error {
	switch {
	case t.id < 0:
		return l.fault("a column of participants named ID or SEQN", "none", "name the column")
	case t.day < 0:
		return l.fault("a column of days named Date, Day or WEEKDAY", "none", "name the column")
	case t.first < 0 || t.first+minutesPerDay > len(fields):
		return l.fault("the columns MIN1 to MIN1440", fmt.Sprintf("%d columns", len(fields)), "check how the table was made")
	case t.id > t.first || t.day > t.first:
		return l.fault("the participant and the day before MIN1", "them behind MIN1440", "change the order of the columns")
	}
	for i := range minutesPerDay {
		if got, want := plainName(string(fields[t.first+i])), "min"+strconv.Itoa(i+1); got != want {
			return l.fault(fmt.Sprintf("the column MIN%d", i+1), quoted(fields[t.first+i]), "the minute columns must stand in order, MIN1 to MIN1440")
		}
	}
	return nil
}
