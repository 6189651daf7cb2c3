package xlsx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Reader reads workbooks with the readers of package format.
type Reader struct{}

// Format describes the format.
func (Reader) Format() format.Info {
	return format.Info{ID: "xlsx", Name: "Excel workbook (Philips Health Band and tables)", Extensions: []string{".xlsx"}}
}

// Sniff looks for an archive with the parts of a workbook.
func (Reader) Sniff(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) &&
		(bytes.Contains(head, []byte("xl/")) || bytes.Contains(head, []byte("[Content_Types].xml")))
}

// Read reads the first sheet that holds recordings. Lines in errors are the sheet's
// rows.
func (Reader) Read(ctx context.Context, in *format.Input, opts format.Options, emit func(*actigraphy.Recording) error) (err error) {
	book, err := open(ctx, in)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	recordings, err := firstSheet(ctx, in, book, opts)
	if err != nil {
		return err
	}
	for _, r := range recordings {
		if err := emit(r); err != nil {
			return err
		}
	}
	return nil
}

// open opens a workbook that is sound.
func open(ctx context.Context, in *format.Input) (*excelize.File, error) {
	if err := check(ctx, in); err != nil {
		return nil, err
	}
	content, size := in.ReaderAt()
	book, err := excelize.OpenReader(io.NewSectionReader(content, 0, size), excelize.Options{UnzipSizeLimit: maxContent, UnzipXMLSizeLimit: maxContent})
	if err != nil {
		return nil, damaged(in, err)
	}
	markDates(book)
	return book, nil
}

// firstSheet reads the sheets in their order up to one that holds recordings. Where
// none does, the error is that of the first that is not empty.
func firstSheet(ctx context.Context, in *format.Input, book *excelize.File, opts format.Options) ([]*actigraphy.Recording, error) {
	var first error
	sheets := book.GetSheetList()
	for i, name := range sheets {
		text, err := sheetText(ctx, book, name)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			return nil, damaged(in, err)
		case len(text) == 0:
			continue
		}
		recordings, err := readSheet(ctx, in, text, opts)
		if err == nil {
			for _, r := range recordings {
				r.Source.Notes = slices.Insert(r.Source.Notes, 0, sheetNote(sheets, i))
			}
			return recordings, nil
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = fault(in, "a workbook whose sheets are empty", "save it again with its data")
	}
	return nil, first
}

// sheetNote says which sheet was read, and which were not looked at.
func sheetNote(sheets []string, read int) string {
	note := fmt.Sprintf("Read from the sheet %q, whose rows are counted as lines.", sheets[read])
	var others []string
	for i, s := range sheets {
		if i != read {
			others = append(others, strconv.Quote(s))
		}
	}
	if len(others) > 0 {
		note += " Other sheets were not read: " + strings.Join(others, ", ") + "."
	}
	return note
}

// readSheet reads a sheet's text with the reader that knows it.
func readSheet(ctx context.Context, in *format.Input, text []byte, opts format.Options) (out []*actigraphy.Recording, err error) {
	sheet, err := format.NewInput(in.Path, text)
	if err != nil {
		return nil, err
	}
	reader, err := format.Detect(format.Readers(), sheet)
	if err != nil {
		return nil, err
	}
	err = reader.Read(ctx, sheet, opts, func(r *actigraphy.Recording) error {
		r.Source.Notes = append(r.Source.Notes, "The sheet was read as: "+reader.Format().Name+".")
		out = append(out, r)
		return nil
	})
	return out, err
}

func fault(in *format.Input, found, advice string) *actigraphy.FileError {
	return &actigraphy.FileError{File: in.Path, Found: found, Advice: advice}
}

// damaged says in words that the library could not read the workbook. Errors that
// say it already stay what they are.
func damaged(in *format.Input, err error) error {
	var file *actigraphy.FileError
	if errors.As(err, &file) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if errors.Is(err, errLarge) {
		return fault(in, errLarge.Error(), "save it as CSV (UTF-8)")
	}
	e := fault(in, "a workbook that is damaged, or locked with a password", "open it in a spreadsheet program, and save it as CSV (UTF-8)")
	e.Err = err
	return e
}
