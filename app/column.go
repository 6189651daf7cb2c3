package app

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy/people"
)

// ColumnType is what the cells of a column hold, for formats that have types. An
// empty cell has no value in any of them.
type ColumnType uint8

// The types of columns. Times are texts: a start may have a zone, or none, or a
// weekday for a date.
const (
	Text    ColumnType = iota
	Integer            // a whole number
	Real               // a float64
	Truth              // true or false
)

// Type returns the type of a column.
func (t Table) Type(column int) ColumnType {
	if column < len(t.types) {
		return t.types[column]
	}
	return Text
}

// Value returns a cell in its column's type: a string, int64, float64 or bool, nil
// where it is empty and no text.
func (t Table) Value(row, column int) (any, error) {
	v, err := t.Typed(t.Rows[row][column], column)
	if err != nil {
		return nil, fmt.Errorf("row %d of the table %s: %w", row+1, t.Name, err)
	}
	return v, nil
}

// Typed returns a cell in the type of a column, as Value does.
func (t Table) Typed(cell string, column int) (any, error) {
	kind := t.Type(column)
	if kind == Text {
		return cell, nil
	}
	if cell == "" {
		return nil, nil //nolint:nilnil // nothing is there, and nothing is wrong
	}
	var v any
	var err error
	switch kind {
	case Integer:
		v, err = strconv.ParseInt(cell, 10, 64)
	case Real:
		v, err = strconv.ParseFloat(cell, 64)
	default:
		v, err = strconv.ParseBool(cell)
	}
	if f, ok := v.(float64); ok && math.IsNaN(f) {
		return nil, nil //nolint:nilnil // as an empty cell
	}
	if err != nil {
		return nil, fmt.Errorf("%q in the column %s, which holds numbers or truth values: %w", cell, t.Header[column], err)
	}
	return v, nil
}

// as gives columns a type. A name that ends in * stands for all that begin so.
func (t *Table) as(kind ColumnType, names ...string) {
	for len(t.types) < len(t.Header) {
		t.types = append(t.types, Text)
	}
	for i, column := range t.Header {
		if slices.ContainsFunc(names, func(name string) bool {
			start, many := strings.CutSuffix(name, "*")
			return name == column || many && strings.HasPrefix(column, start)
		}) {
			t.types[i] = kind
		}
	}
}

// tell adds the columns of what tables tell of participants: numbers, or texts.
func (t *Table) tell(values []people.Value) {
	for _, v := range values {
		kind := Text
		if v.Type == people.Number {
			kind = Real
		}
		for len(t.types) < len(t.Header) {
			t.types = append(t.types, Text)
		}
		t.Header, t.types = append(t.Header, v.Name), append(t.types, kind)
	}
}
