//go:build unix

package store

import (
	"errors"
	"io/fs"
	"syscall"
)

// classifyFile does the same for an error of the file system.
func classifyFile(err error) (advice string, kind error) {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return adviceFull, ErrFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return adviceReadOnlyFolder, ErrReadOnlyFolder
	case errors.Is(err, fs.ErrExist):
		return "choose another name: nothing is overwritten", ErrExists
	case errors.Is(err, fs.ErrNotExist):
		return "check the folder and the name", ErrNotFound
	}
	return "", nil
}
