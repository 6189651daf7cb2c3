package format

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"path"
	"strings"

	"circascope/actigraphy/internal/zipfile"
)

// maxMembers bounds the archives that are looked into for one text.
const maxMembers = 1000

// zipMember is the one file in a ZIP archive.
type zipMember struct {
	offset, compressed int64
	size               uint64
	crc                uint32
	stored             bool
}

// onlyMember returns the one file of a ZIP archive, nil where it is no archive of
// one file that can be read. Folders, and what systems add for themselves, do not
// count.
func (in *Input) onlyMember() *zipMember {
	z, err := zipfile.Open(in.content, in.Size, maxMembers)
	if err != nil {
		return nil
	}
	var only *zip.File
	for _, f := range z.File {
		switch {
		case f.FileInfo().IsDir() || addedBySystem(f.Name):
		case only != nil:
			return nil
		default:
			only = f
		}
	}
	const encrypted = 1
	if only == nil || only.Flags&encrypted != 0 || only.Method != zip.Store && only.Method != zip.Deflate {
		return nil
	}
	offset, err := only.DataOffset()
	compressed := int64(only.CompressedSize64) //nolint:gosec // checked below
	if err != nil || compressed < 0 || offset+compressed > in.Size || offset+compressed < offset {
		return nil
	}
	return &zipMember{
		offset: offset, compressed: compressed, size: only.UncompressedSize64,
		crc: only.CRC32, stored: only.Method == zip.Store,
	}
}

// addedBySystem reports the files that macOS and Windows put beside the user's.
func addedBySystem(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, "._") || base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}

// open returns the member's content from its packed bytes.
func (m *zipMember) open(in *Input, packed io.Reader) io.Reader {
	r := packed
	if !m.stored {
		r = flate.NewReader(packed)
	}
	return &checkedReader{r: r, m: m, in: in, sum: crc32.NewIEEE()}
}

// checkedReader wants the size and the check sum that the archive names.
type checkedReader struct {
	r    io.Reader
	m    *zipMember
	in   *Input
	sum  hash.Hash32
	read uint64
}

func (c *checkedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	_, _ = c.sum.Write(p[:n])
	c.read += uint64(n) //nolint:gosec // never negative
	switch {
	case c.read > c.m.size, err == io.EOF && (c.read != c.m.size || c.sum.Sum32() != c.m.crc):
		return 0, c.in.fault(fmt.Sprintf("a ZIP archive whose file is not what it says: %d bytes of %d, or another check sum", c.read, c.m.size),
			"copy or download it again")
	case err != nil && err != io.EOF:
		return n, c.in.fault("a ZIP archive that is damaged", "copy or download it again")
	}
	return n, err
}
