// Package wholefile writes small files that several processes share: whole or not
// at all, and one writer at a time.
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
func Write(path string, content []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
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
