package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"circascope/actigraphy"
)

// Selection is the recordings that something is done to. The zero Selection is none:
// the whole library is taken only where All says so, never because a list was empty.
type Selection struct {
	all   bool
	names []string
}

// All selects every recording of the library.
func All() Selection { return Selection{all: true} }

// Only selects recordings by id, and participants with all their recordings.
func Only(names ...string) Selection { return Selection{names: names} }

// OnlyOrAll selects the recordings and participants that were named, or every
// recording where that is what no name means, as in the arguments of a command.
func OnlyOrAll(names []string) Selection { return Selection{all: len(names) == 0, names: names} }

// Arguments are those of the commands that take all recordings only with --all.
func (s Selection) Arguments() []string {
	if s.all {
		return []string{"--all"}
	}
	return s.names
}

// errNothingSelected refuses an empty selection.
var errNothingSelected = errors.New("no recordings are chosen")

// chosen returns the recordings of a selection, in the order of the library. None, and
// a name that is neither a recording nor a participant, are errors.
func chosen(ctx context.Context, lib Library, of Selection) ([]actigraphy.Info, error) {
	if !of.all && len(of.names) == 0 {
		return nil, errNothingSelected
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	if of.all {
		if len(infos) == 0 {
			return nil, errors.New("the library holds no recordings; import some first")
		}
		return infos, nil
	}
	wanted := make(map[string]bool, len(of.names))
	for _, name := range of.names {
		wanted[name] = true
	}
	found := map[string]bool{}
	var list []actigraphy.Info
	for _, info := range infos {
		if wanted[info.ID] || wanted[info.Subject] {
			list = append(list, info)
			found[info.ID], found[info.Subject] = true, true
		}
	}
	for _, name := range of.names {
		if !found[name] {
			return nil, fmt.Errorf("the library holds no recording or participant %s; list them to see the names", name)
		}
	}
	return list, nil
}

// rowsOf returns those rows that are of a selection, in their order.
func (wb *Workbench) rowsOf(ctx context.Context, rows []Row, of Selection) ([]Row, error) {
	infos, err := wb.Chosen(ctx, of)
	if err != nil {
		return nil, err
	}
	selected := make(map[string]bool, len(infos))
	for _, info := range infos {
		selected[info.ID] = true
	}
	return slices.DeleteFunc(rows, func(r Row) bool { return !selected[r.ID] }), nil
}

// Chosen returns the recordings of a selection; none, and a name that is neither a
// recording nor a participant, are errors.
func (wb *Workbench) Chosen(ctx context.Context, of Selection) ([]actigraphy.Info, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return chosen(ctx, lib, of)
}
