package format

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"circascope/actigraphy/internal/zipfile"
)

// maxAppleMembers bounds an export: beside the records lies a file for each
// electrocardiogram, document and route of a workout.
const maxAppleMembers = 100_000

// appleContent returns the XML of an export, from the archive where the file is
// one.
func appleContent(ctx context.Context, in *Input) (io.Reader, error) {
	if !isAppleArchive(in.Head) {
		return in.Content(ctx)
	}
	content, size := in.ReaderAt()
	archive, err := zipfile.Open(content, size, maxAppleMembers)
	if err != nil {
		return nil, damagedArchive(in, err)
	}
	for _, f := range archive.File {
		if path.Dir(f.Name) != "apple_health_export" || !strings.EqualFold(path.Ext(f.Name), ".xml") {
			continue
		}
		r, err := openMember(ctx, in, f)
		if err != nil {
			return nil, err
		}
		if r != nil {
			return r, nil
		}
	}
	return nil, in.fault("an archive of Apple Health without an export.xml", "export it again; in other languages the file may have another name, but it lies in apple_health_export")
}

// openMember returns the content of a member of the archive, nil where it is not
// the export: the clinical documents lie beside it.
func openMember(ctx context.Context, in *Input, f *zip.File) (io.Reader, error) {
	if f.UncompressedSize64 > MaxFileSize {
		return nil, in.fault(fmt.Sprintf("%s expands to more than %d GiB", f.Name, MaxFileSize>>30), "export a shorter time")
	}
	head, err := f.Open()
	if err != nil {
		return nil, damagedArchive(in, err)
	}
	start, err := io.ReadAll(io.LimitReader(head, HeadSize))
	if err := errors.Join(err, head.Close()); err != nil {
		return nil, damagedArchive(in, err)
	}
	if !isAppleHealth(start) {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, damagedArchive(in, err)
	}
	limited := &limitedReader{r: &archiveReader{in, r}, left: MaxFileSize, in: in}
	return &contextReader{ctx: ctx, r: limited, total: int64(f.UncompressedSize64), progress: in.progress}, nil
}

// archiveReader puts the errors of a damaged archive in words.
type archiveReader struct {
	in *Input
	r  io.ReadCloser
}

func (a *archiveReader) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	if errors.Is(err, io.EOF) {
		err = a.r.Close()
		if err == nil {
			return n, io.EOF
		}
	}
	if err != nil {
		return n, damagedArchive(a.in, err)
	}
	return n, nil
}

func damagedArchive(in *Input, err error) error {
	e := in.fault("a ZIP archive that is damaged or cut off", "copy or download it again")
	e.Err = err
	return e
}
