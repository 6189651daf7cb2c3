package app

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Preview is what one recording of a file would become, or why a file gives none.
type Preview struct {
	Path string
	Info actigraphy.Info // zero where Err is set
	More bool            // the file holds more recordings than were looked at
	Err  error
}

// previewPeople is of how many recordings of one file a preview is given.
const previewPeople = 20

// errEnough ends the reading of a file that was looked at enough.
var errEnough = errors.New("enough of this file")

// FilesOf lists the files that an import of paths into the open library would go
// through: Files without those of the library itself.
func (wb *Workbench) FilesOf(paths []string) []string {
	files := Files(paths)
	if lib, err := wb.Library(); err == nil {
		files = slices.DeleteFunc(files, func(file string) bool { return isPartOf(lib.Path(), file) })
	}
	return files
}

// FormatName returns the name of a format for people, by its id.
func (wb *Workbench) FormatName(id string) string {
	for _, r := range wb.cfg.Readers {
		if f := r.Format(); f.ID == id {
			return f.Name
		}
	}
	return id
}

// Preview reads one file and stores nothing. A file that is read together with
// another one gives no preview. The error is that of ctx.
func (wb *Workbench) Preview(ctx context.Context, path string, opts format.Options) ([]Preview, error) {
	var seen []Preview
	err := wb.readAsImport(ctx, path, opts, func(r *actigraphy.Recording) error {
		if len(seen) == previewPeople {
			seen[len(seen)-1].More = true
			return errEnough
		}
		seen = append(seen, Preview{Path: path, Info: actigraphy.Describe(r)})
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err == nil, errors.Is(err, errEnough), errors.Is(err, format.ErrCompanion):
		return seen, nil
	default:
		return append(seen, Preview{Path: path, Err: err}), nil
	}
}

// PreviewRecording reads one recording of a file again, with its samples.
func (wb *Workbench) PreviewRecording(ctx context.Context, path, id string, opts format.Options) (*actigraphy.Recording, error) {
	var found *actigraphy.Recording
	err := wb.readAsImport(ctx, path, opts, func(r *actigraphy.Recording) error {
		if r.ID() != id {
			return nil
		}
		found = r
		return errEnough
	})
	if found != nil {
		return found, nil
	}
	return nil, err
}

// readAsImport reads a file as an import into the open library would: with the
// columns that the library remembers.
func (wb *Workbench) readAsImport(ctx context.Context, path string, opts format.Options, emit func(*actigraphy.Recording) error) (err error) {
	in, err := format.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	reader, err := format.Detect(wb.cfg.Readers, in)
	if err != nil {
		return err
	}
	columns, err := wb.remembered(ctx)
	if err != nil {
		return err
	}
	remembered := columns.forFile(in, reader, opts)
	if remembered != nil {
		opts.CSV = &remembered.Mapping
	}
	return format.ReadInput(ctx, wb.cfg.Readers, in, opts, nil, func(r *actigraphy.Recording) error {
		if remembered != nil {
			remembered.note(r)
		}
		warnOfFuture(r, wb.cfg.Now())
		return emit(r)
	})
}

// The size of what HeadLines gives.
const (
	headLines  = 12
	headColumn = 160
)

// HeadLines returns the first lines of a file of text, shortened, and none of one
// that is no text.
func HeadLines(path string) ([]string, error) {
	in, err := format.Open(path)
	if err != nil {
		return nil, err
	}
	head := slices.Clone(in.Head)
	if err := in.Close(); err != nil {
		return nil, err
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, nil
	}
	text := strings.ToValidUTF8(string(head), string(utf8.RuneError))
	lines := strings.SplitN(strings.ReplaceAll(text, "\r", ""), "\n", headLines+1)
	lines = lines[:min(len(lines), headLines)]
	for i, line := range lines {
		if runes := []rune(line); len(runes) > headColumn {
			lines[i] = string(runes[:headColumn]) + " ..."
		}
	}
	return lines, nil
}
