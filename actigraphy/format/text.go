package format

import (
	"bytes"
	"context"
	"time"

	"circascope/actigraphy"
)

// Text is the text of a file, line by line, for readers in packages of their own.
type Text struct{ lines *lines }

// Text returns the lines of the content, decompressed, without a byte order mark.
func (in *Input) Text(ctx context.Context) (*Text, error) {
	l, err := in.text(ctx)
	if err != nil {
		return nil, err
	}
	return &Text{l}, nil
}

// HeadText returns the whole lines of Head.
func (in *Input) HeadText() *Text {
	head := in.Head
	if i := bytes.LastIndexByte(head, '\n'); i > 0 && len(head) == HeadSize {
		head = head[:i+1]
	}
	return &Text{newLines(in, bytes.NewReader(head))}
}

// Next returns the next line without its end, valid until the following call, and
// io.EOF after the last.
func (t *Text) Next() ([]byte, error) { return t.lines.next() }

// Line returns the number of the line last read, counted from 1.
func (t *Text) Line() int { return t.lines.number }

// Fault is an error at the line last read.
func (t *Text) Fault(expected, found, advice string) *actigraphy.FileError {
	return t.lines.fault(expected, found, advice)
}

// Split cuts a line at sep into fields without the white space around them; one in
// double quotes may hold the separator. It reports false where a quote is not
// closed. fields is used again.
func Split(line []byte, sep byte, fields [][]byte) ([][]byte, bool) { return split(line, sep, fields) }

// Number parses a finite decimal number; decimal is '.' or ','.
func Number(b []byte, decimal byte) (float64, bool) { return number(b, decimal) }

// Quoted returns a piece of a file for an error message, shortened.
func Quoted(b []byte) string { return quoted(b) }

// UTF8 returns the text of b; bytes that are no UTF-8 are taken as Latin-1.
func UTF8(b []byte) string { return toUTF8(b) }

// PlainName reduces a column's name to lower-case letters and digits.
func PlainName(name string) string { return plainName(name) }

// LayoutOrder returns the date order of a layout such as M/d/yyyy.
func LayoutOrder(layout string) DateOrder { return orderOfLayout(layout) }

// Words names the order for notes and errors.
func (o DateOrder) Words() string { return o.words() }

// Stamp is a date and a time of day as they stand in a file.
type Stamp struct{ s stamp }

// Parse reads a date and a time of day, with an offset from UTC where there is one.
func (s *Stamp) Parse(b []byte) bool {
	s.s = stamp{}
	return s.s.parse(b)
}

// Open reports whether the order of day and month is not written in the date
// itself.
func (s *Stamp) Open() bool { return s.s.free() }

// Time returns the time under a date order: with the offset where one is written,
// else naive. It reports false where there is no such date.
func (s *Stamp) Time(order DateOrder) (actigraphy.LocalTime, bool) {
	t, ok := s.s.local(order)
	if !ok || !s.s.zoned {
		return t, ok
	}
	zone := time.UTC
	if s.s.offset != 0 {
		zone = time.FixedZone("", int(s.s.offset)*60)
	}
	return actigraphy.Zoned(t.Clock().Add(-time.Duration(s.s.offset) * time.Minute).In(zone)), true
}
