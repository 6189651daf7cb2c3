package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/diaryfile"
	"circascope/actigraphy/format"
)

// DiaryReport says what an import of a sleep diary brought.
type DiaryReport struct {
	Path    string             `json:"path"`
	Added   bool               `json:"added"`   // false where the library had it
	Entries map[diary.Kind]int `json:"entries"` // by kind
	Notes   []string           `json:"notes"`   // what the reader decided

	People  []string `json:"people"`  // participants of the library that the diary tells of
	Unknown []string `json:"unknown"` // people of the diary that the library does not have
	Without []string `json:"without"` // participants that no diary of the library tells of
}

func (wb *Workbench) readDiary(ctx context.Context, path string, order format.DateOrder) (d diaryfile.Diary, f diary.File, err error) {
	in, err := format.Open(path)
	if err != nil {
		return d, f, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := in.Hash(ctx); err != nil {
		return d, f, err
	}
	table, err := wb.cfg.Sheets.Read(ctx, in)
	if err != nil {
		return d, f, err
	}
	d, err = diaryfile.Read(in, table, order)
	return d, diary.File{Name: in.Name, SHA256: in.SHA256, Notes: d.Notes}, err
}

// ImportDiary reads a sleep diary into the open library, whole or not at all, and
// tells whom it is of.
func (wb *Workbench) ImportDiary(ctx context.Context, path string, order format.DateOrder) (DiaryReport, error) {
	lib, err := wb.Library()
	if err != nil {
		return DiaryReport{}, err
	}
	d, file, err := wb.readDiary(ctx, path, order)
	if err != nil {
		return DiaryReport{}, err
	}
	report := DiaryReport{Path: path, Entries: map[diary.Kind]int{}, Notes: d.Notes}
	for _, e := range d.Entries {
		report.Entries[e.Kind]++
	}
	if report.Added, err = lib.AddDiary(ctx, file, d.Entries); err != nil {
		return report, err
	}
	wb.notify(DiariesChanged)
	return report, report.match(ctx, lib, d.Entries)
}

// match compares the people of the diary with those of the library: by their names
// there, or by those that their files give, without regard to upper case.
func (r *DiaryReport) match(ctx context.Context, lib Library, entries []diary.Entry) error {
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return err
	}
	known := map[string]string{} // participants by their names
	for _, i := range infos {
		known[strings.ToLower(i.Source.Subject)] = i.Subject
	}
	for _, i := range infos {
		known[strings.ToLower(i.Subject)] = i.Subject
	}
	all, err := lib.DiaryEntries(ctx, "")
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, e := range all {
		told[known[strings.ToLower(e.Subject)]] = true
	}
	for _, e := range entries {
		if label, ok := known[strings.ToLower(e.Subject)]; ok {
			r.People = append(r.People, label)
		} else {
			r.Unknown = append(r.Unknown, e.Subject)
		}
	}
	for _, i := range infos {
		if !told[i.Subject] {
			r.Without = append(r.Without, i.Subject)
		}
	}
	for _, list := range []*[]string{&r.People, &r.Unknown, &r.Without} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return nil
}

// Diaries lists the sleep diaries of the open library.
func (wb *Workbench) Diaries(ctx context.Context) ([]diary.File, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return lib.Diaries(ctx)
}

// DiaryEntries returns what the diaries tell of a participant, or of all for "".
func (wb *Workbench) DiaryEntries(ctx context.Context, subject string) ([]diary.Entry, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return lib.DiaryEntries(ctx, subject)
}

// RemoveDiary deletes a diary with its entries.
func (wb *Workbench) RemoveDiary(ctx context.Context, id int64) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	defer wb.notify(DiariesChanged)
	return lib.DeleteDiary(ctx, id)
}

// DiaryTable lists entries, one a row, as a diary file of our own: what is exported
// can be imported again.
func DiaryTable(entries []diary.Entry) (Table, Sources) {
	t := Table{Name: "diary", Header: diary.Header()}
	people := map[string]bool{}
	for _, e := range entries {
		t.Rows = append(t.Rows, e.Row())
		people[e.Subject] = true
	}
	return t, Sources{What: "sleep diary", Details: map[string]any{"entries": strconv.Itoa(len(entries)), "people": len(people)}}
}
