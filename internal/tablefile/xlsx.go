package tablefile

import (
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

// XLSX writes a table as a workbook of one sheet, with the line of names kept on
// the screen. Numbers have the 15 digits that Excel works with: what needs all of a
// float64 is written as CSV or Parquet. What Excel cannot hold is an error, never cut off.
func XLSX(out io.Writer, t app.Table) (err error) {
	if err := fits(t); err != nil {
		return err
	}
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	if err := book.SetDocProps(&excelize.DocProperties{Creator: "Circascope", Created: made, Modified: made}); err != nil {
		return fmt.Errorf("writing %s as XLSX: %w", t.Name, err)
	}
	if err := sheet(book, t); err != nil {
		return fmt.Errorf("writing %s as XLSX: %w", t.Name, err)
	}
	return book.Write(out)
}

// sheet fills the one sheet of the workbook.
func sheet(book *excelize.File, t app.Table) error {
	name := t.Name[:min(len(t.Name), maxSheetName)]
	if err := book.SetSheetName(book.GetSheetName(0), name); err != nil {
		return err
	}
	w, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(t.Header))
	for k, column := range t.Header {
		cells[k] = column
	}
	if err := w.SetRow("A1", cells); err != nil {
		return err
	}
	for i := range t.Rows {
		for k := range cells {
			if cells[k], err = excelValue(t, i, k); err != nil {
				return err
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

// excelValue returns a cell as Excel holds it. The library cuts the digits of a
// number after the 15th off; they are rounded here.
func excelValue(t app.Table, row, column int) (any, error) {
	const digits = 15
	v, err := t.Value(row, column)
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

// fits reports what Excel has no room for.
func fits(t app.Table) error {
	if len(t.Rows)+1 > excelize.TotalRows || len(t.Header) > excelize.MaxColumns {
		return fmt.Errorf("%s has %d rows and %d columns, a sheet of Excel at most %d and %d; write .csv or .parquet",
			t.Name, len(t.Rows)+1, len(t.Header), excelize.TotalRows, excelize.MaxColumns)
	}
	for i, row := range t.Rows {
		for k, cell := range row {
			if strings.ContainsFunc(cell, notInXML) {
				return fmt.Errorf("row %d of %s has a control character in the column %s, which a workbook cannot hold; write .csv or .parquet", i+1, t.Name, t.Header[k])
			}
			if utf8.RuneCountInString(cell) > excelize.TotalCellChars {
				return fmt.Errorf("row %d of %s has %d characters in the column %s, a cell of Excel at most %d; write .csv or .parquet",
					i+1, t.Name, utf8.RuneCountInString(cell), t.Header[k], excelize.TotalCellChars)
			}
		}
	}
	return nil
}

// notInXML reports a character that XML has no way to write.
func notInXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}
