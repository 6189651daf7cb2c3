package app

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// RowSource is a table whose rows are made one after the other, so that memory does not
// grow with their number.
type RowSource struct {
	Head    Table // names and types of the columns, without rows
	Sources Sources
	Each    func(ctx context.Context, emit func(row []string) error) error

	// few makes the first rows, n and a few more, without a job; whole reports whether these
	// are all. nil takes them from Each.
	few func(n int) (each func(ctx context.Context, emit func(row []string) error) error, whole bool)
}

// SourceOf is a table that is there as a source of its rows.
func SourceOf(t Table, src Sources) RowSource {
	head := t
	head.Rows = nil
	return RowSource{Head: head, Sources: src, Each: func(ctx context.Context, emit func([]string) error) error {
		for _, row := range t.Rows {
			if err := errors.Join(ctx.Err(), emit(row)); err != nil {
				return err
			}
		}
		return nil
	}}
}

// Table gathers all rows.
func (s RowSource) Table(ctx context.Context) (Table, error) {
	t := s.Head
	err := s.Each(ctx, func(row []string) error {
		t.Rows = append(t.Rows, row)
		return nil
	})
	if err != nil {
		return Table{}, err
	}
	return t, nil
}

// errFirst ends the making of rows when the first of them are there.
var errFirst = errors.New("the first rows are there")

// First gathers the first rows, n at most, and reports whether these are all. Of what
// comes after them little is made.
func (s RowSource) First(ctx context.Context, n int) (t Table, all bool, err error) {
	t = s.Head
	each, whole := s.Each, true
	if s.few != nil {
		each, whole = s.few(n)
	}
	err = each(ctx, func(row []string) error {
		if len(t.Rows) == n {
			return errFirst
		}
		t.Rows = append(t.Rows, row)
		return nil
	})
	if errors.Is(err, errFirst) {
		return t, false, nil
	}
	return t, whole, err
}

// write writes all rows.
func (s RowSource) write(ctx context.Context, out io.Writer, begin TableWriter) error {
	w, err := begin(out, s.Head)
	if err != nil {
		return err
	}
	if err := s.Each(ctx, w.Write); err != nil {
		w.Abandon()
		return err
	}
	return w.Close()
}

// csvRows writes rows as CSV.
type csvRows struct {
	*csv.Writer
	name string
}

// beginCSV begins a table as UTF-8 by RFC 4180, with CRLF line ends.
func beginCSV(out io.Writer, head Table) (RowWriter, error) {
	c := csv.NewWriter(out)
	c.UseCRLF = true
	w := csvRows{c, head.Name}
	return w, w.Write(head.Header)
}

func (w csvRows) Write(row []string) error { return w.named(w.Writer.Write(row)) }

func (w csvRows) Close() error {
	w.Flush()
	return w.named(w.Error())
}

// Abandon does nothing: what was written is not kept.
func (csvRows) Abandon() {}

func (w csvRows) named(err error) error {
	if err != nil {
		return fmt.Errorf("writing %s: %w", w.name, err)
	}
	return nil
}
