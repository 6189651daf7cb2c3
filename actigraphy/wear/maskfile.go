package wear

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"circascope/actigraphy"
)

// The columns of a mask file of pyActigraphy.
const (
	columnMask    = "Mask"
	columnStart   = "Start_time"
	columnStop    = "Stop_time"
	columnRemarks = "Remarks"
)

// maxMaskRows is the largest number of rows a mask file may have.
const maxMaskRows = 100_000

// FileMask is one row of a mask file: from Start to Stop, both ends included, as
// the device's clock showed them.
type FileMask struct {
	Name, Remarks string
	Start, Stop   time.Time // on the wall clock, in UTC
	Line          int
}

// maskTimes are the ways a mask file writes a time.
var maskTimes = []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04"}

// ReadMaskFile reads a mask file of pyActigraphy: a CSV with the columns
// Start_time and Stop_time, and, if it likes, Mask and Remarks. name stands in
// errors, which are *actigraphy.FileError.
func ReadMaskFile(from io.Reader, name string) ([]FileMask, error) {
	buffered := bufio.NewReader(from)
	if head, err := buffered.Peek(3); err == nil && string(head) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3)
	}
	c := csv.NewReader(buffered)
	c.FieldsPerRecord = -1 // rows often lack the last comma
	c.TrimLeadingSpace = true
	head, err := c.Read()
	if err != nil {
		return nil, fileFault(name, err)
	}
	columns, err := maskColumns(head, name)
	if err != nil {
		return nil, err
	}
	var list []FileMask
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, fileFault(name, err)
		}
		line, _ := c.FieldPos(0)
		if len(list) == maxMaskRows {
			return nil, &actigraphy.FileError{File: name, Line: line, Expected: fmt.Sprintf("at most %d rows", maxMaskRows), Found: "more"}
		}
		mask, err := maskRow(row, columns, name, line)
		if err != nil {
			return nil, err
		}
		list = append(list, mask)
	}
}

func maskColumns(head []string, name string) (map[string]int, error) {
	columns := map[string]int{columnMask: -1, columnStart: -1, columnStop: -1, columnRemarks: -1}
	for i, cell := range head {
		for known := range columns {
			if strings.EqualFold(strings.TrimSpace(cell), known) {
				columns[known] = i
			}
		}
	}
	if columns[columnStart] < 0 || columns[columnStop] < 0 {
		return nil, &actigraphy.FileError{
			File: name, Line: 1, Expected: "the columns Start_time and Stop_time, separated by commas",
			Found: fmt.Sprintf("%.80q", strings.Join(head, ",")), Advice: "write the masks as pyActigraphy does: Mask,Start_time,Stop_time,Remarks",
		}
	}
	return columns, nil
}

func maskRow(row []string, columns map[string]int, name string, line int) (m FileMask, err error) {
	cell := func(column string) string {
		if i := columns[column]; i >= 0 && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	m = FileMask{Name: cell(columnMask), Remarks: cell(columnRemarks), Line: line}
	if m.Start, err = maskTime(cell(columnStart), name, line); err != nil {
		return m, err
	}
	if m.Stop, err = maskTime(cell(columnStop), name, line); err != nil {
		return m, err
	}
	if m.Stop.Before(m.Start) {
		return m, &actigraphy.FileError{
			File: name, Line: line, Expected: "a stop at or after the start", Found: cell(columnStart) + " to " + cell(columnStop), Advice: "swap them, or correct the day",
		}
	}
	return m, nil
}

func maskTime(text, name string, line int) (time.Time, error) {
	for _, layout := range maskTimes {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &actigraphy.FileError{
		File: name, Line: line, Expected: "a time as 2006-01-31 23:59:00", Found: fmt.Sprintf("%.40q", text),
		Advice: "write year, month, day and the time of day; other orders of a date can be read two ways",
	}
}

func fileFault(name string, err error) error {
	e := &actigraphy.FileError{File: name, Err: err, Advice: "write a CSV with the columns Mask,Start_time,Stop_time,Remarks"}
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		e.Line, e.Found = parse.Line, parse.Err.Error()
	case errors.Is(err, io.EOF):
		e.Expected, e.Found = "a line of column names", "an empty file"
	}
	return e
}

// Place returns the epochs of a recording that the rows of a mask file cover: all
// that begin from Start to Stop, both included. A row that covers none is an
// error, and so is a recording without a date.
func Place(list []FileMask, r *actigraphy.Recording, name string) ([]Interval, error) {
	if !r.Start.HasDate() {
		return nil, &actigraphy.FileError{
			File: name, Expected: fmt.Sprintf("the recording of %s to have dates", r.Subject), Found: fmt.Sprintf("a recording from %q", r.Start.String()),
			Advice: "a mask file names dates; draw the mask on the actogram instead",
		}
	}
	var out []Interval
	for _, m := range list {
		i := Interval{From: firstAtOrAfter(r, m.Start), To: firstAtOrAfter(r, m.Stop.Add(1))}
		if i.Len() <= 0 {
			return nil, &actigraphy.FileError{
				File: name, Line: m.Line, Expected: fmt.Sprintf("a time within the recording of %s, %v to %v", r.Subject, r.Start, r.End()),
				Found:  m.Start.Format(maskTimes[0]) + " to " + m.Stop.Format(maskTimes[0]),
				Advice: "check that the file is of this recording; nothing was masked",
			}
		}
		out = append(out, i)
	}
	return union(out), nil
}

// firstAtOrAfter returns the first epoch that begins at a time on the wall clock
// or later, 0 to the number of epochs.
func firstAtOrAfter(r *actigraphy.Recording, wall time.Time) int {
	t := wall
	if zone, known := r.Start.Zone(); known {
		t = time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), zone)
	}
	since := t.Sub(r.Start.Clock())
	n := int(since / r.Epoch)
	if since%r.Epoch > 0 {
		n++
	}
	return min(max(n, 0), len(r.Activity))
}

// WriteMaskFile writes intervals as pyActigraphy reads them: Stop_time is the
// beginning of the last epoch, because pyActigraphy includes it. Where the
// recording's clock changes, its times are those of the wall clock.
func WriteMaskFile(to io.Writer, list []Interval, r *actigraphy.Recording, remark string) error {
	if !r.Start.HasDate() {
		return fmt.Errorf("the recording of %s has no dates (it starts at %q), and a mask file needs them", r.Subject, r.Start.String())
	}
	c := csv.NewWriter(to)
	rows := [][]string{{columnMask, columnStart, columnStop, columnRemarks}}
	at := func(epoch int) string {
		return r.Start.Add(time.Duration(epoch) * r.Epoch).Clock().Format(maskTimes[0])
	}
	for n, i := range list {
		rows = append(rows, []string{fmt.Sprintf("mask_%02d", n+1), at(i.From), at(i.To - 1), remark})
	}
	if err := c.WriteAll(rows); err != nil {
		return fmt.Errorf("writing the mask: %w", err)
	}
	return nil
}
