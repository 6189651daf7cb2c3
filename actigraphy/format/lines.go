package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"circascope/actigraphy"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// lines reads a text line by line and counts. No line is longer than maxLine, so
// memory stays bounded whatever the file holds.
type lines struct {
	in     *Input
	r      *bufio.Reader
	number int  // of the line last read, counted from 1
	open   bool // the line last read has no end
}

func newLines(in *Input, r io.Reader) *lines {
	l := &lines{in: in, r: bufio.NewReaderSize(r, in.buffer(maxLine))}
	if start, err := l.r.Peek(len(byteOrderMark)); err == nil && bytes.Equal(start, byteOrderMark) {
		_, _ = l.r.Discard(len(byteOrderMark))
	}
	return l
}

// each calls do with every line that is left, each valid during the call only.
func (l *lines) each(do func(line []byte) error) error {
	for {
		line, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := do(line); err != nil {
			return err
		}
	}
}

// header hands lines to take until it reports the last of a header. expected says
// what the file should have had where it ends before.
func (l *lines) header(expected string, take func(line []byte) (last bool, err error)) error {
	for {
		line, err := l.next()
		if errors.Is(err, io.EOF) {
			return l.truncated(expected)
		}
		if err != nil {
			return err
		}
		if last, err := take(line); last || err != nil {
			return err
		}
	}
}

// onlyBlank reads to the end and refuses a line that is not blank: an empty line
// stands after the last epoch, not between two.
func (l *lines) onlyBlank(blank func(line []byte) bool) error {
	return l.each(func(line []byte) error {
		if !blank(line) {
			return l.fault("no empty line between epochs", quoted(line), "check the file; it may be damaged")
		}
		return nil
	})
}

// next returns the next line without its end, valid until the following call,
// and io.EOF after the last.
func (l *lines) next() ([]byte, error) {
	line, err := l.r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		l.number++
		return nil, l.fault("a line of at most 1 MiB", "a longer one", "check that the file is a text with one row a line")
	case errors.Is(err, io.EOF) && len(line) == 0:
		return nil, io.EOF
	case err != nil && !errors.Is(err, io.EOF):
		return nil, l.in.readError(err)
	}
	l.number++
	l.open = err != nil
	line = bytes.TrimSuffix(line, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

// skip passes over n lines.
func (l *lines) skip(n int) error {
	for range n {
		if _, err := l.next(); err != nil {
			return err
		}
	}
	return nil
}

// fault is a FileError at the line last read.
func (l *lines) fault(expected, found, advice string) *actigraphy.FileError {
	return &actigraphy.FileError{File: l.in.Path, Line: l.number, Expected: expected, Found: found, Advice: advice}
}

// truncated is the error of a text that ends too early.
func (l *lines) truncated(expected string) error {
	return &actigraphy.FileError{
		File: l.in.Path, Line: l.number + 1, Expected: expected, Found: "the end of the file",
		Advice: "the file may be cut off; export or copy it again",
	}
}

// endNotes notes a last line without its end: a file that was cut off there
// cannot be told from one that was written so.
func (l *lines) endNotes() []string {
	if !l.open {
		return nil
	}
	return []string{"The last line has no line end: check that the file is complete."}
}

// quoted returns a piece of the file for an error message, shortened.
func quoted(b []byte) string {
	const longest = 40
	if n := longest; len(b) > n {
		for n > longest-utf8.UTFMax && !utf8.RuneStart(b[n]) {
			n--
		}
		return fmt.Sprintf("%s and %d bytes more", strconv.Quote(toUTF8(b[:n])), len(b)-n)
	}
	return strconv.Quote(toUTF8(b))
}

// toUTF8 returns the text of b. Bytes that are no UTF-8 are taken as Latin-1, the
// encoding of older Windows exports.
func toUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}
