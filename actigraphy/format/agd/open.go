package agd

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// maxUnpacked bounds a database that is gzipped or in memory and is put into a
// temporary file.
const maxUnpacked = 1 << 30

// database is an open AGD file, and the temporary file that holds it if need be.
type database struct {
	*sql.DB
	temporary string
}

// Close closes the database and removes the temporary file.
func (d *database) Close() error {
	err := d.DB.Close()
	if d.temporary != "" {
		err = errors.Join(err, os.Remove(d.temporary))
	}
	return err
}

// open opens the database for reading. The file is taken as unchanging, so that
// nothing is written beside it, not even a lock.
func open(ctx context.Context, in *format.Input) (*database, error) {
	path, ok := in.Plain()
	d := &database{}
	if !ok {
		var err error
		if path, err = unpack(ctx, in); err != nil {
			return nil, err
		}
		d.temporary = path
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: "mode=ro&immutable=1&_query_only=1"}
	if d.DB, err = sql.Open("sqlite3", u.String()); err != nil {
		return nil, err
	}
	// One connection, so that the pragmas hold for every query: a strange
	// schema may call no functions of its own, and damaged pages are seen.
	d.SetMaxOpenConns(1)
	if _, err := d.ExecContext(ctx, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON"); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// unpack writes the content to a temporary file.
func unpack(ctx context.Context, in *format.Input) (path string, err error) {
	content, err := in.Content(ctx)
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "circascope-*.agd")
	if err != nil {
		return "", fmt.Errorf("unpacking %s: %w", in.Path, err)
	}
	n, err := io.Copy(file, io.LimitReader(content, maxUnpacked+1))
	if err == nil && n > maxUnpacked {
		err = &actigraphy.FileError{
			File: in.Path, Expected: fmt.Sprintf("at most %d GiB in a gzipped AGD file", maxUnpacked>>30), Found: "more", Advice: "unpack it",
		}
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}
