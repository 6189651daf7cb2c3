package wear

import (
	"encoding/csv"
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

// maskTimes are the ways a mask file writes a time. A date alone is its midnight, as
// for pyActigraphy: spreadsheets write that so.
var maskTimes = []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02"}

// MaskRow is one row of the table in a mask file.
type MaskRow struct {
	Line  int // counted from 1
	Cells []string
}

// ReadMask reads the table of a mask file of pyActigraphy, whatever kind of file it
// stands in: a row of names with Start_time and Stop_time, and, if it likes, Mask and
// Remarks, then one row a mask. name stands in errors, which are
// *actigraphy.FileError.
func ReadMask(rows []MaskRow, name string) ([]FileMask, error) {
	if len(rows) == 0 {
		return nil, &actigraphy.FileError{
			File: name, Expected: "a line of column names", Found: "an empty table",
			Advice: "write a table with the columns Mask, Start_time, Stop_time and Remarks",
		}
	}
	columns, err := maskColumns(rows[0], name)
	if err != nil {
		return nil, err
	}
	if len(rows)-1 > maxMaskRows {
		return nil, &actigraphy.FileError{File: name, Line: rows[1+maxMaskRows].Line, Expected: fmt.Sprintf("at most %d rows", maxMaskRows), Found: "more"}
	}
	var list []FileMask
	for _, row := range rows[1:] {
		mask, err := maskRow(row.Cells, columns, name, row.Line)
		if err != nil {
			return nil, err
		}
		list = append(list, mask)
	}
	return list, nil
}

func maskColumns(head MaskRow, name string) (map[string]int, error) {
	columns := map[string]int{columnMask: -1, columnStart: -1, columnStop: -1, columnRemarks: -1}
	for i, cell := range head.Cells {
		for known := range columns {
			if strings.EqualFold(strings.TrimSpace(cell), known) {
				columns[known] = i
			}
		}
	}
	if columns[columnStart] < 0 || columns[columnStop] < 0 {
		return nil, &actigraphy.FileError{
			File: name, Line: head.Line, Expected: "the columns Start_time and Stop_time",
			Found: fmt.Sprintf("%.80q", strings.Join(head.Cells, ",")), Advice: "write the masks as pyActigraphy does: Mask,Start_time,Stop_time,Remarks",
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
