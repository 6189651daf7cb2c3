// Package wholefile writes files whole or not at all and, where several processes
// share one, with one writer at a time.
package wholefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Write writes a file whole or not at all: a temporary file beside it, synced and
// renamed. Folders are made as needed. File and folders are for this user alone.
func Write(path string, content []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := Create(path, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync()); err != nil {
		f.Abandon()
		return err
	}
	return f.Commit()
}

// File is a file that is being written beside its place.
type File struct {
	*os.File
	path string
	mode os.FileMode
}

// Create starts a file that Commit puts in its place at path, with that mode.
func Create(path string, mode os.FileMode) (*File, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, err
	}
	return &File{f, path, mode}, nil
}

// Commit closes the file and renames it to its place. On an error nothing is left
// of it, and what stood in its place still does.
func (f *File) Commit() error {
	err := errors.Join(f.Chmod(f.mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Abandon removes what was written.
func (f *File) Abandon() {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

// Locked runs f while no other process that uses this function holds the lock
// file at path, which is made as needed and stays. An error that f did not give
// is a *LockError.
func Locked(path string, f func() error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return &LockError{err}
	}
	lock, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return &LockError{err}
	}
	defer func() { err = errors.Join(err, lock.Close()) }() // closing unlocks
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return &LockError{fmt.Errorf("locking %s: %w", path, err)}
	}
	return f()
}

// LockError is the failure to make or take a lock.
type LockError struct{ Err error }

func (e *LockError) Error() string { return e.Err.Error() }

func (e *LockError) Unwrap() error { return e.Err }
