package sheet

import (
	"bytes"
	"context"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Sheet is a table as text. Dates are written as 2006-01-02 and with a time as
// 2006-01-02 15:04:05, numbers with a point, wherever the file says that a cell is
// one. Rows without content are left out.
type Sheet struct {
	Rows  []Row
	Notes []string // what the reader decided, in sentences
}

// Row is one row of a sheet.
type Row struct {
	Line  int // counted from 1
	Cells []string
}

// Cell returns the text of a cell, counted from 0, and "" where there is none.
func (r Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// The largest sheet that is taken.
const (
	maxRows  = 200_000
	maxCells = 4_000_000
	maxText  = 32 << 10 // bytes of a cell
)

// oldOffice opens the files of Office up to 2003, .xls among them.
const oldOffice = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Opener reads the first table of a file of another kind.
type Opener func(ctx context.Context, in *format.Input) (Sheet, error)

// Kind is a kind of file whose reader needs a library of its own, and is handed over
// by the program.
type Kind struct {
	Sniff func(head []byte) bool
	Open  Opener // its errors are *actigraphy.FileError
}

// Reader reads tables.
type Reader struct {
	Kinds []Kind // beside ODS and texts
}

// Read reads the table of a file. Errors are *actigraphy.FileError.
func (r Reader) Read(ctx context.Context, in *format.Input) (s Sheet, err error) {
	switch kind := r.kindOf(in.Head); {
	case kind != nil:
		s, err = kind.Open(ctx, in)
	case isODS(in.Head):
		content, size := in.ReaderAt()
		if s.Rows, err = readODS(ctx, content, size); err != nil && ctx.Err() == nil {
			err = &actigraphy.FileError{File: in.Path, Expected: "a table that can be read", Found: err.Error(), Advice: "save the table as CSV (UTF-8)", Err: err}
		}
	case bytes.HasPrefix(in.Head, []byte(oldOffice)):
		return s, &actigraphy.FileError{
			File: in.Path, Expected: "a table: CSV, ODS or XLSX", Found: "an Excel workbook of the old kind (.xls)",
			Advice: "open it in Excel or LibreOffice and save it as XLSX or as CSV (UTF-8)", Err: actigraphy.ErrFormat,
		}
	case bytes.IndexByte(in.Head, 0) >= 0:
		return s, &actigraphy.FileError{
			File: in.Path, Expected: "a table: CSV, ODS or XLSX", Found: "a binary file", Advice: "save the table as CSV (UTF-8)", Err: actigraphy.ErrFormat,
		}
	default:
		return readText(ctx, in)
	}
	s.Rows = filled(s.Rows)
	return s, err
}

func (r Reader) kindOf(head []byte) *Kind {
	for i := range r.Kinds {
		if r.Kinds[i].Sniff(head) {
			return &r.Kinds[i]
		}
	}
	return nil
}

// filled leaves out the rows without content and the empty cells behind the last.
func filled(rows []Row) []Row {
	kept := rows[:0]
	for _, r := range rows {
		n := len(r.Cells)
		for i := range r.Cells {
			r.Cells[i] = strings.TrimSpace(r.Cells[i])
		}
		for n > 0 && r.Cells[n-1] == "" {
			n--
		}
		if r.Cells = r.Cells[:n]; n > 0 {
			kept = append(kept, r)
		}
	}
	return kept
}
