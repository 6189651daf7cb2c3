package parquet

import (
	"context"
	"errors"
	"fmt"
	"io"

	pq "github.com/parquet-go/parquet-go"
	thrift "github.com/parquet-go/parquet-go/format"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// batch is how many rows are written at once.
const batch = 256

// rows writes the rows of a file, a row group after the other.
type rows struct {
	ctx       context.Context
	in        *format.Input
	columns   []column
	groups    []pq.RowGroup
	described []thrift.RowGroup // by the footer, one a group
	open      []*values         // of the columns of the group that is read
	left      int64             // rows of it
	named     bool
}

// values reads a column of a row group page by page.
type values struct {
	pages  pq.Pages
	page   pq.ValueReader
	buffer [batch]pq.Value
}

func newRows(ctx context.Context, in *format.Input, f *pq.File, columns []column) *rows {
	return &rows{ctx: ctx, in: in, columns: columns, groups: f.RowGroups(), described: f.Metadata().RowGroups}
}

// next is a format.Rows.
func (r *rows) next(dst []byte) (_ []byte, err error) {
	defer recovered(r.in, &err)
	if !r.named {
		r.named = true
		for i, c := range r.columns {
			dst = format.AppendText(comma(dst, i), c.name)
		}
		return append(dst, '\n'), nil
	}
	for r.left == 0 {
		if len(r.groups) == 0 {
			return dst, io.EOF
		}
		if err := r.nextGroup(); err != nil {
			return dst, asFault(r.in, err)
		}
	}
	n := int(min(r.left, batch))
	for i := range r.open {
		if err := r.open[i].fill(n); err != nil {
			return dst, asFault(r.in, r.cut(err))
		}
	}
	for row := range n {
		for i, c := range r.columns {
			dst = comma(dst, i)
			if v := r.open[i].buffer[row]; !v.IsNull() {
				dst = c.write(dst, v)
			}
		}
		dst = append(dst, '\n')
	}
	r.left -= int64(n)
	return dst, nil
}

func comma(dst []byte, column int) []byte {
	if column > 0 {
		return append(dst, ',')
	}
	return dst
}

// nextGroup opens the columns of the next row group.
func (r *rows) nextGroup() error {
	for _, v := range r.open {
		if err := v.pages.Close(); err != nil {
			return err
		}
	}
	g := r.groups[0]
	described := r.described[0].Columns
	r.groups, r.described, r.open, r.left = r.groups[1:], r.described[1:], r.open[:0], g.NumRows()
	chunks := g.ColumnChunks()
	for _, c := range r.columns {
		if c.index >= len(chunks) || c.index >= len(described) {
			return fmt.Errorf("%w: a row group lacks the column %q", pq.ErrCorrupted, c.name)
		}
		if err := checkPages(r.in, &described[c.index].MetaData, r.left); err != nil {
			return err
		}
		r.open = append(r.open, &values{pages: chunks[c.index].Pages()})
	}
	return r.ctx.Err()
}

// fill reads the next n values.
func (v *values) fill(n int) error {
	for have := 0; have < n; {
		if v.page == nil {
			page, err := v.pages.ReadPage()
			if err != nil {
				return err
			}
			v.page = page.Values()
		}
		k, err := v.page.ReadValues(v.buffer[have:n])
		have += k
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err != nil || k == 0 {
			v.page = nil
		}
	}
	return nil
}

// cut says that a column ends before its rows do.
func (r *rows) cut(err error) error {
	if !errors.Is(err, io.EOF) {
		return err
	}
	return &actigraphy.FileError{
		File: r.in.Path, Expected: "as many values as rows in every column", Found: "fewer", Advice: "the file may be damaged; write it again",
	}
}
