package store

import (
	"context"
	"database/sql"
)

// measureTexts are the texts of one basis by their numbers, and the other way round.
type measureTexts struct {
	text   map[int64]string
	numOf  map[string]int64
	latest int64
}

func readMeasureTexts(ctx context.Context, tx *sql.Tx, basis int64) (*measureTexts, error) {
	t := &measureTexts{text: map[int64]string{}, numOf: map[string]int64{}}
	rows, err := tx.QueryContext(ctx, `SELECT number, text FROM measure_texts WHERE basis = ?`, basis)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var text string
		if err := rows.Scan(&number, &text); err != nil {
			return nil, err
		}
		t.text[number], t.numOf[text] = text, number
		t.latest = max(t.latest, number)
	}
	return t, rows.Err()
}

// number returns the number of a text, which it adds where it is new.
func (t *measureTexts) number(ctx context.Context, tx *sql.Tx, basis int64, text string) (int64, error) {
	if n, known := t.numOf[text]; known {
		return n, nil
	}
	n := t.latest + 1
	if _, err := tx.ExecContext(ctx, `INSERT INTO measure_texts (basis, number, text) VALUES (?, ?, ?)`, basis, n, text); err != nil {
		return 0, err
	}
	t.latest, t.text[n], t.numOf[text] = n, text, n
	return n, nil
}
