package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"circascope/actigraphy/format"
	"circascope/actigraphy/people"
	"circascope/actigraphy/peoplefile"
)

// PeopleOptions say how a table of participants is read.
type PeopleOptions struct {
	peoplefile.Options
	Visits  people.Visits // where people have several rows; "" refuses them
	Replace bool          // a table of the same name
}

// PeoplePreview is what a table of participants would become.
type PeoplePreview struct {
	Path     string        `json:"path"`
	SHA256   string        `json:"sha256"`
	Table    people.Table  `json:"-"`        // one row a person, or as the file has them where Repeated is open
	Columns  []string      `json:"-"`        // names of all columns that may name people or visits
	Repeated int           `json:"repeated"` // people with several rows in the file
	Report   people.Report `json:"report"`
	Replaces *people.File  `json:"replaces"` // the kept table of the same name or content; nil for none
}

// ErrKept is the error of a table that is in the library already.
type ErrKept struct{ File people.File }

func (e *ErrKept) Error() string {
	return fmt.Sprintf("the library holds the table %s of %s already; replace it (--replace), or remove it first", e.File.Name, e.File.ImportedAt)
}

// PreviewPeople reads a table of participants and stores nothing. Several rows of one
// person without a choice are no error here: the preview counts them.
func (wb *Workbench) PreviewPeople(ctx context.Context, path string, o PeopleOptions) (PeoplePreview, error) {
	p := PeoplePreview{Path: path}
	lib, err := wb.Library()
	if err != nil {
		return p, err
	}
	if o.Members, err = members(ctx, lib); err != nil {
		return p, err
	}
	in, err := format.Open(path)
	if err != nil {
		return p, err
	}
	defer in.Close() //nolint:errcheck // it was only read
	if err := in.Hash(ctx); err != nil {
		return p, err
	}
	p.SHA256 = in.SHA256
	s, err := wb.cfg.Sheets.Read(ctx, in)
	if err != nil {
		return p, err
	}
	if len(s.Rows) > 0 {
		p.Columns = slices.DeleteFunc(slices.Clone(s.Rows[0].Cells), func(c string) bool { return c == "" })
	}
	table, err := peoplefile.Read(in, s, o.Options)
	if err != nil {
		return p, err
	}
	p.Table, p.Repeated = table, table.Repeated()
	if p.Repeated == 0 || o.Visits != "" {
		if p.Table, err = people.Arrange(table, o.Visits); err != nil {
			return p, fmt.Errorf("%s: %w", path, err)
		}
	}
	p.Report = people.Compare(p.Table.People, o.Members)
	files, _, err := lib.People(ctx)
	if i := slices.IndexFunc(files, func(f people.File) bool { return f.Name == in.Name || f.SHA256 == in.SHA256 }); i >= 0 {
		p.Replaces = &files[i]
	}
	return p, err
}

// ImportPeople keeps a table of participants. One of the same name or content is
// replaced where the options say so, and is an *ErrKept else.
func (wb *Workbench) ImportPeople(ctx context.Context, path string, o PeopleOptions) (PeoplePreview, error) {
	p, err := wb.PreviewPeople(ctx, path, o)
	if err != nil {
		return p, err
	}
	lib, err := wb.Library()
	if err != nil {
		return p, err
	}
	if p.Repeated > 0 && o.Visits == "" {
		_, err := people.Arrange(p.Table, "")
		return p, fmt.Errorf("%s: %w", path, err)
	}
	var replaces int64
	if p.Replaces != nil {
		if replaces = p.Replaces.ID; !o.Replace {
			return p, &ErrKept{*p.Replaces}
		}
	}
	if err := lib.AddPeople(ctx, p.file(o.Visits), p.Table.People, replaces); err != nil {
		return p, err
	}
	wb.notify(RecordingsChanged)
	return p, nil
}

// file describes the table as a library keeps it.
func (p PeoplePreview) file(v people.Visits) people.File {
	if p.Repeated == 0 {
		v = ""
	}
	return people.File{
		Name: filepath.Base(p.Path), SHA256: p.SHA256, IDColumn: p.Table.ID, VisitColumn: p.Table.Visit, Visits: v,
		Notes: p.Table.Notes, Variables: p.Table.Variables,
	}
}

// PeopleTable is a table of participants of the library, and who of it is there.
type PeopleTable struct {
	people.File
	Report people.Report `json:"report"`
}

// PeopleTables lists the tables of participants, oldest first.
func (wb *Workbench) PeopleTables(ctx context.Context) ([]PeopleTable, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	files, rows, err := lib.People(ctx)
	if err != nil {
		return nil, err
	}
	known, err := members(ctx, lib)
	if err != nil {
		return nil, err
	}
	tables := make([]PeopleTable, len(files))
	for i, f := range files {
		tables[i] = PeopleTable{f, people.Compare(rows[i], known)}
	}
	return tables, nil
}

// RemovePeople removes a table of participants from the library.
func (wb *Workbench) RemovePeople(ctx context.Context, id int64) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	// Views read again whatever happened: an error may be of the traces alone.
	defer wb.notify(RecordingsChanged)
	return lib.DeletePeople(ctx, id)
}

// members lists the participants of a library with the names in their files.
func members(ctx context.Context, lib Library) ([]people.Member, error) {
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	return membersOf(infos), nil
}

// PeopleReportTable lists who is in a table and who in the library, one a row, and the
// sources of that table.
func PeopleReportTable(name string, r people.Report) (Table, Sources) {
	t := Table{Name: "people-report", Header: []string{"participant", "in_table", "in_library", "perhaps"}}
	alike := map[string]string{}
	for _, a := range r.Alike {
		alike[a.Table] = a.Library
	}
	for _, label := range r.Both {
		t.Rows = append(t.Rows, []string{label, "true", "true", ""})
	}
	for _, id := range r.OnlyTable {
		t.Rows = append(t.Rows, []string{id, "true", "false", alike[id]})
	}
	for _, label := range r.OnlyLibrary {
		t.Rows = append(t.Rows, []string{label, "false", "true", ""})
	}
	return t, Sources{What: "table of participants and library compared", Details: map[string]any{"table": name}}
}
