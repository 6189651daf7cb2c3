package xpt

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// bufferSize is about how many bytes of rows are read at once.
const bufferSize = 256 << 10

// rows reads the rows of a table one after the other.
type rows struct {
	in     *format.Input
	r      io.Reader
	t      *table
	buffer []byte
	left   []byte // of the buffer
	whole  bool   // the reader is at its end
	offset int64  // of the row last read
	read   int64  // rows
}

func newRows(in *format.Input, r io.Reader, t *table) *rows {
	n := max(1, bufferSize/t.width) * t.width
	return &rows{in: in, r: r, t: t, buffer: make([]byte, n), offset: t.data - int64(t.width)}
}

// next returns the next row, valid until the following call, and io.EOF behind
// the last. A row of blanks is padding: short ones fit behind the last row.
func (r *rows) next() ([]byte, error) {
	for r.read != r.t.rows {
		if len(r.left) < r.t.width {
			if err := r.fill(); err != nil {
				return nil, err
			}
		}
		row := r.left[:r.t.width]
		r.left = r.left[r.t.width:]
		r.offset += int64(r.t.width)
		r.read++
		if row[0] != ' ' || !blank(row) {
			return row, nil
		}
	}
	return nil, io.EOF
}

// fill reads the next rows. Behind the last one blanks fill its record, and
// records are all that a second table needs to begin with.
func (r *rows) fill() error {
	if r.whole {
		return io.EOF
	}
	n, err := io.ReadFull(r.r, r.buffer)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		r.whole = true
	case err != nil:
		return err
	}
	r.left = r.buffer[:n]
	if bytes.Contains(r.left, []byte(headerPrefix+"MEMB")) {
		return &actigraphy.FileError{
			File: r.in.Path, Offset: r.offset, Expected: "one table in the file", Found: "several", Advice: "write each table to a file of its own",
		}
	}
	if !r.whole {
		return nil
	}
	return r.end(n)
}

// end checks what is left behind the last full row and drops it.
func (r *rows) end(n int) error {
	full := n / r.t.width * r.t.width
	if rest := r.left[full:]; !blank(rest) || r.read < r.t.rows && int64(full/r.t.width) < r.t.rows-r.read {
		return &actigraphy.FileError{
			File: r.in.Path, Offset: r.offset + int64(n), Expected: fmt.Sprintf("a row of %d bytes", r.t.width),
			Found: "the end of the file", Advice: "the file may be cut off; download it again",
		}
	}
	r.left = r.left[:full]
	if len(r.left) == 0 {
		return io.EOF
	}
	return nil
}

func blank(b []byte) bool { return len(bytes.TrimLeft(b, " ")) == 0 }
