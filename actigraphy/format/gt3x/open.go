package gt3x

import (
	"context"
	"errors"
	"io"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
)

// Info describes the format.
func Info() format.Info {
	return format.Info{ID: "gt3x", Name: "ActiGraph GT3X", Extensions: []string{".gt3x", ".zip"}}
}

// Open reads what the file says of the recording and finds its first sample. A bad
// file is an *actigraphy.FileError.
func Open(ctx context.Context, in *format.Input) (raw.Source, error) {
	a, err := openArchive(in)
	if err != nil {
		return nil, err
	}
	about, err := a.about()
	if err != nil {
		return nil, err
	}
	if a.has(logMember) {
		return openLog(ctx, a, about)
	}
	return openPacked(a, about)
}

// reading turns an error on the way through a member into one of the file. A
// cancelled context and an error of the file stay what they are.
func (a *archive) reading(err error) error {
	var file *actigraphy.FileError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.As(err, &file):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return a.fault("a whole archive", "one whose content ends too early", "copy or download the file again", err)
	default:
		return a.fault("an archive that can be unpacked", "a damaged one", "copy or download the file again", err)
	}
}
