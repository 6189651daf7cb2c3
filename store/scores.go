package store

import (
	"context"
	"database/sql"

	"circascope/inference"
)

// Scores lists the scores of all current results that have one, by recording, week and
// name, without reading the embeddings.
func (db *DB) Scores(ctx context.Context) (list []inference.Scored, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT c.id, r.model, r.week_start, r.scaler_name, r.score_name, r.score, r.clock
			FROM results r JOIN recordings c ON c.key = r.recording
			WHERE r.score IS NOT NULL AND r.mask = c.mask
			ORDER BY c.id, r.week_start, r.score_name, r.key`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s inference.Scored
			if err := rows.Scan(&s.Recording, &s.Model, &s.WeekStart, &s.Scaler, &s.Name, &s.Value, &s.Clock); err != nil {
				return err
			}
			list = append(list, s)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, explain("list the scores", err)
	}
	return list, nil
}
