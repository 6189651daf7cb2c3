package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"circascope/app"
)

type told struct{}

func (told) Error() string     { return "open the thing: locked; close it" }
func (told) Sentences() string { return "Could not open the thing: locked. Close it." }

func TestErrorsAreShownAsSentences(t *testing.T) {
	_, number := strconv.ParseFloat("many", 64)
	for _, tt := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("the recording has no dates"), "The recording has no dates."},
		{errors.New("is it there?"), "Is it there?"},
		{told{}, "Could not open the thing: locked. Close it."},
		{fmt.Errorf("making the study: %w", told{}), "Making the study: Could not open the thing: locked. Close it."},
		{fmt.Errorf("making the folder: %w", &fs.PathError{Op: "mkdir", Path: "/x/y", Err: syscall.EACCES}), "Making the folder: /x/y: it may not be read or written by you."},
		{&os.LinkError{Op: "rename", Old: "/x/a", New: "/x/b", Err: syscall.EXDEV}, "/x/b: invalid cross-device link."},
		{fmt.Errorf("line 3: %w", number), `Line 3: "many" is no number.`},
		{errors.Join(errors.New("one"), errors.New("two")), "One.\nTwo."},
	} {
		if got := errorWords(tt.err); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.err, got, tt.want)
		}
	}
	if got, want := errorAfter("Not all could be measured", errors.New("no clock")), "Not all could be measured: no clock."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestErrorsNameParticipants(t *testing.T) {
	s := newStudy()
	row := app.Row{}
	row.ID, row.Subject = strings.Repeat("0f", 16), "P7"
	s.set([]app.Row{row}, app.Study{})
	text := "Could not keep the masks of recording " + row.ID + ", nor of recording " + strings.Repeat("ab", 16) + "."
	if got, want := s.named(text), strings.Replace(text, "recording "+row.ID, "the recording of P7", 1); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
