package store

import (
	"database/sql"
	"fmt"
	"math"

	"circascope/actigraphy/measured"
)

// measureRow is a value as its row has it; texts are numbers of measure_texts.
type measureRow struct {
	value           sql.NullFloat64
	reason          sql.NullInt64
	parts           []byte
	crc             sql.NullInt64
	labels, reasons sql.NullInt64
	settled, note   sql.NullInt64
}

// packMeasure packs a value; number gives the number of a text.
func packMeasure(v measured.Value, number func(string) (int64, error)) (row measureRow, err error) {
	if v.Reason == "" {
		row.value = sql.NullFloat64{Float64: v.Value, Valid: true}
	} else if row.reason, err = numbered(v.Reason, number); err != nil {
		return row, err
	}
	if v.Settled != "" {
		if row.settled, err = numbered(v.Settled, number); err != nil {
			return row, err
		}
	}
	if v.Note != "" {
		if row.note, err = numbered(v.Note, number); err != nil {
			return row, err
		}
	}
	if len(v.Parts) == 0 {
		return row, nil
	}
	values := make([]float64, len(v.Parts))
	labels, reasons := make([]string, len(v.Parts)), make([]string, len(v.Parts))
	whole := true
	for i, p := range v.Parts {
		values[i], labels[i], reasons[i] = p.Value, p.Label, p.Reason
		whole = whole && p.Reason == ""
	}
	parts, crc := packFloat64s(values)
	row.parts, row.crc = parts, sql.NullInt64{Int64: int64(crc), Valid: true}
	if row.labels, err = numberedList(labels, number); err != nil || whole {
		return row, err
	}
	row.reasons, err = numberedList(reasons, number)
	return row, err
}

func numbered(text string, number func(string) (int64, error)) (sql.NullInt64, error) {
	n, err := number(text)
	return sql.NullInt64{Int64: n, Valid: err == nil}, err
}

func numberedList(list []string, number func(string) (int64, error)) (sql.NullInt64, error) {
	text, err := jsonList(list)
	if err != nil {
		return sql.NullInt64{}, err
	}
	return numbered(text, number)
}

// unpack gives back the value of a row, with the texts of its basis.
func (row measureRow) unpack(texts map[int64]string) (measured.Value, error) {
	v := measured.Value{Value: math.NaN()}
	if row.value.Valid {
		v.Value = row.value.Float64
	} else {
		v.Reason = texts[row.reason.Int64]
	}
	if row.settled.Valid {
		v.Settled = texts[row.settled.Int64]
	}
	if row.note.Valid {
		v.Note = texts[row.note.Int64]
	}
	if row.parts == nil {
		return v, nil
	}
	values, err := unpackFloat64s(row.parts, uint32(row.crc.Int64)) //nolint:gosec // as packed
	if err != nil {
		return v, err
	}
	labels, err := parseList([]byte(texts[row.labels.Int64]))
	if err != nil {
		return v, fmt.Errorf("the labels of its parts: %w", err)
	}
	reasons := make([]string, len(values))
	if row.reasons.Valid {
		if reasons, err = parseList([]byte(texts[row.reasons.Int64])); err != nil {
			return v, fmt.Errorf("the reasons of its parts: %w", err)
		}
	}
	if len(labels) != len(values) || len(reasons) != len(values) {
		return v, fmt.Errorf("it has %d parts, %d labels and %d reasons", len(values), len(labels), len(reasons))
	}
	v.Parts = make([]measured.Part, len(values))
	for i := range values {
		v.Parts[i] = measured.Part{Label: labels[i], Value: values[i], Reason: reasons[i]}
	}
	return v, nil
}
