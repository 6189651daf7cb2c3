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
	name = strings.TrimSuffix(name, ".gz")
	return strings.TrimSuffix(name, filepath.Ext(name))
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
