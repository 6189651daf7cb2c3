package format

import (
	"context"
	"fmt"
	"io"
)

// contextReader ends with the context's error once that is cancelled, and
// reports how far the reading came.
type contextReader struct {
	ctx         context.Context
	r           io.Reader
	done, total int64
	progress    func(done, total int64)
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.done += int64(n)
	if c.progress != nil {
		c.progress(c.done, c.total)
	}
	return n, err
}

// contextReaderAt is contextReader for content that is read out of order: what was
// read is counted, not where it lies.
type contextReaderAt struct {
	ctx              context.Context
	r                io.ReaderAt
	done, end, total int64
	progress         func(done, total int64)
}

func (c *contextReaderAt) ReadAt(p []byte, at int64) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.ReadAt(p, at)
	if c.progress != nil {
		c.done = min(c.done+int64(n), c.end)
		c.progress(c.done, c.total)
	}
	return n, err
}

// limitedReader stops a small file from expanding without end.
type limitedReader struct {
	r    io.Reader
	left int64
	in   *Input
}

func (l *limitedReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, l.in.fault(fmt.Sprintf("the file expands to more than %d GiB", MaxFileSize>>30), "unpack it and split it by participant")
	}
	return n, err
}
