package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// markup reads a text with tags piece by piece. It checks neither nesting nor
// names: what it is for has a fixed shape, and depth costs nothing.
type markup struct {
	l *lines // for its errors and its reader
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&")

// next returns the text before the next tag and the tag without its brackets, or
// io.EOF behind the last one.
func (m *markup) next() (text, tag string, err error) {
	before, err := m.until('<')
	if err != nil {
		return "", "", err
	}
	text = entities.Replace(strings.TrimSpace(toUTF8(before)))
	inside, err := m.until('>')
	for err == nil && bytes.HasPrefix(inside, []byte("!--")) && !bytes.HasSuffix(inside, []byte("--")) {
		inside, err = m.until('>')
		inside = append([]byte("!--"), inside...)
	}
	if errors.Is(err, io.EOF) {
		err = m.l.truncated("the end of a tag")
	}
	return text, string(inside), err
}

// until returns the bytes up to a character, without it.
func (m *markup) until(c byte) ([]byte, error) {
	b, err := m.l.r.ReadSlice(c)
	m.l.number += bytes.Count(b, []byte("\n"))
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, m.l.fault(fmt.Sprintf("%q within 1 MiB", c), "none", "check the file; it may be damaged")
	case err != nil:
		return nil, m.l.in.readError(err)
	}
	return b[:len(b)-1], nil
}

// numbers hands the fields between commas to take, up to the tag that ends them.
// Only the last may be empty. Another tag is damage, behind which values are lost.
func (m *markup) numbers(end string, take func(field []byte) error) error {
	var rest []byte
	for {
		chunk, err := m.l.r.ReadSlice('<')
		full := errors.Is(err, bufio.ErrBufferFull)
		if errors.Is(err, io.EOF) {
			return m.l.truncated("the end of the data")
		}
		if err != nil && !full {
			return m.l.in.readError(err)
		}
		if !full {
			chunk = chunk[:len(chunk)-1]
		}
		if rest, err = m.fields(append(rest, chunk...), take); err != nil {
			return err
		}
		if !full {
			break
		}
	}
	if last := trim(rest); len(last) > 0 {
		if err := take(last); err != nil {
			return err
		}
	}
	other := m.l.fault("<"+end+"> behind the values", "another tag", "check the file; a character may be damaged. Export it again")
	inside, err := m.until('>')
	switch {
	case errors.Is(err, io.EOF):
		return m.l.truncated("the end of a tag")
	case err != nil:
		return err
	case string(trim(inside)) != end:
		other.Found = quoted(append([]byte("<"), inside...))
		return other
	}
	return nil
}

// fields takes the fields that end in a comma and returns what follows them.
func (m *markup) fields(b []byte, take func(field []byte) error) (rest []byte, err error) {
	for {
		i := bytes.IndexByte(b, ',')
		if i < 0 {
			if len(b) > maxLine {
				return nil, m.l.fault("numbers between commas", "a longer text", "check the file; it may be damaged")
			}
			m.l.number += bytes.Count(b, []byte("\n"))
			return append([]byte(nil), b...), nil
		}
		if len(b) > 0 && b[0] <= '\r' {
			m.l.number += bytes.Count(b[:i], []byte("\n"))
		}
		if err := take(trim(b[:i])); err != nil {
			return nil, err
		}
		b = b[i+1:]
	}
}
