package models

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// writeFile writes a file whole or not at all: a temporary file beside it, synced
// and renamed. Folders are made as needed, for this user alone.
func writeFile(path string, content []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return writeProblem(dir, err)
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return writeProblem(dir, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
			err = writeProblem(dir, err)
		}
	}()
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// writeProblem puts the failure to write into a folder of the catalogue in plain
// words.
func writeProblem(dir string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return inWords{dir + ": the disk is full; free some space and try again: nothing was changed", err}
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return inWords{dir + ": the folder cannot be written to; choose another folder for the models, or change its permissions", err}
	}
	return fmt.Errorf("writing into %s: %w", dir, err)
}

// locked runs f while no other process that uses this function holds the lock
// file at path.
func locked(path string, f func() error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return writeProblem(filepath.Dir(path), err)
	}
	lock, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return writeProblem(filepath.Dir(path), err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }() // closing unlocks
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return fmt.Errorf("locking the catalogue with %s: %w", path, err)
	}
	return f()
}
