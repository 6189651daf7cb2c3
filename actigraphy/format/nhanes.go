package format

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"circascope/actigraphy"
)

// NHANES reads wide tables as analyses of NHANES use them: one row a person and
// day, with the columns ID, a weekday or date, and MIN1 to MIN1440, the minutes
// after midnight. A file gives one recording a person. A table of wear flags of
// the same shape beside it, named for example wear.csv, becomes a channel.
type NHANES struct{}

// minutesPerDay is the number of minute columns.
const minutesPerDay = 1440

// Format describes the format.
func (NHANES) Format() Info {
	return Info{ID: "nhanes", Name: "NHANES wide table (MIN1 to MIN1440)", Extensions: []string{".csv", ".gz"}}
}

// Sniff looks for the columns MIN1 and MIN1440 in the first line.
func (NHANES) Sniff(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.ToLower(line)
	return bytes.Contains(line, []byte("min1")) && bytes.Contains(line, []byte("min1440"))
}

// Read reads the recordings of the file. A table of wear flags gives
// ErrCompanion where its activity table lies beside it.
func (NHANES) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if err := onlyChannel(in, opts, "activity"); err != nil {
		return err
	}
	in.Passes(2)
	t, err := surveyWide(ctx, in)
	if err != nil {
		return err
	}
	if t.flags() {
		return wearAlone(ctx, in)
	}
	wear, err := wearBeside(ctx, in)
	if err != nil {
		return err
	}
	return t.emit(ctx, opts.DateOrder, wear, emit)
}

// ReadNHANES reads an activity table and its wear table, nil where there is
// none, from memory. name stands in the source, with the SHA-256 of the bytes of
// act; gzipped tables are decompressed, but hashed as they come.
func ReadNHANES(ctx context.Context, act, wear io.Reader, name string, emit func(*actigraphy.Recording) error) error {
	in, err := inMemory(name, act)
	if err != nil {
		return err
	}
	var flags *wearTable
	if wear != nil {
		w, err := inMemory(name+" (wear table)", wear)
		if err != nil {
			return err
		}
		if flags, err = readWear(ctx, w); err != nil {
			return err
		}
	}
	t, err := surveyWide(ctx, in)
	if err != nil {
		return err
	}
	if err := in.Hash(ctx); err != nil {
		return err
	}
	out := &outlet{in: in, id: NHANES{}.Format().ID, emit: emit}
	return t.emit(ctx, OrderFromFile, flags, out.take)
}

func inMemory(name string, r io.Reader) (*Input, error) {
	content, err := io.ReadAll(io.LimitReader(r, MaxFileSize))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	in, err := NewInput(name, content)
	if err != nil {
		return nil, err
	}
	if !(NHANES{}).Sniff(in.Head) {
		return nil, in.fault("no table with the columns MIN1 to MIN1440", "give a wide table of one row a person and day")
	}
	return in, nil
}
