package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"circascope/actigraphy/measured"
)

// Measures returns the values of bases that are stored, by the id of the basis and
// that of the formula; what is not stored is not in the maps.
func (db *DB) Measures(ctx context.Context, bases, formulas []string) (found map[string]map[string]measured.Value, err error) {
	found = make(map[string]map[string]measured.Value, len(bases))
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		ids, list, err := formulaKeys(ctx, tx, formulas)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range bases {
			values, err := readMeasures(ctx, tx, id, ids, list)
			if err != nil {
				return err
			}
			if len(values) > 0 {
				found[id] = values
			}
		}
		return nil
	})
	if err != nil {
		return nil, explain("read the measures", err)
	}
	return found, nil
}

// formulaKeys returns the ids of formulas that are known by their keys, and the keys
// as a JSON list.
func formulaKeys(ctx context.Context, tx *sql.Tx, formulas []string) (ids map[int64]string, list string, err error) {
	wanted, err := jsonList(formulas)
	if err != nil {
		return nil, "", err
	}
	rows, err := tx.QueryContext(ctx, `SELECT key, id FROM measure_formulas WHERE id IN (SELECT value FROM json_each(?)) ORDER BY key`, wanted)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	ids = make(map[int64]string, len(formulas))
	for rows.Next() {
		var key int64
		var id string
		if err := rows.Scan(&key, &id); err != nil {
			return nil, "", err
		}
		ids[key] = id
		list += fmt.Sprintf(",%d", key)
	}
	if len(list) > 0 {
		list = list[1:]
	}
	return ids, "[" + list + "]", rows.Err()
}

// readMeasures returns the values of one basis, by the ids of their formulas.
func readMeasures(ctx context.Context, tx *sql.Tx, id string, ids map[int64]string, keys string) (map[string]measured.Value, error) {
	var basis int64
	err := tx.QueryRowContext(ctx, `SELECT key FROM measure_bases WHERE id = ?`, id).Scan(&basis)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // nothing is stored, and nothing is wrong
	}
	if err != nil {
		return nil, err
	}
	texts, err := readMeasureTexts(ctx, tx, basis)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT formula, value, reason, parts, parts_crc32, part_labels, part_reasons, settled, note
		FROM measures WHERE basis = ? AND formula IN (SELECT value FROM json_each(?))`, basis, keys)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := make(map[string]measured.Value, len(ids))
	for rows.Next() {
		var formula int64
		var row measureRow
		if err := rows.Scan(&formula, &row.value, &row.reason, &row.parts, &row.crc, &row.labels, &row.reasons, &row.settled, &row.note); err != nil {
			return nil, err
		}
		v, err := row.unpack(texts.text)
		if err == nil && !v.Valid() {
			err = fmt.Errorf("its value is %v and its reason %q", v.Value, v.Reason)
		}
		if err != nil {
			return nil, damagedMeasure(ctx, tx, basis, formula, err)
		}
		values[ids[formula]] = v
	}
	return values, rows.Err()
}

// damagedMeasure names a value that can't be read.
func damagedMeasure(ctx context.Context, tx *sql.Tx, basis, formula int64, err error) error {
	var subject, recording, measure, definition string
	name := tx.QueryRowContext(ctx, `
		SELECT p.label, r.id, f.measure, f.definition
		FROM measure_bases b JOIN recordings r ON r.key = b.recording JOIN participants p ON p.key = r.participant, measure_formulas f
		WHERE b.key = ? AND f.key = ?`, basis, formula).Scan(&subject, &recording, &measure, &definition)
	return &Error{
		Kind: ErrDamaged, Err: errors.Join(err, name), Advice: "compute the measures again: pat metrics --again",
		Detail: fmt.Sprintf("%s (%s) of recording %s of %s", measure, definition, recording, subject),
	}
}

// checkMeasures reads every value of the library.
func (db *DB) checkMeasures(ctx context.Context) (damage []error) {
	bases, err := db.idsOf(ctx, "list the measures", `SELECT id FROM measure_bases ORDER BY key`)
	if err != nil {
		return []error{err}
	}
	formulas, err := db.idsOf(ctx, "list the measures", `SELECT id FROM measure_formulas ORDER BY key`)
	if err != nil {
		return []error{err}
	}
	for _, id := range bases {
		if ctx.Err() != nil {
			return append(damage, ctx.Err())
		}
		if _, err := db.Measures(ctx, []string{id}, formulas); err != nil {
			damage = append(damage, err)
		}
	}
	return damage
}

// idsOf returns the ids that a query selects.
func (db *DB) idsOf(ctx context.Context, doing, query string, args ...any) (ids []string, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return rows.Err()
	})
	return ids, explain(doing, err)
}
