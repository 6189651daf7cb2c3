package sheet

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// readText reads CSV with the separator that its lines share.
func readText(ctx context.Context, in *format.Input) (Sheet, error) {
	text, err := in.Text(ctx)
	if err != nil {
		return Sheet{}, err
	}
	var b strings.Builder
	for {
		line, err := text.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Sheet{}, err
		}
		if text.Line() > maxRows {
			return Sheet{}, text.Fault(fmt.Sprintf("at most %d rows", maxRows), "more", "this is no table of people or nights")
		}
		b.WriteString(format.UTF8(line))
		b.WriteByte('\n')
	}
	sep := separatorOf(b.String())
	rows, err := parse(b.String(), sep)
	if err != nil {
		wrong := &actigraphy.FileError{File: in.Path, Expected: "a table", Found: err.Error(), Advice: "save the table as CSV again", Err: err}
		var at *csv.ParseError
		if errors.As(err, &at) {
			wrong.Line, wrong.Found = at.Line, at.Err.Error()
		}
		return Sheet{}, wrong
	}
	return Sheet{Rows: filled(rows), Notes: []string{fmt.Sprintf("Columns are separated by %q.", sep)}}, nil
}

// separatorOf returns the separator that the first lines have, the most often.
func separatorOf(text string) rune {
	head := text[:min(len(text), 16<<10)]
	best, most := ',', 0
	for _, sep := range []rune{',', ';', '\t', '|'} {
		if n := strings.Count(head, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

func parse(text string, sep rune) ([]Row, error) {
	c := csv.NewReader(strings.NewReader(text))
	c.Comma, c.FieldsPerRecord, c.LazyQuotes = sep, -1, true
	var rows []Row
	cells := 0
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		if cells += len(row); cells > maxCells {
			return nil, fmt.Errorf("more than %d cells", maxCells)
		}
		line, _ := c.FieldPos(0)
		rows = append(rows, Row{line, row})
	}
}
