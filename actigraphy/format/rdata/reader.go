package rdata

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Reader reads data frames of R as a CSV of them would be read: one row an epoch,
// or the wide tables of NHANES, with a data frame of wear flags beside.
type Reader struct{}

// Format describes the format.
func (Reader) Format() format.Info {
	return format.Info{ID: "rdata", Name: "R data frame", Extensions: []string{".rda", ".RData", ".rdata", ".rds"}}
}

// Sniff looks for R's own first bytes, or those of bzip2 and xz, in which R packs
// data; what is inside is for Read to see.
func (Reader) Sniff(head []byte) bool {
	for _, m := range [][]byte{[]byte("RDX2\n"), []byte("RDX3\n"), []byte("RDA2\n"), []byte("RDA3\n"), []byte("X\n\x00\x00\x00"), magicBzip2, magicXZ} {
		if bytes.HasPrefix(head, m) {
			return true
		}
	}
	return false
}

// Read reads the recordings of the one data frame of the file, or of the activity
// and the wear flags where there are two wide ones.
func (Reader) Read(ctx context.Context, in *format.Input, opts format.Options, emit func(*actigraphy.Recording) error) error {
	frames, err := load(ctx, in)
	if err != nil {
		return err
	}
	activity, wear, err := choose(in, frames)
	if err != nil {
		return err
	}
	notes := activity.simplify()
	table := format.Table{Open: activity.open}
	if wear != nil {
		wear.simplify()
		table.Wear = wear.open
		notes = append(notes, "Wear flags are from the data frame "+strconv.Quote(wear.name)+".")
	}
	return format.ReadTable(ctx, in, table, opts, func(r *actigraphy.Recording) error {
		r.Source.Notes = append([]string{"Read from the data frame " + strconv.Quote(activity.name) + " of R."}, append(slices.Clone(notes), r.Source.Notes...)...)
		activity.place(r)
		return emit(r)
	})
}

// load decodes the file and returns its data frames.
func load(ctx context.Context, in *format.Input) ([]frame, error) {
	content, err := in.Content(ctx)
	if err != nil {
		return nil, err
	}
	v, err := decode(content)
	if err != nil {
		return nil, fault(in, err)
	}
	return v.frames("", nil), nil
}

func decode(content io.Reader) (*value, error) {
	r, err := decompress(content)
	if err != nil {
		return nil, err
	}
	d := newDecoder(r)
	magic, err := d.r.Peek(5) // "RDX3\n" of save; saveRDS begins with the serialization
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case bytes.HasPrefix(magic, []byte("RD")):
		_, _ = d.r.Discard(len(magic))
	case !bytes.HasPrefix(magic, []byte("X\n")):
		return nil, errObject("a compressed file that is no data of R")
	}
	if err := d.head(); err != nil {
		return nil, err
	}
	return d.item(0)
}

// fault says in words what the decoder found.
func fault(in *format.Input, err error) error {
	var file *actigraphy.FileError
	var object errObject
	switch {
	case errors.As(err, &file), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &object):
		return &actigraphy.FileError{
			File: in.Path, Expected: "data frames of R", Found: string(object),
			Advice: "save the data frame alone, or write it as CSV in R", Err: actigraphy.ErrFormat,
		}
	default:
		return &actigraphy.FileError{
			File: in.Path, Found: "data of R that is damaged or cut off", Advice: "copy or download it again", Err: err,
		}
	}
}

// choose finds the data frame of activity, and that of wear flags.
func choose(in *format.Input, frames []frame) (activity, wear *frame, err error) {
	flagged := func(f frame) bool {
		name := strings.ToLower(f.name)
		return f.wide() && (strings.Contains(name, "wear") || strings.Contains(name, "flag"))
	}
	var rest []*frame
	var names []string
	for i := range frames {
		names = append(names, strconv.Quote(frames[i].name))
		if wear == nil && len(frames) > 1 && flagged(frames[i]) {
			wear = &frames[i]
			continue
		}
		rest = append(rest, &frames[i])
	}
	if len(rest) == 1 && (wear == nil || rest[0].wide()) {
		return rest[0], wear, nil
	}
	found := "none"
	if len(names) > 0 {
		found = fmt.Sprintf("%d: %s", len(names), strings.Join(names[:min(len(names), 10)], ", "))
	}
	return nil, nil, &actigraphy.FileError{
		File: in.Path, Expected: "one data frame of activity", Found: found,
		Advice: "save the one that holds the recording", Err: actigraphy.ErrFormat,
	}
}

// wide reports whether the frame has a column a minute of the day.
func (f *frame) wide() bool {
	has := func(name string) bool {
		return slices.ContainsFunc(f.names, func(n string) bool { return strings.EqualFold(n, name) })
	}
	return has("MIN1") && has("MIN1440")
}

// simplify takes out columns that are no plain vectors, and notes them.
func (f *frame) simplify() (notes []string) {
	var names, left []string
	var columns []*value
	for i, c := range f.columns {
		name := fmt.Sprintf("column %d", i+1)
		if i < len(f.names) {
			name = f.names[i]
		}
		if !c.readable(f.rows) {
			left = append(left, strconv.Quote(name))
			continue
		}
		names, columns = append(names, name), append(columns, c)
	}
	f.names, f.columns = names, columns
	if left != nil {
		notes = append(notes, "Columns that are no vectors of numbers or texts were not read: "+strings.Join(left, ", ")+".")
	}
	return notes
}

// place puts the start into the zone that R keeps beside its times.
func (f *frame) place(r *actigraphy.Recording) {
	if _, known := r.Start.Zone(); !known {
		return
	}
	for _, c := range f.columns {
		if c.is("POSIXct") {
			format.InZone(r, c.zone, "R")
			return
		}
	}
}
