package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"circascope/actigraphy/prepare"
)

// SaveScaler keeps a frozen scaler; the same id twice is no error and changes
// nothing.
func (db *DB) SaveScaler(ctx context.Context, s prepare.Scaler) error {
	mean, meanCRC := packFloat64s(s.Mean)
	scale, scaleCRC := packFloat64s(s.Scale)
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO scalers (id, name, kind, week_start, weeks, unit, fitted_at, mean, mean_crc32, scale, scale_crc32)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
			s.ID, s.Name, s.Kind, s.WeekStart, s.Weeks, s.Unit, s.FittedAt, mean, int64(meanCRC), scale, int64(scaleCRC))
		return err
	})
	return explain("store the scaler "+s.Name, err)
}

// Scalers lists the scalers without their numbers, oldest first.
func (db *DB) Scalers(ctx context.Context) (scalers []prepare.Scaler, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT id, name, kind, week_start, weeks, unit, fitted_at FROM scalers ORDER BY fitted_at, key`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s prepare.Scaler
			if err := rows.Scan(&s.ID, &s.Name, &s.Kind, &s.WeekStart, &s.Weeks, &s.Unit, &s.FittedAt); err != nil {
				return err
			}
			scalers = append(scalers, s)
		}
		return rows.Err()
	})
	return scalers, explain("list the scalers", err)
}

// Scaler returns one scaler with its numbers.
func (db *DB) Scaler(ctx context.Context, id string) (s prepare.Scaler, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		s, err = readScaler(tx.QueryRowContext(ctx, `
			SELECT id, name, kind, week_start, weeks, unit, fitted_at, mean, mean_crc32, scale, scale_crc32
			FROM scalers WHERE id = ?`, id))
		return err
	})
	return s, explain("read scaler "+id, err)
}

func readScaler(row scanner) (s prepare.Scaler, err error) {
	var mean, scale []byte
	var meanCRC, scaleCRC uint32
	err = row.Scan(&s.ID, &s.Name, &s.Kind, &s.WeekStart, &s.Weeks, &s.Unit, &s.FittedAt, &mean, &meanCRC, &scale, &scaleCRC)
	if errors.Is(err, sql.ErrNoRows) {
		return s, &Error{Kind: ErrNotFound, Detail: "no scaler has this id", Advice: "list the scalers"}
	}
	if err != nil {
		return s, err
	}
	if s.Mean, err = unpackFloat64s(mean, meanCRC); err != nil {
		return prepare.Scaler{}, damagedScaler(s, err)
	}
	if s.Scale, err = unpackFloat64s(scale, scaleCRC); err != nil {
		return prepare.Scaler{}, damagedScaler(s, err)
	}
	return s, nil
}

func damagedScaler(s prepare.Scaler, err error) error {
	return &Error{Kind: ErrDamaged, Detail: fmt.Sprintf("scaler %s (%s)", s.Name, s.ID), Advice: adviceDamaged, Err: err}
}
