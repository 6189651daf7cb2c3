package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// participantKey returns the key of the participant with this label, who is
// added if new.
func (db *DB) participantKey(ctx context.Context, tx *sql.Tx, label string) (key int64, err error) {
	_, err = tx.ExecContext(ctx, `INSERT INTO participants (label, added_at) VALUES (?, ?) ON CONFLICT (label) DO NOTHING`,
		label, stamp(db.options.now()))
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `SELECT key FROM participants WHERE label = ?`, label).Scan(&key)
	return key, err
}

// RenameSubject gives a participant another name. Recordings and results keep
// their ids, which rest on the name in the source file. A name that is taken is
// ErrTaken.
func (db *DB) RenameSubject(ctx context.Context, from, to string) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := nameIsFree(ctx, tx, from, to); err != nil {
			return err
		}
		n, err := affected(ctx, tx, `UPDATE participants SET label = ? WHERE label = ?`, to, from)
		if err != nil {
			return err
		}
		if n == 0 {
			return noParticipant(from)
		}
		if _, err = tx.ExecContext(ctx, `UPDATE outcomes SET subject = ? WHERE subject = ?`, to, from); err != nil {
			return err
		}
		return renameInDiaries(ctx, tx, from, to)
	})
	return explain(fmt.Sprintf("rename participant %s to %s", from, to), err)
}

func nameIsFree(ctx context.Context, tx *sql.Tx, from, to string) error {
	if strings.TrimSpace(to) == "" {
		return &Error{Kind: ErrTaken, Detail: "the new name is empty", Advice: "give a name"}
	}
	if from == to {
		return nil
	}
	var taken bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM participants WHERE label = ?)`, to).Scan(&taken); err != nil {
		return err
	}
	if taken {
		return &Error{Kind: ErrTaken, Detail: "another participant is called " + to, Advice: "choose another name"}
	}
	return nil
}

func noParticipant(label string) error {
	return &Error{Kind: ErrNotFound, Detail: "no participant is called " + label, Advice: "list the participants"}
}

// DeleteSubject deletes a participant with all recordings, results and import
// outcomes, and returns how many recordings that were. The freed space in the
// file is overwritten and the journal emptied; where somebody reads meanwhile
// and it can't be, the error is ErrTraces and the participant is deleted.
func (db *DB) DeleteSubject(ctx context.Context, subject string) (removed int, err error) {
	err = db.erase(ctx, func(ctx context.Context, tx *sql.Tx) error {
		key, err := keyOf(ctx, tx, subject)
		if err != nil {
			return err
		}
		removed, err = deleteParticipant(ctx, tx, key, subject)
		return err
	})
	return removed, explain("delete participant "+subject, err)
}

func deleteParticipant(ctx context.Context, tx *sql.Tx, key int64, label string) (removed int, err error) {
	_, err = tx.ExecContext(ctx, `
		DELETE FROM outcomes WHERE subject = ? OR recording IN (SELECT id FROM recordings WHERE participant = ?)`, label, key)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(forgetDiariesOf(ctx, tx, label), forgetPeople(ctx, tx, label)); err != nil {
		return 0, err
	}
	if removed, err = affected(ctx, tx, `DELETE FROM recordings WHERE participant = ?`, key); err != nil {
		return 0, err
	}
	if _, err = tx.ExecContext(ctx, `DELETE FROM participants WHERE key = ?`, key); err != nil {
		return 0, err
	}
	return removed, forgetEmptyImports(ctx, tx)
}

// forgetLoneParticipants deletes the participants who have no recordings left.
func forgetLoneParticipants(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM participants WHERE NOT EXISTS (SELECT 1 FROM recordings WHERE participant = participants.key)`)
	return err
}
