package format

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/actilife"
	"circascope/actigraphy/format/internal/grid"
)

// maxEpochs bounds one recording.
const maxEpochs = grid.MaxEpochs

// onlyChannel refuses a channel that the format does not have.
func onlyChannel(in *Input, opts Options, only string) error {
	if opts.Channel == "" || opts.Channel == only {
		return nil
	}
	return &actigraphy.FileError{
		File: in.Path, Expected: fmt.Sprintf("the channel %q, the only one of this format", only),
		Found: fmt.Sprintf("%q", opts.Channel), Advice: "leave the channel open",
	}
}

// stem is the file's name without its extensions.
func stem(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zip")
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// nameSubject takes the participant's id from the file, or the file's name where
// there is none in it.
func nameSubject(r *actigraphy.Recording, in *Input, subject string) {
	r.Subject = subject
	if subject == "" {
		r.Subject = stem(in.Name)
		r.Source.Notes = append(r.Source.Notes, "The file names no participant; its file name was taken.")
	}
	r.Source.Subject = r.Subject
}

// chooseOf returns the channel that the user named, else the first of the
// channels. Letter case makes no difference.
func chooseOf(in *Input, opts Options, channels []string) (string, error) {
	if opts.Channel == "" && len(channels) > 0 {
		return channels[0], nil
	}
	for _, c := range channels {
		if strings.EqualFold(c, opts.Channel) {
			return c, nil
		}
	}
	expected, found := fmt.Sprintf("the channel %q", opts.Channel), strings.Join(channels, ", ")
	if opts.Channel == "" {
		expected = "a column of activity"
	}
	if found == "" {
		found = "none"
	}
	return "", &actigraphy.FileError{File: in.Path, Expected: expected, Found: found, Advice: "choose another channel, or check how the file was exported"}
}

// addNote notes a line of a device's header, of which there are few and short ones.
func addNote(r *actigraphy.Recording, line string) {
	const most, longest = 20, 200
	if len(r.Source.Notes) < most && len(line) <= longest {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The header says %q.", line))
	}
}

// gridError names the line of a row that does not fit the epochs.
func gridError(in *Input, err error, line func(row int) int) error {
	var e *grid.Error
	if !errors.As(err, &e) {
		return err
	}
	return &actigraphy.FileError{
		File: in.Path, Line: line(e.Row), Expected: e.Expected, Found: e.Found, Advice: e.Advice,
	}
}

// chosenChannel says in the file's words that it does not have a channel.
func chosenChannel(in *Input, err error) error {
	var e *actilife.MissingError
	if !errors.As(err, &e) {
		return err
	}
	if e.Channel == "" {
		e.Channel = actigraphy.ChannelAxis1
	}
	return &actigraphy.FileError{
		File: in.Path, Expected: fmt.Sprintf("the channel %q", e.Channel), Found: strings.Join(e.Has, ", "), Advice: "choose one of these",
	}
}
