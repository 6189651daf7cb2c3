//go:build unix

package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// holder says who has a library open for writing. It stands in the lock file.
type holder struct {
	PID     int    `json:"pid"`
	Host    string `json:"host"`
	Program string `json:"program"`
	Since   string `json:"since"` // RFC 3339, UTC
}

func (h holder) String() string {
	if h.PID == 0 {
		return "by another process"
	}
	return fmt.Sprintf("by process %d on %s since %s (%s)", h.PID, h.Host, h.Since, h.Program)
}

// lockPath names the file whose lock means "open for writing". It is not the
// library file: on some systems a lock there would get in SQLite's way.
func lockPath(library string) string { return library + ".lock" }

// acquire locks a library for writing. The lock belongs to the open file and
// ends with the process, however that ends, so a lock file left behind by a
// killed process is no obstacle.
func acquire(library string, h holder) (*os.File, error) {
	// A window that only looks who has the library holds the lock for an
	// instant, so one refusal isn't final.
	for try := 0; ; try++ {
		f, err := tryLock(lockPath(library))
		if err == nil {
			err = writeHolder(f, h)
			if err == nil {
				return f, nil
			}
			return nil, errors.Join(err, release(f))
		}
		if !errors.Is(err, ErrLocked) || try == 4 {
			return nil, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func tryLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, locked(f)
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	// The holder before may have removed the file between our open and lock.
	mine, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if named, err := os.Stat(path); err != nil || !os.SameFile(mine, named) {
		return nil, errors.Join(&Error{Kind: ErrLocked, Advice: "try again"}, f.Close())
	}
	return f, nil
}

// locked returns the error that names the holder written in f.
func locked(f *os.File) error {
	return &Error{
		Kind: ErrLocked, Detail: readHolder(f).String(),
		Advice: "close it there, or open it here for reading only",
	}
}

func readHolder(r io.Reader) holder {
	var h holder
	if json.NewDecoder(io.LimitReader(r, 4096)).Decode(&h) != nil {
		return holder{} // being written just now
	}
	return h
}

func writeHolder(f *os.File, h holder) error {
	b, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(append(b, '\n'), 0)
	return err
}

// release removes the lock file and ends the lock.
func release(f *os.File) error {
	if f == nil {
		return nil
	}
	return errors.Join(os.Remove(f.Name()), f.Close())
}

// holderOf returns who has the library open for writing, and whether anyone has.
func holderOf(library string) (holder, bool, error) {
	f, err := os.Open(lockPath(library))
	if errors.Is(err, fs.ErrNotExist) {
		return holder{}, false, nil
	}
	if err != nil {
		return holder{}, false, err
	}
	defer f.Close()
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return readHolder(f), true, nil
	}
	return holder{}, false, err
}
