package store

import (
	"context"
	"database/sql"
	"sync"
)

// erase runs f in a transaction as write does, forgets the files that are not whole
// any more, whose names may tell a person, and then folds the journal in: SQLite's secure_delete overwrites what f deleted in the file, but until then
// the journal holds the old pages.
func (db *DB) erase(ctx context.Context, f func(context.Context, *sql.Tx) error) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := f(ctx, tx); err != nil {
			return err
		}
		return forgetBrokenFiles(ctx, tx)
	})
	if err != nil {
		return err
	}
	return db.emptyJournal(ctx)
}

// gate lets the journal be emptied between reads. SQLite would wait for a
// moment in which nobody reads, which need not come while a window is busy.
type gate struct {
	reads  sync.RWMutex // held by short reads
	copies sync.RWMutex // held by backups, which may take minutes
}

// emptyJournal folds the journal in while no one in this process reads. What was
// deleted is deleted, so it is not cut off by a cancelled context.
func (db *DB) emptyJournal(ctx context.Context) error {
	db.gate.copies.Lock() // first: reads go on while a backup is waited for
	defer db.gate.copies.Unlock()
	db.gate.reads.Lock()
	defer db.gate.reads.Unlock()
	return foldJournal(context.WithoutCancel(ctx), db.writer)
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
	return db.emptyJournal(ctx)
}
