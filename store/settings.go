package store

import (
	"context"
	"database/sql"
	"errors"
)

// Setting returns a value kept with the library, "" where there is none.
func (db *DB) Setting(ctx context.Context, name string) (value string, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = ?`, name).Scan(&value)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return value, explain("read the setting "+name, err)
}

// SetSetting keeps a value with the library.
func (db *DB) SetSetting(ctx context.Context, name, value string) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return putSetting(ctx, tx, name, value) })
	return explain("keep the setting "+name, err)
}

func putSetting(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
