package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"circascope/actigraphy/zone"
)

// AddZones keeps assignments of zones, all or none, after those that are there.
// The recordings they name must be in the library.
func (db *DB) AddZones(ctx context.Context, list []zone.Assignment) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, a := range list {
			if err := insertZone(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	return explain("keep a time zone", err)
}

func insertZone(ctx context.Context, tx *sql.Tx, a zone.Assignment) error {
	if err := a.Validate(); err != nil {
		return err
	}
	moves, err := json.Marshal(append([]zone.Move{}, a.Moves...))
	if err != nil {
		return err
	}
	device, recording := "", sql.NullInt64{}
	switch a.Scope {
	case zone.Device:
		device = a.Target
	case zone.Recording:
		err := tx.QueryRowContext(ctx, `SELECT key FROM recordings WHERE id = ?`, a.Target).Scan(&recording)
		if errors.Is(err, sql.ErrNoRows) {
			return &Error{Kind: ErrNotFound, Detail: "no recording has the id " + a.Target, Advice: "list the recordings"}
		}
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO zones (scope, device, recording, zone, clock, moves, named_by, named_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Scope, device, recording, a.Zone, a.Clock, string(moves), a.By, a.At, a.Reason)
	return err
}

// Zones lists the assignments of zones, oldest first: the last one of a target
// holds.
func (db *DB) Zones(ctx context.Context) (list []zone.Assignment, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT z.scope, z.device || coalesce(r.id, ''), z.zone, z.clock, z.moves, z.named_by, z.named_at, z.reason
			FROM zones z LEFT JOIN recordings r ON r.key = z.recording ORDER BY z.key`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var a zone.Assignment
			var moves []byte
			if err := rows.Scan(&a.Scope, &a.Target, &a.Zone, &a.Clock, &moves, &a.By, &a.At, &a.Reason); err != nil {
				return err
			}
			if err := json.Unmarshal(moves, &a.Moves); err != nil {
				return fmt.Errorf("the moves of the zone of %s %s: %w", a.Scope, a.Target, err)
			}
			if len(a.Moves) == 0 {
				a.Moves = nil
			}
			list = append(list, a)
		}
		return rows.Err()
	})
	return list, explain("list the time zones", err)
}
