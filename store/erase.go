package store

import (
	"context"
	"database/sql"
)

// erase runs f in a transaction as write does, and then folds the journal in:
// SQLite's secure_delete overwrites what f deleted in the file, but until then
// the journal holds the old pages.
func (db *DB) erase(ctx context.Context, f func(context.Context, *sql.Tx) error) error {
	if err := db.write(ctx, f); err != nil {
		return err
	}
	return foldJournal(ctx, db.writer)
}

// Compact rebuilds the library file without its free pages (VACUUM), so that it
// takes no more disk than it needs and no copy of a deleted row is left in the
// unused part of a page. It needs as much free disk as the library is large,
// and readers wait.
func (db *DB) Compact(ctx context.Context) error {
	return explain("compact the library", db.compact(ctx))
}

func (db *DB) compact(ctx context.Context) error {
	if err := db.writable(); err != nil {
		return err
	}
	if _, err := db.writer.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	return foldJournal(ctx, db.writer)
}
