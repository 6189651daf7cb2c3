package libtensorflow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	"golang.org/x/sys/unix"
)

// chatter is a line that TensorFlow writes while it is being loaded.
var chatter = regexp.MustCompile(`^(WARNING: All log messages before absl|[IW]\d{4} .*\.cc:\d+\])`)

// quietly runs load with standard error going to memory, and then writes to
// standard error what came there, without TensorFlow's chatter: its initialisers
// log before they look at TF_CPP_MIN_LOG_LEVEL.
func quietly(load func()) (err error) {
	fail := func(err error) error { return fmt.Errorf("keeping TensorFlow's messages off the terminal: %w", err) }
	fd, err := unix.MemfdCreate("stderr", unix.MFD_CLOEXEC)
	if err != nil {
		return fail(err)
	}
	memory := os.NewFile(uintptr(fd), "stderr")
	defer memory.Close() //nolint:errcheck // it was only memory
	saved, err := unix.FcntlInt(uintptr(unix.Stderr), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return fail(err)
	}
	if err := unix.Dup3(fd, unix.Stderr, 0); err != nil {
		return fail(errors.Join(err, unix.Close(saved)))
	}
	load()
	if err := errors.Join(unix.Dup3(saved, unix.Stderr, 0), unix.Close(saved)); err != nil {
		return fail(err)
	}
	if err := passOn(memory, os.Stderr); err != nil {
		return fail(err)
	}
	return nil
}

// passOn copies a file from its start, without the chatter.
func passOn(from *os.File, to io.Writer) error {
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(content) {
		if chatter.Match(line) {
			continue
		}
		if _, err := to.Write(line); err != nil {
			return err
		}
	}
	return nil
}
