package format

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
	maxXMLTag   = 1 << 20
	maxXMLDepth = 64
)

// xmlTag is a tag: its name and what stands between that and its end.
type xmlTag struct {
	name       []byte
	attributes []byte
	closing    bool // </name>
	empty      bool // <name/>
}

// xmlError says what an XML text should have held.
type xmlError struct{ expected, found string }

func (e *xmlError) Error() string { return fmt.Sprintf("expected %s, found %s", e.expected, e.found) }

// xmlScanner reads the tags of an XML file one by one, and passes over texts,
// comments and the document type, whose definition is not well formed in some
// exports. Its memory is that of one tag.
type xmlScanner struct {
	r      *bufio.Reader
	offset int64  // of the byte behind the tag last read
	depth  int    // of open elements, the tag last read among them
	long   []byte // a tag that did not lie whole in the buffer
}

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: bufio.NewReaderSize(r, 256<<10)}
}

// next returns the next tag, valid until the following call, and io.EOF after the
// last.
func (x *xmlScanner) next() (xmlTag, error) {
	for {
		if err := x.pass('<'); err != nil {
			return xmlTag{}, err
		}
		start, err := x.r.Peek(3)
		if err != nil && len(start) == 0 {
			return xmlTag{}, io.ErrUnexpectedEOF
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
			return xmlTag{}, err
		}
	}
}

// pass reads up to and over a byte.
func (x *xmlScanner) pass(c byte) error {
	for {
		part, err := x.r.ReadSlice(c)
		x.offset += int64(len(part))
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// passUntil reads up to and over an end of two or three bytes.
func (x *xmlScanner) passUntil(end string) error {
	last := end[len(end)-1]
	var tail []byte
	for {
		part, err := x.r.ReadSlice(last)
		x.offset += int64(len(part))
		tail = append(tail, part[max(0, len(part)-len(end)):]...)
		tail = tail[max(0, len(tail)-len(end)):]
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return unexpectedEnd(err)
		case string(tail) == end:
			return nil
		}
	}
}

// passDocumentType passes over <!DOCTYPE ...>, with a definition in brackets or
// without.
func (x *xmlScanner) passDocumentType() error {
	brackets, before := false, byte(0)
	for n := 0; n < maxXMLTag; n++ {
		c, err := x.r.ReadByte()
		if err != nil {
			return unexpectedEnd(err)
		}
		x.offset++
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
	return &xmlError{fmt.Sprintf("a document type of at most %d KiB", maxXMLTag>>10), "a longer one"}
}

// tag reads a tag behind its first bracket.
func (x *xmlScanner) tag() (xmlTag, error) {
	text, err := x.tagText()
	if err != nil {
		return xmlTag{}, err
	}
	var t xmlTag
	if len(text) > 0 && text[0] == '/' {
		t.closing, text = true, text[1:]
	}
	if n := len(text); n > 0 && text[n-1] == '/' && !t.closing {
		t.empty, text = true, text[:n-1]
	}
	t.name = text
	if i := bytes.IndexAny(text, " \t\r\n"); i >= 0 {
		t.name, t.attributes = text[:i], text[i:]
	}
	if len(t.name) == 0 {
		return t, &xmlError{"the name of an element", quoted(text)}
	}
	return t, x.nest(t)
}

// nest counts how deep the tag stands: the root's tags stand at 1.
func (x *xmlScanner) nest(t xmlTag) error {
	switch {
	case t.closing && x.depth == 0:
		return &xmlError{"no end of an element that did not begin", quoted(t.name)}
	case t.closing:
		x.depth--
	case !t.empty:
		if x.depth++; x.depth > maxXMLDepth {
			return &xmlError{fmt.Sprintf("elements nested at most %d deep", maxXMLDepth), "deeper ones"}
		}
	}
	return nil
}

// tagText reads up to the bracket that ends a tag: one in quotes does not.
func (x *xmlScanner) tagText() ([]byte, error) {
	x.long = x.long[:0]
	quote := byte(0)
	for {
		part, err := x.r.ReadSlice('>')
		x.offset += int64(len(part))
		quote = quoteAfter(part, quote)
		full := errors.Is(err, bufio.ErrBufferFull)
		switch {
		case err != nil && !full:
			return nil, unexpectedEnd(err)
		case !full && quote == 0 && len(x.long) == 0:
			return part[:len(part)-1], nil
		}
		if x.long = append(x.long, part...); len(x.long) > maxXMLTag {
			return nil, &xmlError{fmt.Sprintf("tags of at most %d KiB", maxXMLTag>>10), "a longer one"}
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

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// attribute takes the first attribute from the front. ok is false where none is
// left; a damaged one is an error.
func attribute(b []byte) (name, value, rest []byte, ok bool, err error) {
	b = bytes.TrimLeft(b, " \t\r\n")
	if len(b) == 0 {
		return nil, nil, nil, false, nil
	}
	i := bytes.IndexByte(b, '=')
	if i <= 0 || i+2 >= len(b) || b[i+1] != '"' && b[i+1] != '\'' {
		return nil, nil, nil, false, &xmlError{`an attribute, as in name="value"`, quoted(b)}
	}
	n := bytes.IndexByte(b[i+2:], b[i+1])
	if n < 0 {
		return nil, nil, nil, false, &xmlError{"a quote at the end of an attribute", quoted(b)}
	}
	return b[:i], b[i+2 : i+2+n], b[i+3+n:], true, nil
}
