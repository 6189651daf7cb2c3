package app

import (
	"context"
	"errors"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/diaryfile"
	"circascope/actigraphy/format"
	"circascope/actigraphy/people"
	"circascope/actigraphy/peoplefile"
	"circascope/actigraphy/sheet"
)

// TablesFound are files that hold no recordings, by what they are.
type TablesFound struct {
	People  []string // tables of participants
	Diaries []string // sleep diaries
}

// The largest files that are looked at, bytes, and the most rows a person has in a
// table of participants: a recording has thousands.
const (
	maxPeopleFile = 64 << 20
	maxDiaryFile  = 16 << 20
	maxVisits     = 20
)

// TablesIn lists those of the files that are tables of participants or sleep diaries
// and no recordings, for people who drop all they have. Each file is read once.
func (wb *Workbench) TablesIn(ctx context.Context, paths []string) (TablesFound, error) {
	var found TablesFound
	lib, err := wb.Library()
	if err != nil {
		return found, err
	}
	known, err := members(ctx, lib)
	if err != nil {
		return found, err
	}
	for _, path := range paths {
		diary, people := wb.tableIn(ctx, path, known)
		switch {
		case diary:
			found.Diaries = append(found.Diaries, path)
		case people:
			found.People = append(found.People, path)
		}
		if err := ctx.Err(); err != nil {
			return TablesFound{}, err
		}
	}
	return found, nil
}

// tableIn reports what a file is. What keeps it from being read is told by who imports
// it.
func (wb *Workbench) tableIn(ctx context.Context, path string, known []people.Member) (diary, people bool) {
	in, err := format.Open(path)
	if err != nil {
		return false, false
	}
	defer in.Close() //nolint:errcheck // it was only read
	reader, err := format.Detect(wb.cfg.Readers, in)
	mayBePeople := in.Size <= maxPeopleFile && (err != nil || slices.Contains([]string{"csv", "xlsx", "xpt"}, reader.Format().ID))
	if in.Size > maxDiaryFile && !mayBePeople {
		return false, false
	}
	s, err := wb.cfg.Sheets.Read(ctx, in)
	if err != nil {
		return false, false
	}
	if in.Size <= maxDiaryFile {
		if _, err := diaryfile.Read(in, s, format.OrderFromFile); err == nil || errors.Is(err, actigraphy.ErrDateOrder) {
			return true, false
		}
	}
	return false, mayBePeople && wb.isPeople(ctx, in, s, known)
}

// isPeople reports whether a table is one of participants.
func (wb *Workbench) isPeople(ctx context.Context, in *format.Input, s sheet.Sheet, known []people.Member) bool {
	table, err := peoplefile.Read(in, s, peoplefile.Options{Members: known})
	if err != nil || len(table.People) < 2 || len(table.People) > maxVisits*people.Count(table.People) {
		return false
	}
	seen, err := wb.Preview(ctx, in.Path, format.Options{})
	return err == nil && (len(seen) == 0 || seen[0].Err != nil)
}
