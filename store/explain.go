package store

import (
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// explain puts SQLite's and the file system's errors in the words of a user;
// other errors get what was being done in front.
func explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	var own *Error
	if errors.As(err, &own) {
		if own.Doing == "" {
			own.Doing = doing
		}
		return err
	}
	if kind, advice := classify(err); kind != nil {
		return &Error{Doing: doing, Kind: kind, Advice: advice, Err: err}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// classify returns the kind of an error and what to do; nil where it has none.
func classify(err error) (kind error, advice string) {
	if kind, advice := classifyFile(err); kind != nil {
		return kind, advice
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return nil, ""
	}
	switch e.Code {
	case sqlite3.ErrFull:
		return ErrFull, adviceFull
	case sqlite3.ErrReadonly:
		return ErrReadOnlyFolder, adviceReadOnlyFolder
	case sqlite3.ErrCorrupt:
		return ErrDamaged, adviceDamaged
	case sqlite3.ErrNotADB:
		return ErrNotLibrary, ""
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return ErrLocked, "another program is using the file: close it and try again"
	case sqlite3.ErrIoErr:
		return classifyIO(e)
	}
	return nil, ""
}

// classifyIO tells a page that fails its authentication, which encryption
// reports as a read error, from a disk that can't be written.
func classifyIO(e sqlite3.Error) (kind error, advice string) {
	switch e.ExtendedCode {
	case sqlite3.ErrIoErrSHMSize, sqlite3.ErrIoErrWrite:
		return ErrFull, adviceFull
	case sqlite3.ErrIoErrRead, sqlite3.ErrIoErrShortRead:
		return ErrDamaged, adviceDamaged
	}
	return nil, ""
}

const (
	adviceFull           = "nothing of this step was kept and earlier data are whole: free some space and repeat it"
	adviceReadOnlyFolder = "open the library for reading only, or copy it to a folder you can write to"
	adviceDamaged        = "put back a backup, or copy what can still be read with the check of the library"
)
