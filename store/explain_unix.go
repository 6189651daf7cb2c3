//go:build unix

package store

import (
	"errors"
	"io/fs"
	"syscall"
)

// classifyFile returns the kind of an error of the file system.
func classifyFile(err error) (kind error, advice string) {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ErrFull, adviceFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return ErrReadOnlyFolder, adviceReadOnlyFolder
	case errors.Is(err, fs.ErrExist):
		return ErrExists, "choose another name: nothing is overwritten"
	case errors.Is(err, fs.ErrNotExist):
		return ErrNotFound, "check the folder and the name"
	}
	return nil, ""
}
