package app

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// TableFormat is a file format for tables.
type TableFormat string

// The formats of tables.
const (
	CSVTable     TableFormat = "csv"
	ParquetTable TableFormat = "parquet"
	XLSXTable    TableFormat = "xlsx"
)

// TableFormats lists the formats of tables.
func TableFormats() []TableFormat { return []TableFormat{CSVTable, ParquetTable, XLSXTable} }

// TableWriter begins a table in one format, with its columns typed; rows of head are not
// written. The same rows give the same bytes.
type TableWriter func(w io.Writer, head Table) (RowWriter, error)

// RowWriter writes the rows of a table and keeps few of them.
type RowWriter interface {
	Write(row []string) error
	Close() error // ends the table
	Abandon()     // in place of Close, where not all rows came
}

// TableFormatOf returns the table format that a file name's ending names.
func TableFormatOf(path string) (TableFormat, error) {
	f := TableFormat(strings.ToLower(strings.TrimPrefix(filepath.Ext(path), ".")))
	if !slices.Contains(TableFormats(), f) {
		return "", fmt.Errorf("%s: tables are written as .csv, .parquet or .xlsx; choose one of these endings", path)
	}
	return f, nil
}

// tableWriter returns what begins a table in the file.
func (wb *Workbench) tableWriter(path string) (TableWriter, error) {
	f, err := TableFormatOf(path)
	if err != nil {
		return nil, err
	}
	if f == CSVTable {
		return beginCSV, nil
	}
	begin := wb.cfg.Tables[f]
	if begin == nil {
		return nil, fmt.Errorf("%s: this program was built without tables in .%s; write .csv", path, f)
	}
	return begin, nil
}
