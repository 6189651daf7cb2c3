package store

import (
	"context"
	"database/sql"

	"circascope/inference"
)

// Ran lists what was run on each recording under the mask it has, without reading the results.
func (db *DB) Ran(ctx context.Context) (list []inference.Ran, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT c.id, r.model, r.weights_state, r.clock, r.weeks
			FROM (SELECT recording, model, weights_state, mask, clock, count(*) AS weeks FROM results
				GROUP BY recording, model, weights_state, mask, clock) r
			JOIN recordings c ON c.key = r.recording AND c.mask = r.mask
			ORDER BY c.id, r.model, r.weights_state, r.clock`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r inference.Ran
			if err := rows.Scan(&r.Recording, &r.Model, &r.State, &r.Clock, &r.Weeks); err != nil {
				return err
			}
			list = append(list, r)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, explain("list which models were run", err)
	}
	return list, nil
}
