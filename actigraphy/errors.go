package actigraphy

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// ErrFormat is the error of a file that no reader recognises.
var ErrFormat = errors.New("not a recording that can be read")

// ErrDateOrder is the error of a file whose dates can be read two ways: a person
// who knows the order can name it.
var ErrDateOrder = errors.New("the order of day and month is open")

// FileError says what is wrong with an input file: where, what was expected,
// what was found, and what the user can do.
type FileError struct {
	File     string // as the user named it
	Line     int    // counted from 1; 0 where lines mean nothing
	Offset   int64  // byte offset; used where Line is 0 and Offset is over 0
	Expected string // "a number", "11 columns"
	Found    string // what stands there, quoted where it is text
	Advice   string // what to do, a sentence without a full stop
	Err      error  // the cause, for errors.Is; may be nil
}

// Error returns one line: the file, the place, what was expected and found,
// and the advice.
func (e *FileError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	switch {
	case e.Line > 0:
		fmt.Fprintf(&b, ", line %d", e.Line)
	case e.Offset > 0:
		fmt.Fprintf(&b, ", byte %d", e.Offset)
	}
	b.WriteString(": ")
	switch {
	case e.Expected != "" && e.Found != "":
		fmt.Fprintf(&b, "expected %s, found %s", e.Expected, e.Found)
	case e.Expected != "":
		fmt.Fprintf(&b, "expected %s", e.Expected)
	case e.Found != "":
		b.WriteString(e.Found)
	case e.Err != nil:
		b.WriteString(e.Err.Error())
	}
	if e.Err != nil && (e.Expected != "" || e.Found != "") && !e.saysCause() {
		fmt.Fprintf(&b, " (%v)", e.Err)
	}
	if e.Advice != "" {
		fmt.Fprintf(&b, "; %s", e.Advice)
	}
	return b.String()
}

// saysCause reports whether Expected and Found put the cause in words already.
func (e *FileError) saysCause() bool {
	return e.Err.Error() == e.Found ||
		errors.Is(e.Err, ErrFormat) || errors.Is(e.Err, ErrDateOrder) || errors.Is(e.Err, fs.ErrNotExist) || errors.Is(e.Err, fs.ErrPermission)
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }
