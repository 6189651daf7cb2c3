package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// MergeSubjects gives the recordings of one participant to another, who must be there,
// and forgets the first. Recordings and results keep their ids. It returns how many
// recordings that were.
func (db *DB) MergeSubjects(ctx context.Context, from, into string) (moved int, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if from == into {
			return &Error{Kind: ErrTaken, Detail: from + " is one participant", Advice: "name two participants"}
		}
		source, err := keyOf(ctx, tx, from)
		if err != nil {
			return err
		}
		target, err := keyOf(ctx, tx, into)
		if err != nil {
			return err
		}
		if moved, err = affected(ctx, tx, `UPDATE recordings SET participant = ? WHERE participant = ?`, target, source); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `UPDATE outcomes SET subject = ? WHERE subject = ?`, into, from); err != nil {
			return err
		}
		return forgetLoneParticipants(ctx, tx)
	})
	return moved, explain(fmt.Sprintf("merge participant %s into %s", from, into), err)
}

// MoveRecording gives a recording to another participant, who must not be there yet:
// recordings that belong to one person are merged instead. It keeps visits apart.
func (db *DB) MoveRecording(ctx context.Context, id, to string) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var from string
		err := tx.QueryRowContext(ctx, `SELECT p.label FROM recordings r JOIN participants p ON p.key = r.participant WHERE r.id = ?`, id).Scan(&from)
		if errors.Is(err, sql.ErrNoRows) {
			return &Error{Kind: ErrNotFound, Detail: "there is no recording " + id, Advice: "list the recordings"}
		}
		if err != nil {
			return err
		}
		to = strings.TrimSpace(to)
		if err := nameIsFree(ctx, tx, from, to); err != nil || from == to {
			return err
		}
		target, err := db.participantKey(ctx, tx, to)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE recordings SET participant = ? WHERE id = ?`, target, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE outcomes SET subject = ? WHERE recording = ?`, to, id); err != nil {
			return err
		}
		return forgetLoneParticipants(ctx, tx)
	})
	return explain(fmt.Sprintf("give recording %s to participant %s", id, to), err)
}

func keyOf(ctx context.Context, tx *sql.Tx, label string) (key int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT key FROM participants WHERE label = ?`, label).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, noParticipant(label)
	}
	return key, err
}
