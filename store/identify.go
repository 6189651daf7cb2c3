package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/mattn/go-sqlite3"
)

// pageSize is that of every library; an encrypted file gives itself away by
// being made of whole pages of noise.
const pageSize = 4096

// identify looks at a file before anything is changed in it and returns its
// schema version. It refuses what is no library, what the key does not open,
// and what a newer program made.
func identify(ctx context.Context, path string, key []byte, a access, known int) (version int, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, &Error{Kind: ErrNotLibrary, Detail: "it is no file but " + describeMode(info), Advice: "name the library file"}
	}
	if info.Size() == 0 {
		return 0, &Error{Kind: ErrNotLibrary, Detail: "the file is empty", Advice: "create a new library under another name"}
	}
	db := pool(path, key, a, 1)
	defer db.Close()
	app, version, err := readHeader(ctx, db)
	if err != nil {
		return 0, unreadable(ctx, path, key, a, info.Size(), err)
	}
	if app != applicationID {
		return 0, &Error{
			Kind:   ErrNotLibrary,
			Detail: fmt.Sprintf("it is the SQLite file of another program (application id %d, expected %d)", app, applicationID),
			Advice: "name a library that this program made",
		}
	}
	if version > known {
		return 0, newer(ctx, db, version, known)
	}
	return version, nil
}

func describeMode(info os.FileInfo) string {
	if info.IsDir() {
		return "a folder"
	}
	return "something else (" + info.Mode().Type().String() + ")"
}

func readHeader(ctx context.Context, db *sql.DB) (app, version int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, 0, err
	}
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return app, version, err
}

// unreadable says why SQLite does not take the file for a database: encrypted
// data look like noise, and noise may be anything.
func unreadable(ctx context.Context, path string, key []byte, a access, size int64, err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) || e.Code != sqlite3.ErrNotADB {
		return err
	}
	switch {
	case key != nil && isPlain(ctx, path, a):
		return &Error{
			Kind: ErrKey, Detail: "a key was given, but this file is not encrypted",
			Advice: "open it without a key, or name the encrypted library",
		}
	case size%pageSize != 0:
		return &Error{Kind: ErrNotLibrary, Detail: "the file is not of SQLite's format", Advice: "name a library that this program made", Err: err}
	case key != nil:
		return &Error{Kind: ErrKey, Detail: "the key is wrong, or the file is no library or damaged at its start", Advice: "check the key and the file", Err: err}
	default:
		return &Error{Kind: ErrKey, Detail: "the library is encrypted and no key was given, or the file is no library", Advice: "give its key", Err: err}
	}
}

func isPlain(ctx context.Context, path string, a access) bool {
	db := pool(path, nil, a, 1)
	defer db.Close()
	_, _, err := readHeader(ctx, db)
	return err == nil
}

// newer returns the refusal of a library from a newer program, which the file
// names in its migrations table.
func newer(ctx context.Context, db *sql.DB, version, known int) error {
	maker := ""
	row := db.QueryRowContext(ctx, "SELECT program_version FROM migrations ORDER BY version DESC LIMIT 1")
	if row.Scan(&maker) != nil || maker == "" {
		maker = "unknown"
	}
	return &Error{
		Kind:   ErrNewer,
		Detail: fmt.Sprintf("its schema is version %d (program version %s), this program knows up to %d", version, maker, known),
		Advice: "open it with that program version or a newer one; nothing was changed",
	}
}
