package models

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"circascope/internal/wholefile"
)

// writeFile writes a file of the catalogue whole or not at all.
func writeFile(path string, content []byte) error {
	if err := wholefile.Write(path, content); err != nil {
		return writeProblem(filepath.Dir(path), err)
	}
	return nil
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
func locked(path string, f func() error) error {
	err := wholefile.Locked(path, f)
	var lock *wholefile.LockError
	if errors.As(err, &lock) {
		return writeProblem(filepath.Dir(path), err)
	}
	return err
}
