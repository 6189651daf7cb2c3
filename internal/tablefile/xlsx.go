package tablefile

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"circascope/app"
)

// made stands for the time of writing, so that the same table gives the same bytes.
const made = "2000-01-01T00:00:00Z"

// maxSheetName is the longest name that Excel takes for a sheet.
const maxSheetName = 31

// XLSX begins a table as a workbook of one sheet, with the line of names kept on
// the screen. Numbers have the 15 digits that Excel works with: what needs all of a
// float64 is written as CSV or Parquet. What Excel cannot hold is an error, never cut off.
// Many rows wait in a temporary file.
func XLSX(out io.Writer, head app.Table) (app.RowWriter, error) {
	if len(head.Header) > excelize.MaxColumns {
		return nil, fmt.Errorf("%s has %d columns, a sheet of Excel at most %d; write .csv or .parquet", head.Name, len(head.Header), excelize.MaxColumns)
	}
	// The library would gather the whole file in memory; its archive goes to out at once.
	book := excelize.NewFile().SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(out) })
	x := &xlsxRows{head: head, book: book, cells: make([]any, len(head.Header))}
	if err := x.begin(); err != nil {
		x.Abandon()
		return nil, x.named(err)
	}
	return x, nil
}

// xlsxRows writes rows into a sheet.
type xlsxRows struct {
	head    app.Table
	book    *excelize.File
	sheet   *excelize.StreamWriter
	cells   []any
	written int // with the line of names
}

// begin makes the sheet and writes the line of names.
func (x *xlsxRows) begin() error {
	if err := x.book.SetDocProps(&excelize.DocProperties{Creator: "Circascope", Created: made, Modified: made}); err != nil {
		return err
	}
	name := x.head.Name[:min(len(x.head.Name), maxSheetName)]
	if err := x.book.SetSheetName(x.book.GetSheetName(0), name); err != nil {
		return err
	}
	// A new sheet says that it ends at A1, which programs that read row by row believe.
	if err := x.book.SetSheetDimension(name, ""); err != nil {
		return err
	}
	var err error
	if x.sheet, err = x.book.NewStreamWriter(name); err != nil {
		return err
	}
	if err := x.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for k, column := range x.head.Header {
		x.cells[k] = column
	}
	return x.put()
}

// put writes the cells as the next row.
func (x *xlsxRows) put() error {
	x.written++
	return x.sheet.SetRow(fmt.Sprintf("A%d", x.written), x.cells)
}

func (x *xlsxRows) Write(row []string) (err error) {
	if x.written == excelize.TotalRows {
		return fmt.Errorf("%s has more rows than a sheet of Excel, %d; write .csv or .parquet", x.head.Name, excelize.TotalRows)
	}
	for k, cell := range row {
		if err := x.fits(cell, k); err != nil {
			return err
		}
		if x.cells[k], err = excelValue(x.head, cell, k); err != nil {
			return fmt.Errorf("row %d of %s: %w", x.written, x.head.Name, err)
		}
	}
	return x.named(x.put())
}

func (x *xlsxRows) Close() error {
	err := x.sheet.Flush()
	if err == nil {
		err = x.book.Write(io.Discard) // to the archive that was set
	}
	if closed := x.book.Close(); err == nil {
		err = closed
	}
	return x.named(err)
}

// Abandon removes what waits.
func (x *xlsxRows) Abandon() { _ = x.book.Close() }

func (x *xlsxRows) named(err error) error {
	if err != nil {
		return fmt.Errorf("writing %s as XLSX: %w", x.head.Name, err)
	}
	return nil
}

// excelValue returns a cell as Excel holds it. The library cuts the digits of a
// number after the 15th off; they are rounded here.
func excelValue(head app.Table, cell string, column int) (any, error) {
	const digits = 15
	v, err := head.Typed(cell, column)
	switch v := v.(type) {
	case float64:
		return strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	case string:
		if v == "" {
			return nil, err
		}
	}
	return v, err
}

// fits reports what a cell of Excel has no room for.
func (x *xlsxRows) fits(cell string, column int) error {
	if strings.ContainsFunc(cell, notInXML) {
		return fmt.Errorf("row %d of %s has a control character in the column %s, which a workbook cannot hold; write .csv or .parquet", x.written, x.head.Name, x.head.Header[column])
	}
	if n := utf8.RuneCountInString(cell); n > excelize.TotalCellChars {
		return fmt.Errorf("row %d of %s has %d characters in the column %s, a cell of Excel at most %d; write .csv or .parquet",
			x.written, x.head.Name, n, x.head.Header[column], excelize.TotalCellChars)
	}
	return nil
}

// notInXML reports a character that XML has no way to write.
func notInXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}
