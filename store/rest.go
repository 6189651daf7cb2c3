package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"circascope/actigraphy/rest"
)

// SaveRest keeps rest periods that a person changed: as the first revision of a layer
// (with ID 0) of a recording, or as the next of one that it has. A recording has one
// layer at a time.
func (db *DB) SaveRest(ctx context.Context, recording string, l rest.Layer) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		key, err := recordingKey(ctx, tx, recording)
		if err != nil {
			return err
		}
		now, err := currentRest(ctx, tx, recording)
		if err != nil {
			return err
		}
		if err := restIsCurrent(l, now); err != nil {
			return err
		}
		layer := l.ID
		if layer == 0 {
			if layer, err = insertRest(ctx, tx, key, l); err != nil {
				return err
			}
		}
		text, err := periodsText(l.Periods)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO rest_revisions (layer, number, at, author, reason, act, periods)
			SELECT ?1, 1 + count(*), ?2, ?3, ?4, ?5, ?6 FROM rest_revisions WHERE layer = ?1`,
			layer, l.At, l.Author, l.Reason, l.Act, text)
		return err
	})
	return explain("keep the rest periods of recording "+recording, err)
}

// restIsCurrent returns an error where the layer is not the one that its recording has
// now, as it was read.
func restIsCurrent(l rest.Layer, now []rest.Layer) error {
	switch {
	case l.ID == 0 && len(now) == 0, len(now) == 1 && now[0].ID == l.ID && now[0].Number == l.Number:
		return nil
	}
	return &Error{Kind: ErrChanged, Detail: "somebody else changed the rest periods of this recording", Advice: "read them again, then change them"}
}

func insertRest(ctx context.Context, tx *sql.Tx, recording int64, l rest.Layer) (int64, error) {
	text, err := periodsText(l.Original)
	if err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO rest_layers (recording, source, original) VALUES (?, ?, ?)`, recording, l.Source, text)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func periodsText(list []rest.Period) (string, error) {
	if list == nil {
		list = []rest.Period{}
	}
	text, err := json.Marshal(list)
	return string(text), err
}

// Rest lists the rest periods that people changed, of a recording, or of all where it
// is "", as they are now; not those that were removed.
func (db *DB) Rest(ctx context.Context, recording string) (list []rest.Layer, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		list, err = currentRest(ctx, tx, recording)
		return err
	})
	return list, explain("list the rest periods", err)
}

// RestHistory lists every revision of the rest periods of a recording, in the order they
// were made, those that were removed too.
func (db *DB) RestHistory(ctx context.Context, recording string) (list []rest.Layer, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		list, err = queryRest(ctx, tx, selectRest+` WHERE c.id = ? ORDER BY v.key`, recording)
		return err
	})
	return list, explain("list the history of the rest periods", err)
}

const selectRest = `
	SELECT l.key, c.id, l.source, l.original, v.number, v.at, v.author, v.reason, v.act, v.periods
	FROM rest_layers l JOIN recordings c ON c.key = l.recording JOIN rest_revisions v ON v.layer = l.key`

func currentRest(ctx context.Context, tx *sql.Tx, recording string) ([]rest.Layer, error) {
	return queryRest(ctx, tx, selectRest+`
		WHERE (? = '' OR c.id = ?) AND v.act <> 'removed' AND v.number = (SELECT max(number) FROM rest_revisions WHERE layer = l.key)
		ORDER BY c.key, l.key`, recording, recording)
}

func queryRest(ctx context.Context, tx *sql.Tx, query string, args ...any) (list []rest.Layer, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l rest.Layer
		var original, periods []byte
		err := rows.Scan(&l.ID, &l.Recording, &l.Source, &original, &l.Number, &l.At, &l.Author, &l.Reason, &l.Act, &periods)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(json.Unmarshal(original, &l.Original), json.Unmarshal(periods, &l.Periods)); err != nil {
			return nil, &Error{Kind: ErrDamaged, Err: err, Detail: fmt.Sprintf("revision %d of the rest periods of recording %s", l.Number, l.Recording), Advice: adviceDamaged}
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
