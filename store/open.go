package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// Create makes a new library at path and opens it. A path that is taken is
// ErrExists; the file appears whole or not at all.
func Create(ctx context.Context, path string, o Options) (*DB, error) {
	doing := "create the library " + path
	if o.ReadOnly {
		return nil, &Error{Doing: doing, Kind: ErrReadOnly, Advice: "a new library can only be opened for writing"}
	}
	if err := checkBuild(o.Key); err != nil {
		return nil, explain(doing, err)
	}
	steps, err := loadMigrations(embedded)
	if err != nil {
		return nil, explain(doing, err)
	}
	err = buildFile(path, func(temp string) error { return build(ctx, temp, o, steps) })
	if err != nil {
		return nil, explain(doing, err)
	}
	return open(ctx, path, o, steps)
}

// build writes an empty library into a file and proves it encrypted where it
// should be.
func build(ctx context.Context, path string, o Options, steps []migration) error {
	db := pool(path, o.Key, toBuild, 1)
	if err := errors.Join(migrate(ctx, db, 0, steps, o.now(), o.ProgramVersion), db.Close()); err != nil {
		return err
	}
	if o.Key != nil {
		return provedEncrypted(path)
	}
	return nil
}

// Open opens the library at path, which must exist. For writing it takes the
// lock (ErrLocked names who has it) and brings an older schema up to date after
// a backup beside it; for reading only it does neither.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	steps, err := loadMigrations(embedded)
	if err != nil {
		return nil, explain("open the library "+path, err)
	}
	return open(ctx, path, o, steps)
}

func open(ctx context.Context, path string, o Options, steps []migration) (*DB, error) {
	o.Key = bytes.Clone(o.Key) // the caller may wipe it
	db := &DB{path: path, options: o}
	err := checkBuild(o.Key)
	if err == nil {
		db.path, err = resolve(path)
	}
	switch {
	case err != nil:
	case o.ReadOnly:
		err = db.openToRead(ctx, len(steps))
	default:
		err = db.openToWrite(ctx, steps)
	}
	if err != nil {
		return nil, explain("open the library "+path, errors.Join(err, db.Close()))
	}
	return db, nil
}

// resolve returns the one absolute name of a file, so that two ways to it meet
// at the same lock.
func resolve(path string) (string, error) {
	file, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, &Error{Kind: ErrNotFound, Detail: "there is no such file", Advice: "check the name, or create a new library"}
	}
	if err != nil {
		return path, err
	}
	return filepath.Abs(file)
}

func (db *DB) openToRead(ctx context.Context, known int) error {
	who, busy, err := holderOf(db.path)
	if err != nil {
		return err
	}
	if busy && who.Host != "" && who.Host != hostname() {
		return &Error{
			Kind: ErrLocked, Detail: who.String() + ": a library can't be read on one computer while another writes it",
			Advice: "close it there, or read a backup",
		}
	}
	version, err := identify(ctx, db.path, db.options.Key, toRead, known)
	if code := extendedCode(err); code == sqlite3.ErrReadonlyRollback || code == sqlite3.ErrReadonlyRecovery {
		// A program was killed in a change: what it had not finished is taken
		// back first, which whoever comes next would do, reader or writer.
		if _, err = identify(ctx, db.path, db.options.Key, toProbe, known); err == nil {
			version, err = identify(ctx, db.path, db.options.Key, toRead, known)
		}
	}
	if err != nil {
		return explainUnclean(db.path, err)
	}
	if version < known {
		return &Error{
			Kind: ErrOlder, Detail: fmt.Sprintf("its schema is version %d, this program's %d", version, known),
			Advice: fmt.Sprintf("bring it up to date with: pat upgrade --db %q (or open it once in the window); a copy of it as it is now is kept beside it", db.path),
		}
	}
	db.readOnly = "it was opened for reading only"
	if busy {
		db.readOnly = "it is in use " + who.String()
	}
	db.reader = pool(db.path, db.options.Key, toRead, readers)
	return nil
}

// explainUnclean names the one case in which a library can't be read where
// nothing can be written: its journal was never folded in.
func explainUnclean(path string, err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	journal := ""
	switch e.Code {
	case sqlite3.ErrCantOpen:
		journal = path + "-wal"
	case sqlite3.ErrReadonly:
		journal = path + "-journal"
	}
	if _, statErr := os.Stat(journal); statErr != nil {
		return err
	}
	return &Error{
		Kind: ErrReadOnlyFolder, Detail: "the library was not closed and its journal must be folded in first",
		Advice: "copy it and " + filepath.Base(journal) + " to a folder you can write to and open it there", Err: err,
	}
}

// extendedCode returns SQLite's own code of an error; 0 where it has none.
func extendedCode(err error) sqlite3.ErrNoExtended {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.ExtendedCode
	}
	return 0
}

func (db *DB) openToWrite(ctx context.Context, steps []migration) error {
	lock, err := acquire(db.path, holder{
		PID: os.Getpid(), Host: hostname(), Program: "Circascope " + db.options.ProgramVersion, Since: stamp(db.options.now()),
	})
	if err != nil {
		return err
	}
	db.lock = lock
	version, err := identify(ctx, db.path, db.options.Key, toProbe, len(steps))
	if err != nil {
		return err
	}
	db.reader = pool(db.path, db.options.Key, toRead, readers)
	if version < len(steps) {
		if db.asItWas, err = db.backupBefore(ctx, version); err != nil {
			return err
		}
	}
	db.writer = pool(db.path, db.options.Key, toWrite, 1)
	if err := migrate(ctx, db.writer, version, steps, db.options.now(), db.options.ProgramVersion); err != nil {
		return err
	}
	return db.write(ctx, forgetCutOffImports)
}

// hostname returns the computer's name, "" where it has none.
func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}
