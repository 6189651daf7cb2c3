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

// TableWriter writes a table in one format, with its columns typed. The same table
// gives the same bytes.
type TableWriter func(w io.Writer, t Table) error

// TableFormatOf returns the table format that a file name's ending names.
func TableFormatOf(path string) (TableFormat, error) {
	f := TableFormat(strings.ToLower(strings.TrimPrefix(filepath.Ext(path), ".")))
	if !slices.Contains(TableFormats(), f) {
		return "", fmt.Errorf("%s: tables are written as .csv, .parquet or .xlsx; choose one of these endings", path)
	}
	return f, nil
}

// tableWriter returns what writes a table into the file.
func (wb *Workbench) tableWriter(path string, t Table) (func(io.Writer) error, error) {
	f, err := TableFormatOf(path)
	if err != nil {
		return nil, err
	}
	if f == CSVTable {
		return t.WriteCSV, nil
	}
	write := wb.cfg.Tables[f]
	if write == nil {
		return nil, fmt.Errorf("%s: this program was built without tables in .%s; write .csv", path, f)
	}
	return func(w io.Writer) error { return write(w, t) }, nil
}
