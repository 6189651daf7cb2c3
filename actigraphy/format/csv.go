package format

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"circascope/actigraphy"
)

// CSV reads tables of one row an epoch: a time and an activity, with further
// columns where their names say what they hold. It finds the columns by itself;
// Options.CSV names them.
type CSV struct{}

// Format describes the format.
func (CSV) Format() Info {
	return Info{ID: "csv", Name: "CSV with times", Extensions: []string{".csv", ".txt", ".tsv", ".gz"}}
}

// Sniff takes every text: what is no table is refused with the reason by Read.
func (CSV) Sniff(head []byte) bool { return isText(head) }

// isText reports whether head has no control characters that texts do not have.
func isText(head []byte) bool {
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			return false
		}
	}
	return true
}

// Read reads the recordings of the file, one a participant.
func (CSV) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	m, source, err := mappingFor(in, opts)
	if err != nil {
		return err
	}
	t := &table{in: in, m: m, opts: opts, source: source, bySubject: make(map[string]bool)}
	if err := t.read(ctx); err != nil {
		return err
	}
	recordings, err := t.recordings()
	if err != nil {
		return err
	}
	for _, r := range recordings {
		if err := emit(r); err != nil {
			return err
		}
	}
	return nil
}

// mappingFor returns the mapping to read with and what it leaves in the source.
func mappingFor(in *Input, opts Options) (Mapping, actigraphy.Source, error) {
	var source actigraphy.Source
	g := &guess{in: in, lines: headLines(in)}
	err := g.table()
	if err == nil {
		err = g.columns(opts.Channel)
	}
	switch {
	case opts.CSV == nil && err != nil:
		return Mapping{}, source, err
	case opts.CSV == nil || err == nil && opts.CSV.columns().Equal(g.m):
		if opts.CSV != nil {
			g.m.DateOrder = opts.CSV.DateOrder
		}
		source.Notes = append(source.Notes, g.m.sentence())
		source.Notes = append(source.Notes, g.notes...)
		source.Channel = g.m.Channel
		return g.m, source, nil
	}
	m := opts.CSV.withActivity(opts.Channel)
	if err := m.check(in); err != nil {
		return m, source, err
	}
	text, err := json.Marshal(m.columns())
	if err != nil {
		return m, source, fmt.Errorf("writing the columns of %s: %w", in.Path, err)
	}
	record(&source, "columns", string(text))
	source.Channel = m.Channel
	source.Notes = append(source.Notes, "The columns were chosen by hand: "+m.sentence())
	return m, source, nil
}

// check refuses a mapping that cannot be read with.
func (m *Mapping) check(in *Input) error {
	wrong := func(expected, found string) error {
		return &actigraphy.FileError{File: in.Path, Expected: expected, Found: found, Advice: "correct the mapping of columns"}
	}
	timed := m.Timestamp > 0 || m.Date > 0 && m.TimeOfDay > 0
	switch {
	case len(m.Separator) != 1:
		return wrong("a separator of one character", fmt.Sprintf("%q", m.Separator))
	case m.Decimal != "" && m.Decimal != "." && m.Decimal != ",":
		return wrong("a point or a comma as decimal mark", fmt.Sprintf("%q", m.Decimal))
	case m.Activity < 1:
		return wrong("a column of activity", "none")
	case !m.columnsExist():
		return wrong(fmt.Sprintf("columns from 1 to %d", maxColumns), "others")
	case m.Epoch < 0:
		return wrong("an epoch length over 0", actigraphy.InWords(m.Epoch))
	case m.First < 1 || m.Header >= m.First:
		return wrong("a first line of data below the header", fmt.Sprintf("line %d", m.First))
	case !timed && (m.Start.IsZero() || m.Epoch <= 0):
		return wrong("a column of times, or a start and an epoch length", "neither")
	case !m.DateOrder.Valid():
		return wrong("a date order of ymd, dmy or mdy", fmt.Sprintf("%q", m.DateOrder))
	}
	if m.Channel == "" {
		m.Channel = fmt.Sprintf("column %d", m.Activity)
	}
	return nil
}

// maxColumns bounds the number of a column.
const maxColumns = 100_000

func (m *Mapping) columnsExist() bool {
	columns := []int{m.Timestamp, m.Date, m.TimeOfDay, m.Activity, m.Subject}
	for _, c := range m.Channels {
		columns = append(columns, c-1) // 0 is no column here
	}
	return slices.Min(columns) >= 0 && slices.Max(columns) <= maxColumns
}

// sentence says what is read from where.
func (m Mapping) sentence() string {
	s := fmt.Sprintf("Activity is column %d, %q", m.Activity, m.Channel)
	switch {
	case m.Timestamp > 0:
		s += fmt.Sprintf("; times are column %d", m.Timestamp)
	case m.Date > 0:
		s += fmt.Sprintf("; dates are column %d and times of day column %d", m.Date, m.TimeOfDay)
	}
	return s + fmt.Sprintf("; columns are separated by %q.", m.Separator)
}

// read reads all rows.
func (t *table) read(ctx context.Context) error {
	l, err := t.in.text(ctx)
	if err != nil {
		return err
	}
	if err := l.skip(t.m.First - 1); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	t.lines, t.expected = l, t.in.linesAbout()
	t.prepare()
	if err := l.each(t.row); err != nil {
		return err
	}
	t.source.Notes = append(t.source.Notes, l.endNotes()...)
	return nil
}
