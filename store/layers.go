package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"circascope/actigraphy/wear"
)

// ChangeLayers adds layers (those with ID 0) to a recording, and revisions to
// layers it has, and keeps what sum makes of all of them then, beside the
// recording: in one transaction. It returns the layers as they are then.
func (db *DB) ChangeLayers(ctx context.Context, recording string, changes []wear.Layer, sum func([]wear.Layer) wear.Summary) (now []wear.Layer, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		key, err := recordingKey(ctx, tx, recording)
		if err != nil {
			return err
		}
		for _, l := range changes {
			if err := reviseLayer(ctx, tx, key, l); err != nil {
				return err
			}
		}
		if now, err = currentLayers(ctx, tx, recording); err != nil {
			return err
		}
		return keepSummary(ctx, tx, key, sum(now))
	})
	return now, explain("change the masks of recording "+recording, err)
}

func recordingKey(ctx context.Context, tx *sql.Tx, id string) (key int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT key FROM recordings WHERE id = ?`, id).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, &Error{Kind: ErrNotFound, Detail: "the recording is not in the library", Advice: "list the recordings"}
	}
	return key, err
}

// reviseLayer adds a revision to a layer, which it adds first where it is new.
func reviseLayer(ctx context.Context, tx *sql.Tx, recording int64, l wear.Layer) error {
	key := l.ID
	if key == 0 {
		added, err := insertLayer(ctx, tx, recording, l)
		if err != nil {
			return err
		}
		key = added
	}
	intervals := l.Intervals
	if intervals == nil {
		intervals = []wear.Interval{}
	}
	text, err := json.Marshal(intervals)
	if err != nil {
		return err
	}
	n, err := affected(ctx, tx, `
		INSERT INTO layer_revisions (layer, number, at, author, reason, act, switched, intervals)
		SELECT layers.key, 1 + (SELECT count(*) FROM layer_revisions WHERE layer = layers.key), ?, ?, ?, ?, ?, ?
		FROM layers WHERE layers.key = ? AND recording = ?`,
		l.At, l.Author, l.Reason, l.Act, l.On, string(text), key, recording)
	if err == nil && n == 0 {
		return &Error{Kind: ErrNotFound, Detail: fmt.Sprintf("the recording has no layer %d", l.ID), Advice: "list the recording's layers"}
	}
	return err
}

func insertLayer(ctx context.Context, tx *sql.Tx, recording int64, l wear.Layer) (key int64, err error) {
	parameters := l.Parameters
	if parameters == nil {
		parameters = wear.Values{}
	}
	text, err := json.Marshal(parameters)
	if err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO layers (recording, kind, name, method, parameters, source_sha256) VALUES (?, ?, ?, ?, ?, ?)`,
		recording, l.Kind, l.Name, l.Method, string(text), l.Source)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func keepSummary(ctx context.Context, tx *sql.Tx, recording int64, s wear.Summary) error {
	var days *string
	if s.Days != nil {
		text, err := json.Marshal(s.Days)
		if err != nil {
			return err
		}
		list := string(text)
		days = &list
	}
	_, err := tx.ExecContext(ctx, `UPDATE recordings SET mask = ?, worn_days = ? WHERE key = ?`, s.Mask, days, recording)
	return err
}

// Layers lists the layers of a recording, or of all where it is "", as they are
// now, oldest first; not those that were removed.
func (db *DB) Layers(ctx context.Context, recording string) (list []wear.Layer, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		list, err = currentLayers(ctx, tx, recording)
		return err
	})
	return list, explain("list the masks", err)
}

// LayerHistory lists every revision of every layer of a recording, those that
// were removed too, in the order they were made.
func (db *DB) LayerHistory(ctx context.Context, recording string) (list []wear.Layer, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		list, err = queryLayers(ctx, tx, selectRevisions+` WHERE c.id = ? ORDER BY v.key`, recording)
		return err
	})
	return list, explain("list the history of the masks", err)
}

const selectRevisions = `
	SELECT l.key, c.id, l.kind, l.name, l.method, l.parameters, l.source_sha256,
		v.number, v.at, v.author, v.reason, v.act, v.switched, v.intervals
	FROM layers l JOIN recordings c ON c.key = l.recording JOIN layer_revisions v ON v.layer = l.key`

func currentLayers(ctx context.Context, tx *sql.Tx, recording string) ([]wear.Layer, error) {
	return queryLayers(ctx, tx, selectRevisions+`
		WHERE (? = '' OR c.id = ?) AND v.act <> 'removed' AND v.number = (SELECT max(number) FROM layer_revisions WHERE layer = l.key)
		ORDER BY c.key, l.key`, recording, recording)
}

func queryLayers(ctx context.Context, tx *sql.Tx, query string, args ...any) (list []wear.Layer, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l wear.Layer
		var parameters, intervals []byte
		err := rows.Scan(&l.ID, &l.Recording, &l.Kind, &l.Name, &l.Method, &parameters, &l.Source,
			&l.Number, &l.At, &l.Author, &l.Reason, &l.Act, &l.On, &intervals)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(json.Unmarshal(parameters, &l.Parameters), json.Unmarshal(intervals, &l.Intervals)); err != nil {
			return nil, &Error{Kind: ErrDamaged, Err: err, Detail: fmt.Sprintf("revision %d of layer %d of recording %s", l.Number, l.ID, l.Recording), Advice: adviceDamaged}
		}
		if len(l.Parameters) == 0 {
			l.Parameters = nil
		}
		if len(l.Intervals) == 0 {
			l.Intervals = nil
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
