package store

import (
	"context"
	"database/sql"
	"fmt"

	"circascope/actigraphy"
)

// KeepFile keeps what became of a file in an open import and, where it gave
// recordings, that all of them are there: HeldFile knows it from then on.
func (db *DB) KeepFile(ctx context.Context, imp int64, f actigraphy.ImportedFile) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := mustBeOpen(ctx, tx, imp); err != nil {
			return err
		}
		if err := addOutcomesTo(ctx, tx, imp, f.Outcomes); err != nil {
			return err
		}
		if f.SHA256 == "" {
			return nil
		}
		return keepFile(ctx, tx, f)
	})
	return explain("keep what became of a file", err)
}

// addOutcomesTo appends outcomes to those that an import has.
func addOutcomesTo(ctx context.Context, tx *sql.Tx, imp int64, outcomes []actigraphy.Outcome) error {
	var next int
	err := tx.QueryRowContext(ctx, `SELECT coalesce(max(position) + 1, 0) FROM outcomes WHERE import = ?`, imp).Scan(&next)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		if err := insertOutcome(ctx, tx, imp, next+i, o); err != nil {
			return fmt.Errorf("outcome of %s: %w", o.Path, err)
		}
	}
	return nil
}

// keepFile replaces what is known of a file that is read in this way: some of its
// recordings may have been deleted since.
func keepFile(ctx context.Context, tx *sql.Tx, f actigraphy.ImportedFile) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM files WHERE sha256 = ? AND name = ? AND options = ?`, f.SHA256, f.Name, f.Options); err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO files (sha256, name, options, recordings) VALUES (?, ?, ?, ?)`,
		f.SHA256, f.Name, f.Options, len(f.Outcomes))
	if err != nil {
		return err
	}
	key, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for i, o := range f.Outcomes {
		n, err := affected(ctx, tx, `
			INSERT INTO file_recordings (file, position, recording) SELECT ?, ?, key FROM recordings WHERE id = ?`, key, i, o.Recording)
		if err != nil {
			return err
		}
		if n == 0 {
			// Deleted while the file was read: it is not whole.
			_, err := tx.ExecContext(ctx, `DELETE FROM files WHERE key = ?`, key)
			return err
		}
	}
	return nil
}

// forgetBrokenFiles deletes the files of which recordings were deleted.
func forgetBrokenFiles(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM files WHERE recordings > (SELECT count(*) FROM file_recordings WHERE file = files.key)`)
	return err
}

// HeldFile returns the recordings of a file of this name and content, read with
// these options, as duplicates: nothing where it was never read to its end, or
// where not all of them are there any more.
func (db *DB) HeldFile(ctx context.Context, f actigraphy.ImportedFile) (held []actigraphy.Outcome, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		held, err = heldFile(ctx, tx, f)
		return err
	})
	return held, explain("look for a file", err)
}

func heldFile(ctx context.Context, tx *sql.Tx, f actigraphy.ImportedFile) ([]actigraphy.Outcome, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT f.recordings, r.id, p.label
		FROM files f
		JOIN file_recordings fr ON fr.file = f.key
		JOIN recordings r ON r.key = fr.recording
		JOIN participants p ON p.key = r.participant
		WHERE f.sha256 = ? AND f.name = ? AND f.options = ?
		ORDER BY fr.position`, f.SHA256, f.Name, f.Options)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var held []actigraphy.Outcome
	whole := 0
	for rows.Next() {
		o := actigraphy.Outcome{Status: actigraphy.Duplicate}
		if err := rows.Scan(&whole, &o.Recording, &o.Subject); err != nil {
			return nil, err
		}
		held = append(held, o)
	}
	if len(held) != whole {
		held = nil
	}
	return held, rows.Err()
}
