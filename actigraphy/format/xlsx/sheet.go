package xlsx

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheetText returns a sheet as CSV, one row a line and all rows of one width, nil
// where it has no cells. Cells that the sheet shows as dates or times become
// 2006-01-02 15:04:05, whatever their order on the screen.
func sheetText(ctx context.Context, book *excelize.File, name string) (text []byte, err error) {
	props, err := book.GetWorkbookProps()
	if err != nil {
		return nil, err
	}
	since1904 := props.Date1904 != nil && *props.Date1904
	values, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, values.Close()) }()
	shown, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, shown.Close()) }()
	t := &lines{}
	for values.Next() && shown.Next() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		raw, err := values.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		formatted, err := shown.Columns()
		if err != nil {
			return nil, err
		}
		for i := range raw {
			if i < len(formatted) {
				raw[i] = t.plainCell(i, raw[i], formatted[i], since1904)
			}
		}
		if err := t.row(raw); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(values.Error(), shown.Error()); err != nil {
		return nil, err
	}
	if t.size() > maxContent {
		return nil, fmt.Errorf("a sheet of %d columns and more than %d MiB of text", t.widest, maxContent>>20)
	}
	return t.text(), nil
}

// midnight stands on both sides of a column's number behind a date whose cell shows
// no time of day.
const midnight = "\x02"

// plainCell returns the value of a cell in a column as a text reader takes it.
func (s *lines) plainCell(column int, raw, shown string, since1904 bool) string {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || shown != shownDate {
		return strings.Join(strings.FieldsFunc(raw, func(r rune) bool { return r < ' ' }), " ")
	}
	t, err := excelize.ExcelDateToTime(v, since1904)
	if err != nil {
		return raw
	}
	t = t.Round(time.Millisecond)
	switch {
	case v < 1:
		return t.Format("15:04:05.999")
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly) + midnight + strconv.Itoa(column) + midnight
	default:
		if s.timed == nil {
			s.timed = make(map[string]bool)
		}
		s.timed[strconv.Itoa(column)] = true
		return t.Format("2006-01-02 15:04:05.999")
	}
}

// lines gathers the rows of a sheet.
type lines struct {
	buffer bytes.Buffer
	widths []int32 // of the rows
	widest int
	filled int             // rows that are not empty
	taken  int             // cells, with the empty ones before those that are there
	timed  map[string]bool // columns with a date and a time of day
}

func (s *lines) row(cells []string) error {
	if s.taken += len(cells); s.taken > maxFilled {
		return errLarge
	}
	s.widths = append(s.widths, int32(len(cells)))
	s.widest = max(s.widest, len(cells))
	if len(cells) == 0 {
		return s.buffer.WriteByte('\n')
	}
	if s.filled++; s.buffer.Len() > maxText {
		return errLarge
	}
	w := csv.NewWriter(&s.buffer)
	if err := w.Write(cells); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// size is more than the length of the text: one cell at the far right of a sheet
// makes all its rows long.
func (s *lines) size() int { return s.buffer.Len() + s.filled*s.widest }

// text returns the rows, each filled up to the width of the widest: a sheet does
// not hold the empty cells at the end of a row.
func (s *lines) text() []byte {
	if s.filled == 0 {
		return nil
	}
	out := make([]byte, 0, s.buffer.Len())
	rest := s.buffer.Bytes()
	for _, width := range s.widths {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		out, rest = s.dated(out, line), after
		if width > 0 {
			out = append(out, strings.Repeat(",", s.widest-int(width))...)
		}
		out = append(out, '\n')
	}
	return out
}

// dated appends a row. A date without a time of day is midnight in a column where
// others have one.
func (s *lines) dated(out, line []byte) []byte {
	for {
		before, marked, found := bytes.Cut(line, []byte(midnight))
		out = append(out, before...)
		if !found {
			return out
		}
		column, after, _ := bytes.Cut(marked, []byte(midnight))
		if s.timed[string(column)] {
			out = append(out, " 00:00:00"...)
		}
		line = after
	}
}
