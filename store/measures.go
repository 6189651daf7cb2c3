package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"circascope/actigraphy/measured"
)

// SaveMeasures keeps values of recordings in one transaction, by the formulas of
// which they are. Values that are there stay as they are unless replace is set. The
// recordings must be in the library.
func (db *DB) SaveMeasures(ctx context.Context, formulas []measured.Formula, sets []measured.Set, replace bool) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		w, err := newMeasureWriter(ctx, tx, formulas, replace)
		if err != nil {
			return err
		}
		defer w.insert.Close()
		if w.made, err = db.measureTime(ctx, tx); err != nil {
			return err
		}
		for _, set := range sets {
			if err := w.set(ctx, set); err != nil {
				return fmt.Errorf("recording %s: %w", set.Basis.Recording, err)
			}
		}
		return nil
	})
	return explain("keep measures", err)
}

// measureWriter writes values within one transaction.
type measureWriter struct {
	tx       *sql.Tx
	insert   *sql.Stmt
	formulas map[string]int64 // keys by id
	made     int64
}

func newMeasureWriter(ctx context.Context, tx *sql.Tx, formulas []measured.Formula, replace bool) (*measureWriter, error) {
	w := &measureWriter{tx: tx, formulas: make(map[string]int64, len(formulas))}
	for _, f := range formulas {
		id := f.ID()
		_, err := tx.ExecContext(ctx, `
			INSERT INTO measure_formulas (id, measure, definition, parameters, version, unit) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO NOTHING`, id, f.Measure, f.Definition, f.Parameters, f.Version, f.Unit)
		if err != nil {
			return nil, err
		}
		var key int64
		if err := tx.QueryRowContext(ctx, `SELECT key FROM measure_formulas WHERE id = ?`, id).Scan(&key); err != nil {
			return nil, err
		}
		w.formulas[id] = key
	}
	conflict := `DO NOTHING`
	if replace {
		conflict = `DO UPDATE SET value = excluded.value, reason = excluded.reason, parts = excluded.parts, parts_crc32 = excluded.parts_crc32,
			part_labels = excluded.part_labels, part_reasons = excluded.part_reasons, settled = excluded.settled, note = excluded.note, made = excluded.made`
	}
	var err error
	w.insert, err = tx.PrepareContext(ctx, `
		INSERT INTO measures (basis, formula, value, reason, parts, parts_crc32, part_labels, part_reasons, settled, note, made)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (basis, formula) `+conflict)
	return w, err
}

// measureTime returns the key of now and this program.
func (db *DB) measureTime(ctx context.Context, tx *sql.Tx) (key int64, err error) {
	at := stamp(db.options.now())
	_, err = tx.ExecContext(ctx, `INSERT INTO measure_times (computed_at, program_version) VALUES (?, ?) ON CONFLICT DO NOTHING`,
		at, db.options.ProgramVersion)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `SELECT key FROM measure_times WHERE computed_at = ? AND program_version = ?`,
		at, db.options.ProgramVersion).Scan(&key)
	return key, err
}

// set writes the values of one basis.
func (w *measureWriter) set(ctx context.Context, set measured.Set) error {
	basis, err := w.basis(ctx, set.Basis)
	if err != nil {
		return err
	}
	texts, err := readMeasureTexts(ctx, w.tx, basis)
	if err != nil {
		return err
	}
	for id, v := range set.Values {
		formula, known := w.formulas[id]
		if !known || !v.Valid() {
			return fmt.Errorf("the value %v with the reason %q of the formula %s: want a formula that is given, and either a finite number or a reason", v.Value, v.Reason, id)
		}
		if err := w.value(ctx, basis, formula, v, texts); err != nil {
			return err
		}
	}
	return nil
}

// basis returns the key of a basis, which it adds where it is new.
func (w *measureWriter) basis(ctx context.Context, b measured.Basis) (key int64, err error) {
	var recording int64
	var sha string
	err = w.tx.QueryRowContext(ctx, `SELECT key, source_sha256 FROM recordings WHERE id = ?`, b.Recording).Scan(&recording, &sha)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, &Error{Kind: ErrNotFound, Detail: "it is not in the library", Advice: "import the recording first"}
	}
	if err != nil {
		return 0, err
	}
	if sha != b.RecordingSHA {
		return 0, fmt.Errorf("what was measured came from a file with SHA-256 %s, the recording from %s", b.RecordingSHA, sha)
	}
	id := b.ID()
	_, err = w.tx.ExecContext(ctx, `INSERT INTO measure_bases (id, recording, mask, zone, rest) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		id, recording, b.Mask, b.Zone, b.Rest)
	if err != nil {
		return 0, err
	}
	err = w.tx.QueryRowContext(ctx, `SELECT key FROM measure_bases WHERE id = ?`, id).Scan(&key)
	return key, err
}

func (w *measureWriter) value(ctx context.Context, basis, formula int64, v measured.Value, texts *measureTexts) error {
	row, err := packMeasure(v, func(text string) (int64, error) { return texts.number(ctx, w.tx, basis, text) })
	if err != nil {
		return err
	}
	_, err = w.insert.ExecContext(ctx, basis, formula, row.value, row.reason, row.parts, row.crc, row.labels, row.reasons, row.settled, row.note, w.made)
	return err
}
