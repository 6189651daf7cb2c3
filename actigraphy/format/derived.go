package format

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"circascope/actigraphy"
)

// Rows appends the next rows of a table to dst, as lines of CSV, and returns
// io.EOF without any behind the last.
type Rows func(dst []byte) ([]byte, error)

// Table is a table out of a file of another kind, such as a data frame of R. Its
// text is separated by commas, has a line of names, a point as decimal mark and
// times as in RFC 3339, with an offset where the file knows the zone.
type Table struct {
	Open func() (Rows, error) // from the line of names on; called more than once
	Wear func() (Rows, error) // wear flags of a wide table; nil where there are none
}

// ReadTable reads the recordings of a table as a CSV file of it would be read:
// the wide ones of NHANES and those of one row an epoch.
func ReadTable(ctx context.Context, in *Input, t Table, opts Options, emit func(*actigraphy.Recording) error) error {
	text, err := in.derive(t.Open)
	if err != nil {
		return err
	}
	if !(NHANES{}).Sniff(text.Head) {
		return rowOf(CSV{}.Read(ctx, text, opts, emit))
	}
	if err := onlyChannel(in, opts, "activity"); err != nil {
		return err
	}
	wide, err := surveyWide(ctx, text)
	if err != nil {
		return rowOf(err)
	}
	var wear *wearTable
	if t.Wear != nil {
		flags, err := in.derive(t.Wear)
		if err != nil {
			return err
		}
		if wear, err = readWear(ctx, flags); err != nil {
			return rowOf(err)
		}
	}
	return rowOf(wide.emit(ctx, opts.DateOrder, wear, emit))
}

// derive returns an input of the same file whose content is the text of a table.
func (in *Input) derive(open func() (Rows, error)) (*Input, error) {
	text := *in
	text.open, text.charset, text.progress = open, nil, nil
	return &text, text.peek()
}

// AppendText appends a text to a line of CSV, in quotes where it needs them. Line
// ends in it become blanks, because a line is a row.
func AppendText(dst []byte, text string) []byte {
	if !strings.ContainsAny(text, "\",\r\n") {
		return append(dst, text...)
	}
	text = strings.NewReplacer(`"`, `""`, "\r\n", " ", "\r", " ", "\n", " ").Replace(text)
	return append(append(append(dst, '"'), text...), '"')
}

// InZone puts the start of a recording that was read from instants into the zone
// that the file, of the kind "R" or "Parquet", names beside them; "" is none.
func InZone(r *actigraphy.Recording, zone, kind string) {
	note := kind + " keeps these times as instants without a zone; they are shown in UTC."
	if zone != "" {
		if loc, err := time.LoadLocation(zone); err != nil {
			note = fmt.Sprintf("The zone %q of the times is not known here; they are shown in UTC.", zone)
		} else {
			r.Start = actigraphy.Zoned(r.Start.Clock().In(loc))
			note = "Times are in the zone " + zone + ", as " + kind + " keeps it with them."
		}
	}
	r.Source.Notes = append(r.Source.Notes, note)
}

// rowOf says which row of the table an error of its text means.
func rowOf(err error) error {
	var file *actigraphy.FileError
	if !errors.As(err, &file) || file.Line < 1 {
		return err
	}
	row := *file
	row.Line = 0
	row.Found = fmt.Sprintf("%s in row %d of the table", row.Found, file.Line-1)
	if file.Line == 1 {
		row.Found = file.Found + " in the names of the columns"
	}
	return &row
}

// rowReader reads the text of rows.
type rowReader struct {
	ctx  context.Context
	rows Rows
	text []byte // of the last rows
	left []byte
}

func (r *rowReader) Read(p []byte) (int, error) {
	for len(r.left) == 0 {
		if err := r.ctx.Err(); err != nil {
			return 0, err
		}
		text, err := r.rows(r.text[:0])
		if errors.Is(err, io.EOF) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
		r.text, r.left = text, text
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	return n, nil
}
