package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// write runs f in one transaction of the writing connection: all of it is kept
// or nothing.
func (db *DB) write(ctx context.Context, f func(context.Context, *sql.Tx) error) error {
	if err := db.writable(); err != nil {
		return err
	}
	return inTx(ctx, db.writer, f)
}

func (db *DB) writable() error {
	if db.writer == nil {
		return &Error{Kind: ErrReadOnly, Detail: db.readOnly, Advice: "open it for writing to change it"}
	}
	return nil
}

// read runs f in one transaction of the pool, so that all it sees is of one
// moment. f must not read through db again.
func (db *DB) read(ctx context.Context, f func(context.Context, *sql.Tx) error) error {
	db.gate.reads.RLock()
	defer db.gate.reads.RUnlock()
	return inTx(ctx, db.reader, f)
}

func inTx(ctx context.Context, pool *sql.DB, f func(context.Context, *sql.Tx) error) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(ctx, tx); err != nil {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			return errors.Join(err, undo)
		}
		return cancelled(ctx, err)
	}
	return cancelled(ctx, tx.Commit())
}

// cancelled returns why ctx ended where err is but the echo of it: database/sql
// rolls the transaction of a cancelled context back on its own, and what comes
// after finds it done.
func cancelled(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// foldJournal writes the journal into the library and empties it. What it held
// is then gone from the file, with deleted data in it.
func foldJournal(ctx context.Context, w *sql.DB) error {
	var busy, log, done int
	if err := w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &done); err != nil {
		return err
	}
	if busy != 0 {
		return &Error{
			Kind: ErrTraces, Detail: "somebody was reading, so the journal could not be emptied",
			Advice: "close other windows on this library, then close and open it",
		}
	}
	return nil
}

// settle folds the journal in and leaves WAL mode, so that the library is one
// file that can be read on a read-only medium. Another window that has it open
// keeps an empty journal beside it; the next opening sees to that.
func settle(w *sql.DB) error {
	ctx := context.Background()
	if err := foldJournal(ctx, w); err != nil && !errors.Is(err, ErrTraces) {
		return fmt.Errorf("fold the journal in: %w", err)
	}
	var mode string
	err := w.QueryRowContext(ctx, "PRAGMA journal_mode=DELETE").Scan(&mode)
	var e sqlite3.Error
	if errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("leave WAL mode: %w", err)
	}
	return nil
}

// affected returns how many rows a statement changed.
func affected(ctx context.Context, tx *sql.Tx, query string, args ...any) (int, error) {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}
