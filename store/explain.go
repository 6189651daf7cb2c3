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
	if advice, kind := classify(err); kind != nil {
		return &Error{Doing: doing, Kind: kind, Advice: advice, Err: err}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// classify returns what to do about an error and its kind; nil where it has none.
func classify(err error) (advice string, kind error) {
	if advice, kind := classifyFile(err); kind != nil {
		return advice, kind
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return "", nil
	}
	switch e.Code {
	case sqlite3.ErrFull:
		return adviceFull, ErrFull
	case sqlite3.ErrReadonly:
		return adviceReadOnlyFolder, ErrReadOnlyFolder
	case sqlite3.ErrCorrupt:
		return adviceDamaged, ErrDamaged
	case sqlite3.ErrNotADB:
		return "", ErrNotLibrary
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return "another program is using the file: close it and try again", ErrLocked
	case sqlite3.ErrIoErr:
		return classifyIO(e)
	}
	return "", nil
}

// classifyIO tells a page that fails its authentication, which encryption
// reports as a read error, from a disk that can't be written.
func classifyIO(e sqlite3.Error) (advice string, kind error) {
	switch e.ExtendedCode {
	case sqlite3.ErrIoErrSHMSize, sqlite3.ErrIoErrWrite:
		return adviceFull, ErrFull
	case sqlite3.ErrIoErrRead, sqlite3.ErrIoErrShortRead:
		return adviceDamaged, ErrDamaged
	}
	return "", nil
}

const (
	adviceFull           = "nothing of this step was kept and earlier data are whole: free some space and repeat it"
	adviceReadOnlyFolder = "open the library for reading only, or copy it to a folder you can write to"
	adviceDamaged        = "put back a backup; what can still be read can be exported first"
)
