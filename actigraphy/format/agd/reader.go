package agd

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/actilife"
	"circascope/actigraphy/format/internal/grid"
)

// Reader reads ActiGraph AGD files. Axis 1 is taken unless another channel is
// named.
type Reader struct{}

// Format describes the format.
func (Reader) Format() format.Info {
	return format.Info{ID: "agd", Name: "ActiGraph AGD", Extensions: []string{".agd"}}
}

// Sniff takes every SQLite database; whether its tables are ActiLife's is for
// Read to see.
func (Reader) Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte("SQLite format 3\x00")) }

// Read reads the one recording of the file.
func (Reader) Read(ctx context.Context, in *format.Input, opts format.Options, emit func(*actigraphy.Recording) error) error {
	r, err := read(ctx, in, opts)
	if err != nil {
		return err
	}
	return emit(r)
}

func read(ctx context.Context, in *format.Input, opts format.Options) (_ *actigraphy.Recording, err error) {
	db, err := open(ctx, in)
	if err != nil {
		return nil, fault(ctx, in, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := checkTables(ctx, db.DB, in); err != nil {
		return nil, fault(ctx, in, err)
	}
	s, err := readSettings(ctx, db.DB, in)
	if err != nil {
		return nil, fault(ctx, in, err)
	}
	d, err := readData(ctx, db.DB, in)
	if err != nil {
		return nil, fault(ctx, in, err)
	}
	return recording(in, s, d, opts)
}

// fault says in words what SQLite found wrong. Errors that say it already, and
// a cancelled context, stay what they are.
func fault(ctx context.Context, in *format.Input, err error) error {
	var file *actigraphy.FileError
	switch {
	case errors.As(err, &file):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		return &actigraphy.FileError{
			File: in.Path, Found: "an SQLite database that is damaged or cut off",
			Advice: "copy or export it again", Err: err,
		}
	}
}

// checkTables refuses databases that are not ActiLife's.
func checkTables(ctx context.Context, db *sql.DB, in *format.Input) error {
	var n int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master
		WHERE type = 'table' AND lower(name) IN ('settings', 'data') AND sql NOT LIKE 'CREATE VIRTUAL%'`).Scan(&n)
	if err != nil {
		return err
	}
	if n != 2 {
		return &actigraphy.FileError{
			File: in.Path, Expected: "an ActiGraph AGD file", Found: "an SQLite database without the tables settings and data",
			Advice: "open libraries of this program as a library; import AGD files only", Err: actigraphy.ErrFormat,
		}
	}
	return nil
}

// recording puts the parts together.
func recording(in *format.Input, s *settings, d *data, opts format.Options) (*actigraphy.Recording, error) {
	r := &actigraphy.Recording{
		Subject: s.subject(in.Name), Device: s.device(), Site: actilife.Site(s.values["limb"]),
	}
	r.Source.Subject = r.Subject
	r.Source.Notes = s.notes
	rows := grid.Rows{
		Times: d.times, Wall: true, Same: d.same,
		Name: func(i int) string { return wall(d.times[i]).String() },
	}
	epoch, err := s.epoch(in)
	if err != nil {
		return nil, err
	}
	g, err := grid.Fit(rows, epoch)
	if err != nil {
		return nil, rowFault(in, err)
	}
	if err := d.fitsEpoch(in, g); err != nil {
		return nil, err
	}
	r.Start, r.Epoch = wall(g.Start), g.Epoch
	r.Source.Notes = append(append(r.Source.Notes, g.Notes...), d.notes...)
	if err := actilife.Take(r, d.channels, opts.Channel); err != nil {
		return nil, channelFault(in, err)
	}
	g.Lay(r)
	return r, nil
}

func wall(ns int64) actigraphy.LocalTime { return actigraphy.Naive(time.Unix(0, ns).UTC()) }

// rowFault names the row of the table data that does not fit the epochs.
func rowFault(in *format.Input, err error) error {
	var e *grid.Error
	if !errors.As(err, &e) {
		return err
	}
	return &actigraphy.FileError{
		File: in.Path, Expected: e.Expected, Found: fmt.Sprintf("%s (row %d of table data)", e.Found, e.Row+1), Advice: e.Advice,
	}
}

func channelFault(in *format.Input, err error) error {
	var e *actilife.MissingError
	if !errors.As(err, &e) {
		return err
	}
	return &actigraphy.FileError{File: in.Path, Expected: "another channel", Found: e.Error(), Advice: "choose one of these"}
}
