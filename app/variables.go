package app

import (
	"context"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
)

// membersOf lists the participants of recordings, each once.
func membersOf(infos []actigraphy.Info) []people.Member {
	var list []people.Member
	index := map[string]int{}
	for _, info := range infos {
		i, ok := index[info.Subject]
		if !ok {
			i = len(list)
			index[info.Subject] = i
			list = append(list, people.Member{Label: info.Subject})
		}
		if m := &list[i]; !slices.Contains(m.Sources, info.Source.Subject) {
			m.Sources = append(m.Sources, info.Source.Subject)
		}
	}
	return list
}

// variables are what the tables of a library tell, under names that differ.
type variables struct {
	list  []people.Variable
	of    map[string][]people.Value // by participant; all have every variable
	taken map[string]bool           // names, folded
}

// readVariables joins the tables of a library to its participants.
func readVariables(ctx context.Context, lib Library, infos []actigraphy.Info) (variables, error) {
	v := variables{of: map[string][]people.Value{}, taken: map[string]bool{}}
	files, rows, err := lib.People(ctx)
	if err != nil || len(files) == 0 {
		return v, err
	}
	for _, name := range slices.Concat(ColorColumns(), ParticipantsTable(nil).Header, EmbeddingsTable(nil, nil).Header) {
		v.taken[people.Fold(name)] = true
	}
	known := membersOf(infos)
	for i, f := range files {
		v.add(f, rows[i], known)
	}
	return v, nil
}

// add joins one table. A name that is taken, by another table or a column of the
// program, has the table's name behind it.
func (v *variables) add(f people.File, rows []people.Person, known []people.Member) {
	variables := slices.Clone(f.Variables)
	for i := range variables {
		for v.taken[people.Fold(variables[i].Name)] {
			variables[i].Name += " (" + f.Name + ")"
		}
		v.taken[people.Fold(variables[i].Name)] = true
	}
	v.list = append(v.list, variables...)
	index := people.NewIndex(rows)
	for _, m := range known {
		row, ok := index.Find(m)
		for k, variable := range variables {
			value := people.Value{Name: variable.Name, Type: variable.Type}
			if ok {
				value.Text = rows[row].Values[k]
			}
			v.of[m.Label] = append(v.of[m.Label], value)
		}
	}
}

// Variables lists the variables of the library's tables of participants, under names
// that differ from each other and from the program's columns, and the values of each
// participant, by label: all have every variable.
func (wb *Workbench) Variables(ctx context.Context) ([]people.Variable, map[string][]people.Value, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, nil, err
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return nil, nil, err
	}
	v, err := readVariables(ctx, lib, infos)
	return v.list, v.of, err
}

// EmbeddingsExport returns the table of results with the variables of their
// participants, and the sources of that table.
func (wb *Workbench) EmbeddingsExport(ctx context.Context, sets []EmbeddingSet) (Table, Sources, error) {
	_, of, err := wb.Variables(ctx)
	if err != nil {
		return Table{}, Sources{}, err
	}
	src, err := wb.NamePeople(ctx, SetSources("embeddings", sets...))
	return EmbeddingsTable(sets, of), src, err
}

// ColorSources returns the sources of a chart that is coloured by a column: a measure
// with all that defines it.
func (wb *Workbench) ColorSources(ctx context.Context, column string, src Sources) (Sources, error) {
	study, err := wb.Study(ctx)
	if err != nil || column == ColorNone {
		return src, err
	}
	if slices.Contains(study.ColorColumns(), column) {
		if m, measured := study.Find("", column); measured {
			src = src.With("color", m).Of(study, []metrics.Metric{m})
		}
		return src, nil
	}
	return wb.NamePeople(ctx, src)
}

// NamePeople returns the sources of an export with the tables of participants that the
// library holds.
func (wb *Workbench) NamePeople(ctx context.Context, src Sources) (Sources, error) {
	lib, err := wb.Library()
	if err != nil {
		return src, err
	}
	files, _, err := lib.People(ctx)
	if err != nil || len(files) == 0 {
		return src, err
	}
	type named struct {
		Name   string        `json:"name"`
		SHA256 string        `json:"sha256"`
		Visits people.Visits `json:"visits,omitempty"`
	}
	list := make([]named, len(files))
	for i, f := range files {
		list[i] = named{f.Name, f.SHA256, f.Visits}
	}
	return src.With("participant_tables", list), nil
}
