package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"circascope/actigraphy/metrics"
)

// measuresHeader are the columns of a table of measures.
var measuresHeader = []string{
	"subject", "recording", "measure", "definition", "parameters", "value", "unit", "reason", "note", "source_sha256", "mask",
	"zone", "rest", "formula_version",
}

// MeasuresTable lists measures of recordings, one a row, each with its
// definition, parameters and unit, and the reason where there is no value.
func MeasuresTable(list []Measured) Table {
	t := Table{Name: "measures", Header: measuresHeader}
	t.as(Real, "value")
	t.as(Integer, "formula_version")
	for _, m := range list {
		t.Rows = append(t.Rows, measureRows(m)...)
	}
	return t
}

func measureRows(m Measured) [][]string {
	var rows [][]string
	for _, v := range m.Values {
		version := strconv.Itoa(v.Version())
		for _, one := range v.Flat() {
			rows = append(rows, []string{
				m.Subject, m.ID, one.ID, string(one.Definition), parameters(one.Metric), measureNumber(one), one.Unit, one.Reason, one.Note, m.Source.SHA256, m.Mask,
				m.Basis.Zone, m.Basis.Rest, version,
			})
		}
	}
	return rows
}

// measureNumber writes the value of a measure; a measure without one has none.
func measureNumber(v metrics.Value) string {
	if v.Reason != "" {
		return ""
	}
	return number(v.Value)
}

func parameters(m metrics.Metric) string {
	text := ""
	for i, p := range m.Parameters {
		if i > 0 {
			text += " | "
		}
		text += p.Name + "=" + p.Value
	}
	return text
}

// MeasureWriter writes measures of one recording after the other, one measure a row, and
// keeps none.
type MeasureWriter struct {
	row  func([]string) error
	done func() error
}

// Add writes the measures of a recording.
func (w *MeasureWriter) Add(m Measured) error {
	for _, row := range measureRows(m) {
		if err := w.row(row); err != nil {
			return fmt.Errorf("writing the measures: %w", err)
		}
	}
	return nil
}

// Close ends the table. It does not close what it is written to.
func (w *MeasureWriter) Close() error { return w.done() }

// NewMeasureCSV writes measures as CSV: the table of MeasuresTable.
func NewMeasureCSV(out io.Writer) (*MeasureWriter, error) {
	c, err := beginCSV(out, MeasuresTable(nil))
	return &MeasureWriter{row: c.Write, done: c.Close}, err
}

// NewMeasureJSON writes measures as a JSON list of objects with the names of the table's
// columns, one a line; a value or version is a number, or null.
func NewMeasureJSON(out io.Writer) (*MeasureWriter, error) {
	types := MeasuresTable(nil)
	before := "[\n"
	w := &MeasureWriter{
		row: func(row []string) error {
			types.Rows = [][]string{row}
			text, err := types.object(0)
			if err != nil {
				return err
			}
			_, err = io.WriteString(out, before+text)
			before = ",\n"
			return err
		},
		done: func() error {
			if before == "[\n" {
				before = "["
			} else {
				before = "\n"
			}
			_, err := io.WriteString(out, before+"]\n")
			return err
		},
	}
	return w, nil
}

// object writes a row as a JSON object, in the order of the columns.
func (t Table) object(row int) (string, error) {
	var b strings.Builder
	for k, name := range t.Header {
		v, err := t.Value(row, k)
		if err != nil {
			return "", err
		}
		cell, err := json.Marshal(v)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, ", %q: %s", name, cell)
	}
	return "{" + strings.TrimPrefix(b.String(), ", ") + "}", nil
}

// CheckMeasuresFile returns an error unless the file's ending is one that ExportMeasures
// writes.
func CheckMeasuresFile(path string) error {
	if isJSON(path) {
		return nil
	}
	if _, err := TableFormatOf(path); err != nil {
		return fmt.Errorf("%s: measures are written as .csv, .parquet, .xlsx or .json; choose one of these endings", path)
	}
	return nil
}

func isJSON(path string) bool { return strings.EqualFold(filepath.Ext(path), ".json") }

// ExportMeasures writes what each gives into a file, by its ending as CSV, Parquet, XLSX or
// JSON, and NAME.provenance.json beside it. It is written while recordings are measured, so
// memory does not grow with their number.
func (wb *Workbench) ExportMeasures(ctx context.Context, path string, src Sources, each func(emit func(Measured) error) error) ([]string, error) {
	if err := CheckMeasuresFile(path); err != nil {
		return nil, err
	}
	if !isJSON(path) {
		return wb.ExportRows(ctx, path, measureSource(src, func(_ context.Context, emit func(Measured) error) error { return each(emit) }))
	}
	return wb.export(ctx, path, nil, src, func(out io.Writer) error {
		w, err := NewMeasureJSON(out)
		if err != nil {
			return err
		}
		if err := each(w.Add); err != nil {
			return err
		}
		return w.Close()
	})
}

// rowsOfMeasures makes rows of measures.
func rowsOfMeasures(each func(context.Context, func(Measured) error) error) func(context.Context, func([]string) error) error {
	return func(ctx context.Context, emit func([]string) error) error {
		return each(ctx, func(m Measured) error {
			for _, row := range measureRows(m) {
				if err := emit(row); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// measureSource is the table of MeasuresTable of measures that come one recording after
// the other.
func measureSource(src Sources, each func(context.Context, func(Measured) error) error) RowSource {
	return RowSource{Head: MeasuresTable(nil), Sources: src, Each: rowsOfMeasures(each)}
}
