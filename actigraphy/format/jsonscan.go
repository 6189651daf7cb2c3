package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Limits of JSON: no name or value of the files that are read is longer, or nested
// deeper.
const (
	maxJSONText  = 4 << 10
	maxJSONDepth = 64
)

// Kinds of tokens, beside the marks { } [ ] : and , which stand for themselves.
const (
	jsonText byte = '"'
	jsonWord byte = 'w' // a number, true, false or null
)

// jsonError says what a JSON text should have held.
type jsonError struct{ expected, found string }

func (e *jsonError) Error() string { return fmt.Sprintf("expected %s, found %s", e.expected, e.found) }

// jsonScanner reads JSON token by token and counts lines. Its memory is that of
// one token.
type jsonScanner struct {
	r    *bufio.Reader
	line int    // counted from 1
	kind byte   // of the token last read
	text []byte // of the token last read, without quotes
	name []byte // of the member last begun
}

func newJSONScanner(r io.Reader) *jsonScanner {
	j := &jsonScanner{r: bufio.NewReaderSize(r, 256<<10), line: 1}
	if start, err := j.r.Peek(len(byteOrderMark)); err == nil && bytes.Equal(start, byteOrderMark) {
		_, _ = j.r.Discard(len(byteOrderMark))
	}
	return j
}

// fault says what should stand in the place of the token last read.
func (j *jsonScanner) fault(expected string) error {
	found := quoted(j.text)
	if j.kind != jsonText && j.kind != jsonWord {
		found = quoted([]byte{j.kind})
	}
	return &jsonError{expected, found}
}

// next reads the next token. The end of the text is io.EOF.
func (j *jsonScanner) next() (kind byte, err error) {
	j.text = j.text[:0]
	for {
		c, err := j.r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch c {
		case '\n':
			j.line++
		case ' ', '\t', '\r':
		case '{', '}', '[', ']', ':', ',':
			j.kind = c
			return c, nil
		case '"':
			j.kind = jsonText
			return jsonText, j.quoted()
		default:
			j.kind = jsonWord
			return jsonWord, j.word(c)
		}
	}
}

// quoted reads a string behind its first quote.
func (j *jsonScanner) quoted() error {
	escaped := false
	for {
		part, err := j.r.ReadSlice('"')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		j.text = append(j.text, part...)
		if len(j.text) > maxJSONText {
			return &jsonError{fmt.Sprintf("texts of at most %d bytes", maxJSONText), "a longer one"}
		}
		escaped = escaped || bytes.IndexByte(part, '\\') >= 0
		if err == nil && backslashes(j.text[:len(j.text)-1])%2 == 0 {
			break
		}
	}
	j.text = j.text[:len(j.text)-1]
	for _, c := range j.text {
		if c < ' ' {
			return j.fault("a text without line ends and control characters")
		}
	}
	if !escaped {
		return nil
	}
	plain, err := strconv.Unquote(`"` + string(bytes.ReplaceAll(j.text, []byte(`\/`), []byte("/"))) + `"`)
	if err != nil {
		return j.fault("a text")
	}
	j.text = append(j.text[:0], plain...)
	return nil
}

// backslashes counts those at the end.
func backslashes(b []byte) int {
	return len(b) - len(bytes.TrimRight(b, `\`))
}

// word reads a number or true, false or null, of which c is the first byte.
func (j *jsonScanner) word(c byte) error {
	j.text = append(j.text, c)
	for {
		c, err := j.r.ReadByte()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || c == '.' || c == '-' || c == '+' || c == 'E') {
			if err := j.r.UnreadByte(); err != nil {
				return err
			}
			break
		}
		if j.text = append(j.text, c); len(j.text) > maxJSONText {
			return j.fault("a number")
		}
	}
	switch string(j.text) {
	case "true", "false", "null":
		return nil
	}
	if _, ok := number(j.text, '.'); !ok || j.text[0] == '+' {
		return j.fault("a value")
	}
	return nil
}

// expect reads a token of a kind.
func (j *jsonScanner) expect(kind byte) error {
	got, err := j.next()
	if err == nil && got != kind {
		return j.fault(quoted([]byte{kind}))
	}
	return err
}

// object reads an object behind its brace. member is called behind each name and
// colon, and reads the value; name is valid until it does.
func (j *jsonScanner) object(member func(name []byte) error) error {
	for first := true; ; first = false {
		kind, err := j.next()
		switch {
		case err != nil:
			return err
		case kind == '}':
			return nil
		case !first && kind == ',':
			kind, err = j.next()
		case !first:
			return j.fault("a comma or the end of the object")
		}
		if err == nil && kind != jsonText {
			err = j.fault("a name")
		}
		if err != nil {
			return err
		}
		j.name = append(j.name[:0], j.text...)
		if err := j.expect(':'); err != nil {
			return err
		}
		if err := member(j.name); err != nil {
			return err
		}
	}
}

// scalar reads a text or a number into to.
func (j *jsonScanner) scalar(to *[]byte) error {
	kind, err := j.next()
	if err == nil && kind != jsonText && kind != jsonWord {
		err = j.fault("a text or a number")
	}
	*to = append((*to)[:0], j.text...)
	return err
}

// skip passes over a value of any kind.
func (j *jsonScanner) skip() error {
	depth := 0
	for {
		kind, err := j.next()
		if err != nil {
			return err
		}
		switch kind {
		case '{', '[':
			if depth++; depth > maxJSONDepth {
				return &jsonError{fmt.Sprintf("values nested at most %d deep", maxJSONDepth), "deeper ones"}
			}
		case '}', ']':
			depth--
		}
		if depth <= 0 {
			return nil
		}
	}
}

// atEnd reads to the end and wants nothing there.
func (j *jsonScanner) atEnd() error {
	_, err := j.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return j.fault("the end of the file")
}
