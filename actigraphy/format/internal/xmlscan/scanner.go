// Package xmlscan reads the tags of XML files one by one, with bounded memory, at
// the rate of a disk. It does not check that names match, and knows no entities.
package xmlscan

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Limits of an XML file: no tag of a health export is nearly as long, or nested as
// deep.
const (
	maxTag   = 1 << 20
	maxDepth = 64
)

// Tag is a tag: its name and what stands between that and its end.
type Tag struct {
	Name       []byte
	Attributes []byte
	Closing    bool // </name>
	Empty      bool // <name/>
}

// Error says what an XML text should have held.
type Error struct{ Expected, Found string }

// Error returns one line.
func (e *Error) Error() string { return fmt.Sprintf("expected %s, found %s", e.Expected, e.Found) }

// Scanner reads the tags of an XML file one by one, and passes over texts,
// comments and the document type, whose definition is not well formed in some
// exports. Its memory is that of one tag.
type Scanner struct {
	r      *bufio.Reader
	Offset int64  // of the byte behind the tag last read
	Depth  int    // of open elements, the tag last read among them
	long   []byte // a tag that did not lie whole in the buffer
}

// New returns a scanner of r.
func New(r io.Reader) *Scanner {
	return &Scanner{r: bufio.NewReaderSize(r, 256<<10)}
}

// Next returns the next tag, valid until the following call, and io.EOF after the
// last.
func (x *Scanner) Next() (Tag, error) {
	for {
		if err := x.pass('<'); err != nil {
			return Tag{}, err
		}
		start, err := x.r.Peek(3)
		if err != nil && len(start) == 0 {
			return Tag{}, io.ErrUnexpectedEOF
		}
		switch {
		case start[0] == '?':
			err = x.passUntil("?>")
		case bytes.HasPrefix(start, []byte("!--")):
			err = x.passUntil("-->")
		case bytes.HasPrefix(start, []byte("![")):
			err = x.passUntil("]]>")
		case start[0] == '!':
			err = x.passDocumentType()
		default:
			return x.tag()
		}
		if err != nil {
			return Tag{}, err
		}
	}
}

// pass reads up to and over a byte.
func (x *Scanner) pass(c byte) error {
	for {
		part, err := x.r.ReadSlice(c)
		x.Offset += int64(len(part))
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// passUntil reads up to and over an end of two or three bytes.
func (x *Scanner) passUntil(end string) error {
	last := end[len(end)-1]
	var tail []byte
	for {
		part, err := x.r.ReadSlice(last)
		x.Offset += int64(len(part))
		tail = append(tail, part[max(0, len(part)-len(end)):]...)
		tail = tail[max(0, len(tail)-len(end)):]
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return UnexpectedEnd(err)
		case string(tail) == end:
			return nil
		}
	}
}

// passDocumentType passes over <!DOCTYPE ...>, with a definition in brackets or
// without.
func (x *Scanner) passDocumentType() error {
	brackets, before := false, byte(0)
	for n := 0; n < maxTag; n++ {
		c, err := x.r.ReadByte()
		if err != nil {
			return UnexpectedEnd(err)
		}
		x.Offset++
		switch {
		case c == '[':
			brackets = true
		case c == '>' && (!brackets || before == ']'):
			return nil
		}
		if c > ' ' {
			before = c
		}
	}
	return &Error{fmt.Sprintf("a document type of at most %d KiB", maxTag>>10), "a longer one"}
}

// tag reads a tag behind its first bracket.
func (x *Scanner) tag() (Tag, error) {
	text, err := x.tagText()
	if err != nil {
		return Tag{}, err
	}
	var t Tag
	if len(text) > 0 && text[0] == '/' {
		t.Closing, text = true, text[1:]
	}
	if n := len(text); n > 0 && text[n-1] == '/' && !t.Closing {
		t.Empty, text = true, text[:n-1]
	}
	t.Name = text
	if i := bytes.IndexAny(text, " \t\r\n"); i >= 0 {
		t.Name, t.Attributes = text[:i], text[i:]
	}
	if len(t.Name) == 0 {
		return t, &Error{"the name of an element", quote(text)}
	}
	return t, x.nest(t)
}

// nest counts how deep the tag stands: the root's tags stand at 1.
func (x *Scanner) nest(t Tag) error {
	switch {
	case t.Closing && x.Depth == 0:
		return &Error{"no end of an element that did not begin", quote(t.Name)}
	case t.Closing:
		x.Depth--
	case !t.Empty:
		if x.Depth++; x.Depth > maxDepth {
			return &Error{fmt.Sprintf("elements nested at most %d deep", maxDepth), "deeper ones"}
		}
	}
	return nil
}

// tagText reads up to the bracket that ends a tag: one in quotes does not.
func (x *Scanner) tagText() ([]byte, error) {
	x.long = x.long[:0]
	quote := byte(0)
	for {
		part, err := x.r.ReadSlice('>')
		x.Offset += int64(len(part))
		quote = quoteAfter(part, quote)
		full := errors.Is(err, bufio.ErrBufferFull)
		switch {
		case err != nil && !full:
			return nil, UnexpectedEnd(err)
		case !full && quote == 0 && len(x.long) == 0:
			return part[:len(part)-1], nil
		}
		if x.long = append(x.long, part...); len(x.long) > maxTag {
			return nil, &Error{fmt.Sprintf("tags of at most %d KiB", maxTag>>10), "a longer one"}
		}
		if !full && quote == 0 {
			return x.long[:len(x.long)-1], nil
		}
	}
}

// quoteAfter returns the quote that is open behind b, 0 where there is none.
func quoteAfter(b []byte, open byte) byte {
	for len(b) > 0 {
		var i int
		if open != 0 {
			i = bytes.IndexByte(b, open)
		} else if i = bytes.IndexByte(b, '"'); i < 0 || bytes.IndexByte(b[:i], '\'') >= 0 {
			i = bytes.IndexAny(b, `"'`)
		}
		if i < 0 {
			return open
		}
		if open != 0 {
			open = 0
		} else {
			open = b[i]
		}
		b = b[i+1:]
	}
	return open
}

// UnexpectedEnd turns io.EOF into io.ErrUnexpectedEOF.
func UnexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Attribute takes the first attribute from the front. ok is false where none is
// left; a damaged one is an error.
func Attribute(b []byte) (name, value, rest []byte, ok bool, err error) {
	b = bytes.TrimLeft(b, " \t\r\n")
	if len(b) == 0 {
		return nil, nil, nil, false, nil
	}
	i := bytes.IndexByte(b, '=')
	if i <= 0 || i+2 >= len(b) || b[i+1] != '"' && b[i+1] != '\'' {
		return nil, nil, nil, false, &Error{`an attribute, as in name="value"`, quote(b)}
	}
	n := bytes.IndexByte(b[i+2:], b[i+1])
	if n < 0 {
		return nil, nil, nil, false, &Error{"a quote at the end of an attribute", quote(b)}
	}
	return b[:i], b[i+2 : i+2+n], b[i+3+n:], true, nil
}

// quote returns a piece of the file for an error message, shortened.
func quote(b []byte) string {
	const longest = 40
	if len(b) > longest {
		return fmt.Sprintf("%q and %d bytes more", b[:longest], len(b)-longest)
	}
	return fmt.Sprintf("%q", b)
}
