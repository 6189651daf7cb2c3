package xlsx

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/xmlscan"
	"circascope/actigraphy/internal/zipfile"
)

// Limits of a workbook. The library holds it in memory, packed and unpacked.
const (
	maxFile    = 128 << 20 // bytes on disk
	maxContent = 256 << 20 // bytes of all parts together, unpacked: a sheet of a million rows has fewer
	maxParts   = 10_000
	maxRows    = 1 << 20   // of a sheet, which is Excel's own limit
	maxFilled  = 8 << 20   // of a sheet, with the empty ones: one far right fills its row
	maxText    = 128 << 20 // bytes of a sheet as CSV
)

// errLarge is the error of a sheet that is too large.
var errLarge = fmt.Errorf("a sheet of more than %d rows, %d million cells or %d MiB of text", maxRows, maxFilled>>20, maxText>>20)

// check refuses workbooks that the library must not see: those that expand without
// end, and sheets and texts that are not whole. The library itself takes damaged
// XML as the end of a sheet.
func check(ctx context.Context, in *format.Input) error {
	content, size := in.ReaderAt()
	if size > maxFile {
		return fault(in, fmt.Sprintf("a workbook of more than %d MiB", maxFile>>20), "save it as CSV (UTF-8)")
	}
	archive, err := zipfile.Open(content, size, maxParts)
	switch {
	case errors.Is(err, zipfile.ErrMembers):
		return fault(in, fmt.Sprintf("a workbook of more than %d parts", maxParts), "save it as CSV (UTF-8)")
	case err != nil:
		return damaged(in, err)
	}
	left := int64(maxContent)
	for _, f := range archive.File {
		var n int64
		if f.UncompressedSize64 <= maxContent {
			n, err = checkPart(ctx, f, left)
		}
		if left -= n; left < 0 || f.UncompressedSize64 > maxContent {
			return fault(in, fmt.Sprintf("a workbook that expands to more than %d MiB", maxContent>>20), "save it as CSV (UTF-8)")
		}
		if err != nil {
			return damaged(in, err)
		}
	}
	return nil
}

// checkPart unpacks a part and returns its length, which is not taken from what the
// archive declares. It stops behind limit bytes.
func checkPart(ctx context.Context, f *zip.File, limit int64) (n int64, err error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	counted := &counter{ctx: ctx, r: io.LimitReader(r, limit+1)}
	if ext := strings.ToLower(path.Ext(f.Name)); ext == ".xml" || ext == ".rels" {
		if err := checkXML(counted); err != nil && counted.n <= limit {
			return counted.n, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	_, err = io.Copy(io.Discard, counted)
	return counted.n, err
}

// checkXML reads XML to its end, and wants all elements closed and no more rows
// than a sheet has.
func checkXML(r io.Reader) error {
	tags := xmlscan.New(r)
	for rows := 0; ; {
		tag, err := tags.Next()
		if !tag.Closing && string(tag.Name) == "row" {
			if rows++; rows > maxRows {
				return errLarge
			}
		}
		switch {
		case errors.Is(err, io.EOF) && tags.Depth > 0:
			return io.ErrUnexpectedEOF
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// counter counts bytes, and ends with the context.
type counter struct {
	ctx context.Context
	r   io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
