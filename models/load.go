package models

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// maxBytes bounds a weights file: PAT-L with a training state has under 30 MB.
const maxBytes = 256 << 20

// Load reads and checks a weights file. The file is read once: its SHA-256 is of
// the very bytes that were parsed. The returned weights have state New: nothing
// here says that anybody trusts them. For a file that can't be used the error is
// a *RefusedError and the File says the same.
func Load(ctx context.Context, path string, r Reader) (*Weights, File, error) {
	content, err := readFile(path)
	if err != nil {
		return refused(path, nil, err)
	}
	return parse(ctx, path, content, r)
}

// parse makes weights of a file's content.
func parse(ctx context.Context, path string, content []byte, r Reader) (*Weights, File, error) {
	if err := sniff(content); err != nil {
		return refused(path, content, err)
	}
	datasets, err := r.read(ctx, content)
	if err != nil {
		return refused(path, content, err)
	}
	w, f, err := build(datasets)
	f.Path = path
	if err != nil {
		f.State, f.Error = Refused, err.Error()
		return nil, f, &RefusedError{path, err.Error()}
	}
	if w.Head != nil {
		w.Head.Score = scoreName(path)
		f.Score = w.Head.Score
	}
	return w, f, nil
}

// refused describes a file that gave no weights. An error that is no refusal,
// such as a missing reader, is passed on as it is.
func refused(path string, content []byte, err error) (*Weights, File, error) {
	f := File{Path: path, Bytes: int64(len(content)), State: Refused, Error: err.Error()}
	if content != nil {
		f.SHA256 = hash(content)
	}
	var reason refusal
	switch {
	case errors.Is(err, os.ErrNotExist):
		f.State = Missing
		return nil, f, fmt.Errorf("%s: %w", path, err)
	case errors.As(err, &reason):
		return nil, f, &RefusedError{path, string(reason)}
	}
	f.State = ""
	return nil, f, err
}

// readFile reads a regular file of bounded size.
func readFile(path string) ([]byte, error) {
	f, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	content := make([]byte, size)
	if _, err := io.ReadFull(f, content); err != nil {
		return nil, fmt.Errorf("reading the weights %s: %w; it changed meanwhile, try again", path, err)
	}
	return content, nil
}

// openFile opens a regular file of bounded size and tells the size.
func openFile(path string) (*os.File, int64, error) {
	// Without O_NONBLOCK opening a named pipe would wait for a writer for ever.
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, openProblem(err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = fmt.Errorf("opening the weights: %w", err)
	case info.IsDir():
		err = refusal("this is a folder, not a weights file")
	case !info.Mode().IsRegular():
		err = refusal("this is not a regular file")
	case info.Size() > maxBytes:
		err = refusal(fmt.Sprintf("the file has more than %d MB; PAT weights have at most 30", maxBytes>>20))
	default:
		return f, info.Size(), nil
	}
	return nil, 0, errors.Join(err, f.Close())
}

// openProblem puts the failure to open a weights file in plain words.
func openProblem(err error) error {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return inWords{"there is no such file; check the path", err}
	case errors.Is(err, os.ErrPermission):
		return inWords{"it may not be read; check its permissions", err}
	}
	return fmt.Errorf("opening the weights: %w", err)
}

// inWords is an error of the file system in the words of a user.
type inWords struct {
	words string
	err   error
}

func (e inWords) Error() string { return e.words }

func (e inWords) Unwrap() error { return e.err }
