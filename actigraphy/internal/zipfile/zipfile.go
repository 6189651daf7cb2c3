// Package zipfile opens ZIP archives whose list of members is of a size that a
// recording's archive can have. The standard library reads the whole list into
// memory, as long as it goes on and whatever number the archive declares.
package zipfile

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
)

// ErrMembers is the error of an archive with more members than wanted.
var ErrMembers = errors.New("more members than can be read")

// Sizes of what is read of an archive to list its members, bytes.
const (
	ending    = 256 << 10 // the records at the end and the longest comment, read twice
	perMember = 1 << 10   // of the list: names have tens of bytes
)

// Open returns the archive in the first size bytes of r, with at most so many
// members. The error wraps ErrMembers where there are more, or where the list of
// them is longer than such a number needs.
func Open(r io.ReaderAt, size int64, members int) (*zip.Reader, error) {
	list := &budget{r: r, left: ending + int64(members)*perMember, limited: true}
	archive, err := zip.NewReader(list, size)
	switch {
	case list.left < 0, err == nil && len(archive.File) > members:
		return nil, fmt.Errorf("%w: at most %d", ErrMembers, members)
	case err != nil:
		return nil, err
	}
	list.limited = false // members are read through it
	return archive, nil
}

// budget ends reading behind a number of bytes.
type budget struct {
	r       io.ReaderAt
	left    int64
	limited bool
}

func (b *budget) ReadAt(p []byte, at int64) (int, error) {
	if !b.limited {
		return b.r.ReadAt(p, at)
	}
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, ErrMembers
	}
	return b.r.ReadAt(p, at)
}
