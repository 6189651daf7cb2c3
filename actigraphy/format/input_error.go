package format

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"circascope/actigraphy"
)

// fault is a FileError about the whole file.
func (in *Input) fault(found, advice string) *actigraphy.FileError {
	return &actigraphy.FileError{File: in.Path, Found: found, Advice: advice}
}

// readError says in words what the operating system or the decompressor
// reported. A cancelled context stays what it is.
func (in *Input) readError(err error) error {
	var file *actigraphy.FileError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.As(err, &file):
		return err
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return &actigraphy.FileError{
			File: in.Path, Found: "a gzipped file that is damaged or cut off",
			Advice: "copy or download it again", Err: err,
		}
	default:
		return openError(in.Path, err)
	}
}

func openError(path string, err error) error {
	e := &actigraphy.FileError{File: path, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Found, e.Advice = "there is no such file", "check the path"
	case errors.Is(err, fs.ErrPermission):
		e.Found, e.Advice = "the file may not be read", "check its permissions"
	default:
		e.Found, e.Advice = "the file could not be read", "check the disk and try again"
	}
	return e
}

func checkKind(path string, info fs.FileInfo) error {
	e := &actigraphy.FileError{File: path, Expected: "a file", Err: actigraphy.ErrFormat}
	switch {
	case info.IsDir():
		e.Found, e.Advice = "a folder", "import a folder as a folder, or name the files in it"
	case !info.Mode().IsRegular():
		e.Found, e.Advice = "a device, pipe or socket", "copy its content to a file"
	case info.Size() == 0:
		return emptyFile(path)
	case info.Size() > MaxFileSize:
		e.Expected = fmt.Sprintf("at most %d GiB", MaxFileSize>>30)
		e.Found, e.Advice = fmt.Sprintf("%.1f GiB", float64(info.Size())/(1<<30)), "split the file by participant"
	default:
		return nil
	}
	return e
}

func emptyFile(path string) error {
	return &actigraphy.FileError{
		File: path, Found: "the file is empty", Advice: "export or copy it again", Err: actigraphy.ErrFormat,
	}
}

// ReadError says in words what reading Content reported, for readers outside of
// this package. A cancelled context stays what it is.
func (in *Input) ReadError(err error) error { return in.readError(err) }
