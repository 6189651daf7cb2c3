package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// buildFile makes a file under a temporary name beside path, fills it with
// fill, and gives it its name only when it is whole and on disk. A path that is
// taken is ErrExists. The file is readable by its owner only.
func buildFile(path string, fill func(temp string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &Error{Kind: ErrExists, Detail: path, Advice: "choose another name: nothing is overwritten"}
	}
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, "."+filepath.Base(path)+".*.tmp")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{Kind: ErrNotFound, Detail: "there is no folder " + folder, Advice: "make it, or choose another"}
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return &Error{Kind: ErrReadOnlyFolder, Detail: folder, Advice: "choose another folder"}
	case err != nil:
		return err
	}
	temp := f.Name()
	defer os.Remove(temp) // gone already where all went well
	for _, beside := range []string{"-journal", "-wal", "-shm"} {
		defer os.Remove(temp + beside)
	}
	if err := errors.Join(f.Close(), fill(temp), syncPath(temp)); err != nil {
		return err
	}
	if err := publish(temp, path); err != nil {
		return err
	}
	return syncPath(filepath.Dir(path))
}

// publish renames temp to path and never overwrites. A hard link does that in
// one step; file systems without links get a check and a rename.
func publish(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return errors.Join(err, os.Remove(temp))
	}
	if !errors.Is(err, syscall.EPERM) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return &Error{Kind: ErrExists, Detail: path, Advice: "choose another name: nothing is overwritten"}
	}
	return os.Rename(temp, path)
}

// syncPath waits until a file or a folder's entries are on the disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// provedEncrypted reads a finished file that nobody has open and fails where it
// starts as plain SQLite does.
func provedEncrypted(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	const plain = "SQLite format 3\x00"
	head := make([]byte, len(plain))
	if _, err := io.ReadFull(f, head); err != nil {
		return fmt.Errorf("read back %s: %w", path, err)
	}
	if string(head) == plain {
		return &Error{Kind: ErrBuild, Detail: "SQLite wrote plain text in spite of the key", Advice: "nothing was kept; build the program again with the SQLite that its set-up brings"}
	}
	return nil
}
