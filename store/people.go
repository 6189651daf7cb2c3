package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"circascope/actigraphy/people"
)

// AddPeople keeps a table of participants with one row a person, in place of the
// table replaces, which may be 0 for none.
func (db *DB) AddPeople(ctx context.Context, f people.File, rows []people.Person, replaces int64) error {
	add := func(ctx context.Context, tx *sql.Tx) error {
		if replaces != 0 {
			if err := deletePeople(ctx, tx, replaces); err != nil {
				return err
			}
		}
		return db.insertPeople(ctx, tx, f, rows)
	}
	run := db.write
	if replaces != 0 {
		run = db.erase
	}
	return explain("keep the table of participants "+f.Name, run(ctx, add))
}

func (db *DB) insertPeople(ctx context.Context, tx *sql.Tx, f people.File, rows []people.Person) error {
	notes, err := jsonList(f.Notes)
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `
		INSERT INTO people_tables (name, sha256, imported_at, program_version, id_column, visit_column, visits, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		f.Name, f.SHA256, stamp(db.options.now()), db.options.ProgramVersion, f.IDColumn, f.VisitColumn, f.Visits, notes)
	if err != nil {
		return err
	}
	key, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for i, v := range f.Variables {
		if _, err := tx.ExecContext(ctx, `INSERT INTO people_variables (tbl, position, name, type) VALUES (?, ?, ?, ?)`, key, i, v.Name, v.Type); err != nil {
			return err
		}
	}
	for _, p := range rows {
		values, err := jsonList(p.Values)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO people_rows (tbl, person, line, row_values) VALUES (?, ?, ?, ?)`, key, p.ID, p.Line, values); err != nil {
			return fmt.Errorf("%s on line %d: %w", p.ID, p.Line, err)
		}
	}
	return nil
}

// People lists the tables of participants, oldest first, with their rows in the order
// of names.
func (db *DB) People(ctx context.Context) (files []people.File, rows [][]people.Person, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if files, err = peopleFiles(ctx, tx); err != nil {
			return err
		}
		rows = make([][]people.Person, len(files))
		for i := range files {
			if files[i].Variables, err = peopleVariables(ctx, tx, files[i].ID); err != nil {
				return err
			}
			if rows[i], err = peopleRows(ctx, tx, files[i]); err != nil {
				return err
			}
			files[i].People = len(rows[i])
			people.Describe(files[i].Variables, rows[i])
		}
		return nil
	})
	return files, rows, explain("read the tables of participants", err)
}

func peopleFiles(ctx context.Context, tx *sql.Tx) (files []people.File, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT key, name, sha256, imported_at, id_column, visit_column, visits, notes FROM people_tables ORDER BY key`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var f people.File
		var notes []byte
		if err := rows.Scan(&f.ID, &f.Name, &f.SHA256, &f.ImportedAt, &f.IDColumn, &f.VisitColumn, &f.Visits, &notes); err != nil {
			return nil, err
		}
		if f.Notes, err = parseList(notes); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, rows.Err()
}

func peopleVariables(ctx context.Context, tx *sql.Tx, key int64) (list []people.Variable, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT name, type FROM people_variables WHERE tbl = ? ORDER BY position`, key)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v people.Variable
		if err := rows.Scan(&v.Name, &v.Type); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

func peopleRows(ctx context.Context, tx *sql.Tx, f people.File) (list []people.Person, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT person, line, row_values FROM people_rows WHERE tbl = ? ORDER BY person`, f.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p people.Person
		var values []byte
		if err := rows.Scan(&p.ID, &p.Line, &values); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(values, &p.Values); err != nil || len(p.Values) != len(f.Variables) {
			return nil, &Error{Kind: ErrDamaged, Detail: fmt.Sprintf("the values of %s in %s are damaged", p.ID, f.Name), Advice: "remove the table and import it again", Err: err}
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// DeletePeople deletes a table of participants.
func (db *DB) DeletePeople(ctx context.Context, id int64) error {
	err := db.erase(ctx, func(ctx context.Context, tx *sql.Tx) error { return deletePeople(ctx, tx, id) })
	return explain("remove a table of participants", err)
}

func deletePeople(ctx context.Context, tx *sql.Tx, id int64) error {
	n, err := affected(ctx, tx, `DELETE FROM people_tables WHERE key = ?`, id)
	if err == nil && n == 0 {
		return &Error{Kind: ErrNotFound, Detail: fmt.Sprintf("there is no table of participants %d", id), Advice: "list the tables"}
	}
	return err
}

// forgetPeople deletes what tables tell of a participant, and the tables that have no
// rows left. It comes before the recordings go.
func forgetPeople(ctx context.Context, tx *sql.Tx, label string) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM people_rows WHERE person IN (`+subjectsOf+`) AND person NOT IN (`+subjectsOfOthers+`)`, label)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM people_tables WHERE NOT EXISTS (SELECT 1 FROM people_rows WHERE tbl = people_tables.key)`)
	return err
}
