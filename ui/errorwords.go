package ui

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// errorWords writes an error as a person reads it, in sentences; every error that the
// window shows is written by it. What was done and went wrong inside stays in the
// details that can be copied.
func errorWords(err error) string {
	if err == nil {
		return ""
	}
	return sentences(clause(err))
}

// errorIn is errorWords beside a file's name: without that name before it.
func errorIn(path string, err error) string {
	return sentences(strings.TrimLeft(strings.TrimPrefix(clause(err), path), ":, "))
}

func sentences(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") { // joined errors, a line each
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, stopped(sentence(line)))
		}
	}
	return strings.Join(lines, "\n")
}

// errorAfter writes an error behind words that begin a sentence: "The others could not
// be measured".
func errorAfter(words string, err error) string { return stopped(words + ": " + clause(err)) }

// telling is an error that says itself what it means to a person.
type telling interface{ Sentences() string }

// clause returns an error's text without the names of functions, and of the calls of
// the system, that are put before its parts.
func clause(err error) string {
	text := err.Error()
	var tells telling
	if errors.As(err, &tells) {
		if inner, ok := tells.(error); ok {
			text = strings.Replace(text, inner.Error(), tells.Sentences(), 1)
		}
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		text = strings.Replace(text, file.Error(), file.Path+": "+systemWords(file.Err), 1)
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		text = strings.Replace(text, link.Error(), link.New+": "+systemWords(link.Err), 1)
	}
	var number *strconv.NumError
	if errors.As(err, &number) {
		text = strings.Replace(text, number.Error(), strconv.Quote(number.Num)+" is no number", 1)
	}
	return text
}

func systemWords(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read or written by you"
	case errors.Is(err, fs.ErrExist):
		return "it exists already"
	}
	return err.Error()
}

// stopped ends a sentence with a full stop, unless it ends already.
func stopped(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:") {
		return text
	}
	return text + "."
}

var recordingID = regexp.MustCompile(`recording [0-9a-f]{32}\b`)

// named names recordings by their participants where a text has the library's ids.
func (s *study) named(text string) string {
	return recordingID.ReplaceAllStringFunc(text, func(found string) string {
		if row, ok := s.row(strings.TrimPrefix(found, "recording ")); ok {
			return "the recording of " + row.Subject
		}
		return found
	})
}
