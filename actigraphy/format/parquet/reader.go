package parquet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	pq "github.com/parquet-go/parquet-go"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// maxColumns bounds the columns of a file.
const maxColumns = 10_000

// Reader reads Parquet files.
type Reader struct{}

// Format describes the format.
func (Reader) Format() format.Info {
	return format.Info{ID: "parquet", Name: "Parquet", Extensions: []string{".parquet", ".pq"}}
}

// Sniff looks for the first bytes of the format.
func (Reader) Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) }

// Read reads the recordings of the file, one a participant.
func (Reader) Read(ctx context.Context, in *format.Input, opts format.Options, emit func(*actigraphy.Recording) error) (err error) {
	defer recovered(in, &err)
	f, err := open(ctx, in)
	if err != nil {
		return err
	}
	columns, left := flat(f)
	if len(columns) == 0 {
		return &actigraphy.FileError{
			File: in.Path, Expected: "columns of times and numbers", Found: "nested columns alone", Advice: "write a flat table", Err: actigraphy.ErrFormat,
		}
	}
	var notes []string
	if len(left) > 0 {
		notes = append(notes, "Columns that are nested or of a type that is not read: "+strings.Join(left, ", ")+".")
	}
	zone, instants := zoneOf(f, columns)
	table := format.Table{Open: func() (format.Rows, error) { return newRows(ctx, in, f, columns).next, nil }}
	return format.ReadTable(ctx, in, table, opts, func(r *actigraphy.Recording) error {
		r.Source.Notes = append(notes[:len(notes):len(notes)], r.Source.Notes...)
		if _, known := r.Start.Zone(); known && instants {
			format.InZone(r, zone, "Parquet")
		}
		return emit(r)
	})
}

// open reads the description of the file.
func open(ctx context.Context, in *format.Input) (*pq.File, error) {
	if err := checkFooter(in); err != nil {
		return nil, damaged(in, err)
	}
	at, size := in.Tracked(ctx)
	f, err := pq.OpenFile(at, size, pq.SkipPageIndex(true), pq.SkipBloomFilters(true))
	if err != nil {
		return nil, asFault(in, err)
	}
	if n := len(f.Metadata().Schema); n > maxColumns {
		return nil, &actigraphy.FileError{File: in.Path, Expected: fmt.Sprintf("at most %d columns", maxColumns), Found: strconv.Itoa(n), Advice: "write fewer"}
	}
	return f, nil
}

func damaged(in *format.Input, err error) error {
	return &actigraphy.FileError{File: in.Path, Found: "a Parquet file that is damaged, cut off or encrypted", Advice: "copy or write it again", Err: err}
}

// recovered turns a panic of the Parquet library, which trusts some fields of
// damaged files, into the error of one.
func recovered(in *format.Input, err *error) {
	if p := recover(); p != nil {
		*err = damaged(in, fmt.Errorf("%w: %v", pq.ErrCorrupted, p))
	}
}

// zoneOf returns the zone that pandas keeps beside instants, and whether there
// are instants at all.
func zoneOf(f *pq.File, columns []column) (zone string, instants bool) {
	name := ""
	for _, c := range columns {
		if c.instant {
			name, instants = c.name, true
			break
		}
	}
	text, ok := f.Lookup("pandas")
	if !ok || !instants {
		return "", instants
	}
	var kept struct {
		Columns []struct {
			Name     string `json:"field_name"`
			Metadata struct {
				Timezone string `json:"timezone"`
			} `json:"metadata"`
		} `json:"columns"`
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return "", true // another program's own words
	}
	for _, c := range kept.Columns {
		if c.Name == name {
			zone = c.Metadata.Timezone
		}
	}
	return zone, true
}

// asFault keeps cancelled contexts and errors that say what is wrong.
func asFault(in *format.Input, err error) error {
	var file *actigraphy.FileError
	if errors.As(err, &file) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return damaged(in, err)
}
