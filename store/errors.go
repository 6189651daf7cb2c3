package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What can be wrong, for errors.Is. Every error of this package that a person
// can do something about is an *Error of one of these kinds.
var (
	ErrNotLibrary     = errors.New("not a library")
	ErrNewer          = errors.New("library made by a newer program")
	ErrOlder          = errors.New("library made by an older program")
	ErrLocked         = errors.New("library in use")
	ErrKey            = errors.New("key does not open the library")
	ErrReadOnlyFolder = errors.New("folder or file cannot be written to")
	ErrReadOnly       = errors.New("library opened for reading only")
	ErrFull           = errors.New("disk full")
	ErrDamaged        = errors.New("library damaged")
	ErrExists         = errors.New("file exists already")
	ErrNotFound       = errors.New("not found")
	ErrTaken          = errors.New("name taken")
	ErrChanged        = errors.New("changed meanwhile")
	ErrTraces         = errors.New("deleted data still in the journal file")
	ErrBuild          = errors.New("SQLite in this program is unfit")
)

// Error says what was being done, what stood in the way, and what the user can
// do about it.
type Error struct {
	Doing  string // "open the library /data/study.circa"
	Kind   error  // one of the kinds above
	Detail string // what was expected and found; may be empty
	Advice string // what to do, a sentence without a full stop; may be empty
	Err    error  // the cause; may be nil
}

// Error returns one line: what was being done, what went wrong, the advice.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Doing != "" {
		b.WriteString(e.Doing + ": ")
	}
	b.WriteString(e.Kind.Error())
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, " (%s)", inShort(e.Err))
	}
	if e.Advice != "" {
		b.WriteString("; " + e.Advice)
	}
	return b.String()
}

// Sentences says the same to a person: what could not be done and why, and then what to
// do.
func (e *Error) Sentences() string {
	text := e.Kind.Error()
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	if e.Doing != "" {
		text = "could not " + e.Doing + ": " + text
	}
	if e.Err != nil {
		text += " (" + inShort(e.Err) + ")"
	}
	text = capital(text) + "."
	if e.Advice != "" {
		text += " " + capital(e.Advice) + "."
	}
	return text
}

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// inShort leaves out the call and the temporary name that Go puts before an error
// of the file system.
func inShort(err error) string {
	var file *fs.PathError
	if errors.As(err, &file) {
		return file.Err.Error()
	}
	return err.Error()
}

// Unwrap returns the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}
