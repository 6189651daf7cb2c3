package xlsx

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
)

// Sniff looks for an archive with the parts of a workbook.
func Sniff(head []byte) bool { return Reader{}.Sniff(head) }

// Sheet reads the first sheet that is not empty as text, dates as 2006-01-02. Lines
// are the sheet's rows.
func Sheet(ctx context.Context, in *format.Input) (s sheet.Sheet, err error) {
	book, err := open(ctx, in)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	sheets := book.GetSheetList()
	for i, name := range sheets {
		text, err := sheetText(ctx, book, name)
		switch {
		case ctx.Err() != nil:
			return s, ctx.Err()
		case err != nil:
			return s, damaged(in, err)
		case len(text) > 0:
			s.Notes = []string{sheetNote(sheets, i)}
			s.Rows, err = rowsOf(in, text)
			return s, err
		}
	}
	return s, fault(in, "a workbook whose sheets are empty", "save it again with its data")
}

// maxCells is the most cells of a sheet of people or nights.
const maxCells = 4_000_000

// rowsOf takes a sheet's text apart again.
func rowsOf(in *format.Input, text []byte) ([]sheet.Row, error) {
	c := csv.NewReader(bytes.NewReader(text))
	c.FieldsPerRecord = -1
	var rows []sheet.Row
	cells := 0
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, damaged(in, err)
		}
		if cells += len(row); cells > maxCells {
			return nil, &actigraphy.FileError{
				File: in.Path, Expected: fmt.Sprintf("a sheet of at most %d cells", maxCells), Found: "more", Advice: "save what is needed as CSV (UTF-8)",
			}
		}
		line, _ := c.FieldPos(0)
		rows = append(rows, sheet.Row{Line: line, Cells: row})
	}
}
