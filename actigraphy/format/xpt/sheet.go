package xpt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
)

// The largest table that is taken as a sheet.
const (
	maxSheetRows  = 200_000
	maxSheetCells = 4_000_000
)

// Sniff looks for the first header record of version 5 or 8.
func Sniff(head []byte) bool { return Reader{}.Sniff(head) }

// Sheet reads a table of any kind as text, such as NHANES's demographics: a line of
// names, then the rows. Missing values of SAS are empty cells. Line is 1 for the
// names, and counts the rows from 2.
func Sheet(ctx context.Context, in *format.Input) (sheet.Sheet, error) {
	content, err := in.Content(ctx)
	if err != nil {
		return sheet.Sheet{}, err
	}
	t, err := readHeader(in, content)
	if err != nil {
		return sheet.Sheet{}, err
	}
	s := sheet.Sheet{Notes: []string{fmt.Sprintf("Read from the SAS table %q.", t.name)}}
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	s.Rows = append(s.Rows, sheet.Row{Line: 1, Cells: names})
	for rows := newRows(in, content, t); ; {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return sheet.Sheet{}, err
		}
		if n := len(s.Rows); n > maxSheetRows || n*len(names) > maxSheetCells {
			return sheet.Sheet{}, &actigraphy.FileError{
				File: in.Path, Expected: fmt.Sprintf("at most %d rows and %d values", maxSheetRows, maxSheetCells), Found: "more", Advice: "write the columns that are needed to a file of their own",
			}
		}
		s.Rows = append(s.Rows, sheet.Row{Line: len(s.Rows) + 1, Cells: t.texts(row)})
	}
}

// texts writes the values of a row.
func (t *table) texts(row []byte) []string {
	cells := make([]string, len(t.columns))
	for i, c := range t.columns {
		field := row[c.offset:][:c.width]
		if c.text {
			cells[i] = strings.TrimRight(format.UTF8(field), " \x00")
			continue
		}
		if v := number(field); !math.IsNaN(v) {
			cells[i] = strconv.FormatFloat(v, 'g', -1, 64)
		}
	}
	return cells
}
