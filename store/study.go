package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"circascope/actigraphy/wear"
)

// ChangeStudy keeps settings, changes the layers of recordings, and keeps the id of the
// mask that every recording with layers then has: in one transaction. mask gets the layers
// of one recording. A recording whose layers are not as the change saw them is an error.
func (db *DB) ChangeStudy(ctx context.Context, settings map[string]string, changes []wear.Change, mask func([]wear.Layer) string) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for name, value := range settings {
			if err := putSetting(ctx, tx, name, value); err != nil {
				return err
			}
		}
		for _, c := range changes {
			if err := changeLayers(ctx, tx, c); err != nil {
				return err
			}
		}
		return keepMasks(ctx, tx, mask)
	})
	return explain("change how the study is measured", err)
}

// changeLayers does to the layers of one recording what was meant for those it had.
func changeLayers(ctx context.Context, tx *sql.Tx, c wear.Change) error {
	key, err := recordingKey(ctx, tx, c.Recording)
	if err != nil {
		return err
	}
	now, err := currentLayers(ctx, tx, c.Recording)
	if err != nil {
		return err
	}
	if !sameRevisions(now, c.Seen) {
		return &Error{Kind: ErrChanged, Detail: fmt.Sprintf("the masks of recording %s were changed meanwhile", c.Recording), Advice: "nothing was changed by this; do it again"}
	}
	for _, l := range c.Layers {
		if err := reviseLayer(ctx, tx, key, l); err != nil {
			return err
		}
	}
	days, err := json.Marshal(c.Days)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE recordings SET worn_days = nullif(?, 'null') WHERE key = ?`, string(days), key)
	return err
}

func sameRevisions(a, b []wear.Layer) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Number != b[i].Number {
			return false
		}
	}
	return true
}

// keepMasks keeps the mask that the layers of each recording make.
func keepMasks(ctx context.Context, tx *sql.Tx, mask func([]wear.Layer) string) error {
	all, err := currentLayers(ctx, tx, "")
	if err != nil {
		return err
	}
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].Recording == all[from].Recording {
			to++
		}
		_, err := tx.ExecContext(ctx, `UPDATE recordings SET mask = ?1 WHERE id = ?2 AND mask <> ?1`, mask(all[from:to]), all[from].Recording)
		if err != nil {
			return err
		}
		from = to
	}
	return nil
}

// WithoutLayer lists the recordings that never had a layer of a method with these
// parameters, in the order in which they came.
func (db *DB) WithoutLayer(ctx context.Context, method string, parameters wear.Values) ([]string, error) {
	if parameters == nil {
		parameters = wear.Values{}
	}
	text, err := json.Marshal(parameters)
	if err != nil {
		return nil, err
	}
	return db.idsOf(ctx, "list the recordings without a mask", `
		SELECT id FROM recordings
		WHERE NOT EXISTS (SELECT 1 FROM layers WHERE recording = recordings.key AND method = ? AND parameters = ?)
		ORDER BY key`, method, string(text))
}
