package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"circascope/inference"
)

// Check reads everything in the library: SQLite's own structure and references,
// every recording, measure, scaler and result with its checksums. It returns all damage
// that it finds, joined, each naming what and where; nil means whole.
func (db *DB) Check(ctx context.Context) error {
	var damage []error
	err := db.read(ctx, checkStructure)
	damage = append(damage, explain("check the library's structure", err))
	damage = append(damage, db.checkRecordings(ctx)...)
	damage = append(damage, db.checkMeasures(ctx)...)
	_, err = db.Results(ctx, inference.Query{Profiles: true})
	damage = append(damage, err)
	_, err = db.Layers(ctx, "")
	damage = append(damage, err)
	_, err = db.Rest(ctx, "")
	damage = append(damage, err)
	scalers, err := db.Scalers(ctx)
	damage = append(damage, err)
	for _, s := range scalers {
		_, err := db.Scaler(ctx, s.ID)
		damage = append(damage, err)
	}
	return errors.Join(damage...)
}

func checkStructure(ctx context.Context, tx *sql.Tx) error {
	var verdict string
	if err := tx.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return &Error{Kind: ErrDamaged, Detail: verdict, Advice: adviceDamaged}
	}
	rows, err := tx.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		var table, parent string
		var row, key any
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		return &Error{Kind: ErrDamaged, Detail: fmt.Sprintf("row %v of %s names a row that is missing in %s", row, table, parent), Advice: adviceDamaged}
	}
	return rows.Err()
}

func (db *DB) checkRecordings(ctx context.Context) (damage []error) {
	infos, err := db.Recordings(ctx)
	if err != nil {
		return []error{err}
	}
	for _, i := range infos {
		if ctx.Err() != nil {
			return append(damage, ctx.Err())
		}
		if _, err := db.Recording(ctx, i.ID); err != nil {
			damage = append(damage, err)
		}
	}
	return damage
}
