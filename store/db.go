package store

import (
	"database/sql"
	"errors"
	"os"
	"sync"
	"time"
)

// Options say how a library is created or opened.
type Options struct {
	ReadOnly       bool             // open without the lock; changes nothing
	Key            []byte           // 32 bytes, used as they are; nil for a plain library
	Clock          func() time.Time // nil: time.Now
	ProgramVersion string           // written beside what this program adds
}

func (o Options) now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock()
}

// DB is an open library. Its methods may be called from many goroutines: one
// connection writes, a pool reads, and each call is one transaction.
type DB struct {
	path     string
	options  Options
	readOnly string // why it can't be written to; "" where it can
	asItWas  string // the copy from before its schema was changed at opening
	lock     *os.File
	writer   *sql.DB // nil where read-only
	reader   *sql.DB
	gate     gate
	closing  sync.Once
	closed   error
}

// Path returns the library file, absolute and free of links.
func (db *DB) Path() string { return db.path }

// Encrypted reports whether the file on disk is encrypted.
func (db *DB) Encrypted() bool { return db.options.Key != nil }

// ReadOnly says why the library cannot be written to, or "".
func (db *DB) ReadOnly() string { return db.readOnly }

// AsItWas returns the file that the library was copied to before it was brought from an
// older schema to this one as it was opened, or "" where it was not.
func (db *DB) AsItWas() string { return db.asItWas }

// Close folds the journal into the library, so that it is one file again, and
// releases the lock. Closing twice is no error.
func (db *DB) Close() error {
	db.closing.Do(func() { db.closed = db.close() })
	return db.closed
}

func (db *DB) close() error {
	var errs []error
	if db.reader != nil {
		errs = append(errs, db.reader.Close())
	}
	if db.writer != nil {
		errs = append(errs, settle(db.writer), db.writer.Close())
	}
	errs = append(errs, release(db.lock))
	return explain("close the library "+db.path, errors.Join(errs...))
}
