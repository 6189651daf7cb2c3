package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// fileProblem says in plain words why a file could not be read or written.
type fileProblem struct {
	path   string
	what   string // a clause
	advice string // what to do, a sentence without a full stop
	err    error  // the cause, for errors.Is
}

func (p *fileProblem) Error() string { return fmt.Sprintf("%s: %s; %s", p.path, p.what, p.advice) }

func (p *fileProblem) Unwrap() error { return p.err }

// ReadProblem returns err, of reading the file at path, in the words of a user.
// An error that is not the file system's stays as it is.
func ReadProblem(path string, err error) error {
	p := &fileProblem{path: path, err: err}
	switch {
	case !ofFileSystem(err):
		return err
	case errors.Is(err, fs.ErrNotExist):
		p.what, p.advice = "there is no such file", "check the path"
	case errors.Is(err, fs.ErrPermission):
		p.what, p.advice = "it may not be read", "check its permissions"
	case isFolder(path):
		p.what, p.advice = "it is a folder", "name a file"
	default:
		p.what, p.advice = "it could not be read: "+cause(err), "check the disk and try again"
	}
	return p
}

// WriteProblem does the same for writing a file at path.
func WriteProblem(path string, err error) error {
	p, folder := &fileProblem{path: path, err: err}, filepath.Dir(path)
	switch {
	case !ofFileSystem(err):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		p.what, p.advice = "the disk is full", "free some space and try again; nothing was left half written"
	case errors.Is(err, fs.ErrNotExist):
		p.what, p.advice = "there is no folder "+folder, "make it, or choose another"
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		p.what, p.advice = "the folder "+folder+" cannot be written to", "choose another"
	case isFolder(path):
		p.what, p.advice = "it is a folder", "name a file in it"
	default:
		p.what, p.advice = "it could not be written: "+cause(err), "choose another place or name"
	}
	return p
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func ofFileSystem(err error) bool {
	var code syscall.Errno
	return errors.As(err, &code)
}

// cause returns the system's own words, without the call and the path that Go
// puts in front.
func cause(err error) string {
	var code syscall.Errno
	errors.As(err, &code)
	return code.Error()
}
