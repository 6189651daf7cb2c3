package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"circascope/actigraphy"
)

// BeginImport opens an import and returns its id, which is never used again.
func (db *DB) BeginImport(ctx context.Context) (id int64, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO imports (started_at, program_version) VALUES (?, ?)`,
			stamp(db.options.now()), db.options.ProgramVersion)
		if err != nil {
			return err
		}
		id, err = result.LastInsertId()
		return err
	})
	return id, explain("begin an import", err)
}

// FinishImport closes an import, with the outcomes that KeepFile was not given;
// without recordings and outcomes the import is forgotten.
func (db *DB) FinishImport(ctx context.Context, imp int64, outcomes []actigraphy.Outcome) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, err := affected(ctx, tx, `UPDATE imports SET finished_at = ? WHERE id = ? AND finished_at IS NULL`, stamp(db.options.now()), imp)
		if err != nil {
			return err
		}
		if n == 0 {
			return noOpenImport(imp)
		}
		if err := addOutcomesTo(ctx, tx, imp, outcomes); err != nil {
			return err
		}
		return forgetEmptyImports(ctx, tx)
	})
	return explain(fmt.Sprintf("finish import %d", imp), err)
}

// mustBeOpen refuses an import that takes nothing any more.
func mustBeOpen(ctx context.Context, tx *sql.Tx, imp int64) error {
	var open bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM imports WHERE id = ? AND finished_at IS NULL)`, imp).Scan(&open)
	if err == nil && !open {
		err = noOpenImport(imp)
	}
	return err
}

func noOpenImport(imp int64) error {
	return &Error{Kind: ErrNotFound, Detail: fmt.Sprintf("import %d is finished, undone or was never begun", imp), Advice: "begin a new import"}
}

func insertOutcome(ctx context.Context, tx *sql.Tx, imp int64, position int, o actigraphy.Outcome) error {
	warnings, err := jsonList(o.Warnings)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO outcomes (import, position, path, status, recording, subject, warnings, error)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		imp, position, o.Path, o.Status, o.Recording, o.Subject, warnings, o.Error)
	return err
}

const deleteEmptyImports = `
	DELETE FROM imports
	WHERE NOT EXISTS (SELECT 1 FROM recordings WHERE import = imports.id)
	  AND NOT EXISTS (SELECT 1 FROM outcomes WHERE import = imports.id)`

// forgetEmptyImports deletes the finished imports that left nothing.
func forgetEmptyImports(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, deleteEmptyImports+` AND finished_at IS NOT NULL`)
	return err
}

// forgetCutOffImports deletes the imports that were cut off before they brought
// anything. It is for the opening of a library, when none can be running.
func forgetCutOffImports(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, deleteEmptyImports)
	return err
}

// Imports lists the imports, newest first. One that was cut off has the outcomes
// of the files that it went through.
func (db *DB) Imports(ctx context.Context) (imports []actigraphy.Import, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		imports, err = listImports(ctx, tx)
		if err != nil {
			return err
		}
		return addOutcomes(ctx, tx, imports)
	})
	return imports, explain("list the imports", err)
}

func listImports(ctx context.Context, tx *sql.Tx) (imports []actigraphy.Import, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, started_at, coalesce(finished_at, '') FROM imports ORDER BY id DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var i actigraphy.Import
		if err := rows.Scan(&i.ID, &i.StartedAt, &i.FinishedAt); err != nil {
			return nil, err
		}
		imports = append(imports, i)
	}
	return imports, rows.Err()
}

func addOutcomes(ctx context.Context, tx *sql.Tx, imports []actigraphy.Import) error {
	byID := make(map[int64]*actigraphy.Import, len(imports))
	for i := range imports {
		byID[imports[i].ID] = &imports[i]
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT import, path, status, recording, subject, warnings, error FROM outcomes ORDER BY import, position`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var imp int64
		var o actigraphy.Outcome
		var warnings []byte
		if err := rows.Scan(&imp, &o.Path, &o.Status, &o.Recording, &o.Subject, &warnings, &o.Error); err != nil {
			return err
		}
		if o.Warnings, err = parseList(warnings); err != nil {
			return fmt.Errorf("warnings of %s: %w", o.Path, err)
		}
		if i := byID[imp]; i != nil {
			i.Outcomes = append(i.Outcomes, o)
		}
	}
	return rows.Err()
}

// UndoImport deletes the recordings an import brought, with their results, and
// the import itself; participants who have no recordings left go with them.
func (db *DB) UndoImport(ctx context.Context, imp int64) (removed int, err error) {
	err = db.erase(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err = tx.ExecContext(ctx, `
			DELETE FROM outcomes WHERE recording IN (SELECT id FROM recordings WHERE import = ?)`, imp); err != nil {
			return err
		}
		if removed, err = affected(ctx, tx, `DELETE FROM recordings WHERE import = ?`, imp); err != nil {
			return err
		}
		n, err := affected(ctx, tx, `DELETE FROM imports WHERE id = ?`, imp)
		if err != nil {
			return err
		}
		if n == 0 {
			return &Error{Kind: ErrNotFound, Detail: fmt.Sprintf("there is no import %d", imp), Advice: "list the imports"}
		}
		return errors.Join(forgetLoneParticipants(ctx, tx), forgetEmptyImports(ctx, tx))
	})
	return removed, explain(fmt.Sprintf("undo import %d", imp), err)
}

// jsonList writes a list of sentences as JSON text; nil is an empty list.
func jsonList(list []string) (string, error) {
	if list == nil {
		list = []string{}
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// parseList reads what jsonList writes; an empty list is nil.
func parseList(b []byte) (list []string, err error) {
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, nil
	}
	return list, nil
}
