package peoplefile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/people"
	"circascope/actigraphy/sheet"
)

// Options are a person's choices; the zero value leaves all to the file.
type Options struct {
	ID        string                 // the column of participants
	Visit     string                 // the column of visits
	Missing   []string               // what stands for no value, beside an empty cell, NA, N/A, NaN and a point
	Types     map[string]people.Type // by column
	DateOrder format.DateOrder
	Members   []people.Member // of the library, by which the column of participants is found
}

// Read reads a table whose first row holds the names of its columns. Types are
// recognised over whole columns. Errors are *actigraphy.FileError.
func Read(in *format.Input, s sheet.Sheet, o Options) (people.Table, error) {
	r := &reader{in: in, options: o, table: people.Table{Notes: slices.Clone(s.Notes)}}
	if err := r.head(s.Rows); err != nil {
		return r.table, err
	}
	id, err := r.idColumn()
	if err != nil {
		return r.table, err
	}
	r.rowsOf(id)
	if len(r.rows) == 0 {
		return r.table, r.fault(0, "a row of a participant", "none", "fill in the table, or name the column of participants")
	}
	visit, err := r.visitColumn(id)
	if err != nil {
		return r.table, err
	}
	return r.table, r.columns(id, visit)
}

// reader is the state of reading one table.
type reader struct {
	in      *format.Input
	options Options
	names   []string
	rows    []sheet.Row
	table   people.Table
}

// maxColumns is the most columns of a table.
const maxColumns = 10_000

// head takes the names of the columns.
func (r *reader) head(rows []sheet.Row) error {
	if len(rows) < 2 || len(rows[0].Cells) < 2 {
		return r.fault(0, "a line of column names, and rows of two columns or more", "less", "save the table as CSV with the names of its columns in the first line")
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	if width > maxColumns {
		return r.fault(0, fmt.Sprintf("at most %d columns", maxColumns), strconv.Itoa(width), "take out what is not needed")
	}
	first := rows[0]
	if !slices.ContainsFunc(first.Cells, func(c string) bool { _, err := strconv.ParseFloat(c, 64); return c != "" && err != nil }) {
		return r.fault(first.Line, "the names of the columns in the first line", "numbers", "put a line of names above the table")
	}
	r.names, r.rows = make([]string, width), rows[1:]
	seen := map[string]bool{}
	for i := range r.names {
		name := first.Cell(i)
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		if seen[people.Fold(name)] {
			return r.fault(first.Line, "columns of different names", fmt.Sprintf("%q twice", name), "rename one of them")
		}
		seen[people.Fold(name)] = true
		r.names[i] = name
	}
	for _, name := range slices.Sorted(maps.Keys(r.options.Types)) {
		if _, err := r.named(name); err != nil {
			return err
		}
	}
	return nil
}

// named returns the column of a name that a person gave.
func (r *reader) named(name string) (int, error) {
	i := slices.IndexFunc(r.names, func(n string) bool { return people.Fold(n) == people.Fold(strings.TrimSpace(name)) })
	if i < 0 {
		const most = 12
		list := strings.Join(r.names[:min(len(r.names), most)], ", ")
		if len(r.names) > most {
			list += " and more"
		}
		return 0, r.fault(1, fmt.Sprintf("a column %q", name), list, "name a column of the table")
	}
	return i, nil
}

// rowsOf leaves out the rows that name nobody.
func (r *reader) rowsOf(id int) {
	var kept []sheet.Row
	var left []string
	for _, row := range r.rows {
		if r.missing(row.Cell(id)) {
			left = append(left, strconv.Itoa(row.Line))
			continue
		}
		kept = append(kept, row)
	}
	if n := len(left); n > 0 {
		const most = 10
		lines := strings.Join(left[:min(n, most)], ", ")
		if n > most {
			lines += " and more"
		}
		r.table.Notes = append(r.table.Notes, fmt.Sprintf("%d rows name no participant and are left out: lines %s.", n, lines))
	}
	r.rows = kept
}

// columns recognises the variables.
func (r *reader) columns(id, visit int) error {
	t := &r.table
	t.ID = r.names[id]
	t.People = make([]people.Person, len(r.rows))
	for i, row := range r.rows {
		t.People[i] = people.Person{ID: row.Cell(id), Line: row.Line}
	}
	if visit >= 0 {
		c, err := r.recognise(visit)
		if err != nil {
			return err
		}
		t.Visit, t.VisitType = r.names[visit], c.kind
		for i := range t.People {
			t.People[i].Visit = c.values[i]
		}
	}
	for i, name := range r.names {
		if i == id || i == visit {
			continue
		}
		c, err := r.recognise(i)
		if err != nil {
			return err
		}
		t.Variables = append(t.Variables, people.Variable{Name: name, Type: c.kind})
		t.Notes = append(t.Notes, c.notes...)
		for k, v := range c.values {
			t.People[k].Values = append(t.People[k].Values, v)
		}
	}
	people.Describe(t.Variables, t.People)
	return nil
}

// missing reports whether a cell says that there is no value.
func (r *reader) missing(cell string) bool {
	switch strings.ToLower(cell) {
	case "", "na", "n/a", "nan", ".":
		return true
	}
	return slices.ContainsFunc(r.options.Missing, func(m string) bool { return strings.EqualFold(strings.TrimSpace(m), cell) })
}

func (r *reader) fault(line int, expected, found, advice string) error {
	return &actigraphy.FileError{File: r.in.Path, Line: line, Expected: expected, Found: found, Advice: advice}
}
