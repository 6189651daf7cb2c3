package format

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// Limits of what is read. Text is streamed, so they bound time, not memory.
const (
	HeadSize    = 64 << 10 // bytes that a reader sees when it is asked to sniff
	MaxFileSize = 4 << 30  // bytes of a file, and of what a gzipped file expands to
	maxLine     = 1 << 20  // bytes of a line of text
)

// Input is an opened file: its name, its hash and its content, which can be
// read more than once.
type Input struct {
	Path   string // as the user named it
	Name   string // base name
	Size   int64  // bytes on disk
	SHA256 string // of the bytes on disk, lower-case hex; set by Hash
	Head   []byte // the first HeadSize bytes of the content, decompressed and decoded

	content   io.ReaderAt
	file      *os.File // nil where the content is in memory
	modified  time.Time
	archived  string // name of the archive and in it, of a file that Members lists
	temporary bool   // file was unpacked and goes when it is closed
	gzipped   bool
	member    *zipMember           // the one text of a ZIP archive; nil where the file is none
	charset   encoding.Encoding    // of UTF-16; nil for UTF-8 and Latin-1
	open      func() (Rows, error) // of a table out of the file; nil where the content is the file's own
	progress  func(done, total int64)
	pass      int // how often the content was read since progress was set
	passes    int // how often it will be; 0 means once
}

// Open opens a regular file of a size that can be a recording's, or one in a ZIP
// archive as Members lists it, and reads its head. Everything else is refused with a sentence.
func Open(path string) (*Input, error) {
	info, err := os.Stat(path)
	if err != nil {
		if archive, name, ok := memberPath(path); ok {
			return openArchived(path, archive, name)
		}
		return nil, openError(path, err)
	}
	if err := checkKind(path, info); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	in := &Input{
		Path: path, Name: filepath.Base(path), Size: info.Size(),
		content: file, file: file, modified: info.ModTime(),
	}
	if err := in.readHead(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return in, nil
}

// NewInput returns an input whose content is in memory.
func NewInput(name string, content []byte) (*Input, error) {
	if len(content) == 0 {
		return nil, emptyFile(name)
	}
	in := &Input{Path: name, Name: filepath.Base(name), Size: int64(len(content)), content: bytes.NewReader(content)}
	return in, in.readHead()
}

// Close releases the file.
func (in *Input) Close() error {
	if in.file == nil {
		return nil
	}
	err := in.file.Close()
	if in.temporary {
		err = errors.Join(err, os.Remove(in.file.Name()))
	}
	return err
}

// Hash computes SHA256 from the whole file; a second call does nothing.
func (in *Input) Hash(ctx context.Context) error {
	if in.SHA256 != "" {
		return nil
	}
	h := sha256.New()
	r := &contextReader{ctx: ctx, r: io.NewSectionReader(in.content, 0, in.Size)}
	if _, err := io.CopyBuffer(h, r, make([]byte, in.buffer(1<<20))); err != nil {
		return in.readError(err)
	}
	in.SHA256 = hex.EncodeToString(h.Sum(nil))
	return nil
}

// Content returns the content from its beginning: decompressed where the file is
// gzipped or a ZIP archive of one text, as UTF-8 where it is UTF-16. It fails when
// ctx is cancelled. Contents must not be read in parallel where progress is
// reported.
func (in *Input) Content(ctx context.Context) (io.Reader, error) {
	if in.open != nil {
		rows, err := in.open()
		return &rowReader{ctx: ctx, rows: rows}, err
	}
	from, size := int64(0), in.Size
	if in.member != nil {
		from, size = in.member.offset, in.member.compressed
	}
	raw := &contextReader{
		ctx: ctx, r: io.NewSectionReader(in.content, from, size),
		done: int64(in.pass) * size, total: int64(max(in.passes, in.pass+1)) * size, progress: in.progress,
	}
	if in.progress != nil {
		in.pass++
	}
	r, err := in.unpack(raw)
	if err != nil {
		return nil, in.readError(err)
	}
	if in.charset != nil {
		r = transform.NewReader(r, in.charset.NewDecoder())
	}
	return r, nil
}

// unpack decompresses the bytes on disk where they are compressed.
func (in *Input) unpack(raw io.Reader) (io.Reader, error) {
	const buffer = 256 << 10
	switch {
	case in.gzipped:
		z, err := gzip.NewReader(bufio.NewReaderSize(raw, buffer))
		return &limitedReader{r: z, left: MaxFileSize, in: in}, err
	case in.member != nil:
		return &limitedReader{r: in.member.open(in, bufio.NewReaderSize(raw, buffer)), left: MaxFileSize, in: in}, nil
	default:
		return raw, nil
	}
}

// Passes says how often the reader will go through the content, for progress. It
// is called before the first time.
func (in *Input) Passes(n int) { in.passes = n }

// ReaderAt returns the bytes on disk and their number, for formats that are read
// out of order: archives and packed samples. It does not see ctx and reports no
// progress.
func (in *Input) ReaderAt() (io.ReaderAt, int64) { return in.content, in.Size }

// Tracked is ReaderAt for one way through the file: reading fails when ctx is
// cancelled, and counts towards the progress that is reported.
func (in *Input) Tracked(ctx context.Context) (io.ReaderAt, int64) {
	t := &contextReaderAt{
		ctx: ctx, r: in.content,
		done: int64(in.pass) * in.Size, end: int64(in.pass+1) * in.Size,
		total: int64(max(in.passes, in.pass+1)) * in.Size, progress: in.progress,
	}
	if in.progress != nil {
		in.pass++
	}
	return t, in.Size
}

// Plain returns the path of the file where it holds the content as it is, false
// where it is packed, in UTF-16 or in memory.
func (in *Input) Plain() (string, bool) {
	if in.file == nil {
		return "", false
	}
	return in.file.Name(), !in.gzipped && in.member == nil && in.charset == nil
}

// text returns the lines of the content without a byte order mark before them.
func (in *Input) text(ctx context.Context) (*lines, error) {
	r, err := in.Content(ctx)
	if err != nil {
		return nil, err
	}
	return newLines(in, r), nil
}

// unchanged reports a file that was written to since it was opened: its hash and
// what was read from it might not belong together.
func (in *Input) unchanged() error {
	if in.file == nil {
		return nil
	}
	info, err := in.file.Stat()
	if err != nil {
		return openError(in.Path, err)
	}
	if info.Size() != in.Size || !info.ModTime().Equal(in.modified) {
		return in.fault("the file changed while it was read", "import it again when it is complete")
	}
	return nil
}
