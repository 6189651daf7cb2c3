package app

import (
	"context"
	"errors"

	"circascope/actigraphy/format"
)

// CSVFile is a file that only the generic CSV reader takes, with the columns it
// would read: what a person confirms before an import.
type CSVFile struct {
	Path    string
	Mapping format.Mapping
	Preview format.Preview
	Err     error // the choice that is open, or nil
}

// Files lists the files that an import of the paths would read, in order; paths
// that are not there stay, so that the import says so.
func Files(paths []string) []string {
	files, missing := findFiles(paths)
	for _, o := range missing {
		files = append(files, o.Path)
	}
	return files
}

// GenericCSVs lists the files under the paths that would be read as generic CSV.
// Files of any other format, and those that no reader takes, are left out: the
// import itself says what becomes of them. Columns that were chosen before for a
// file with the same line of names are offered again.
func (wb *Workbench) GenericCSVs(ctx context.Context, paths []string) ([]CSVFile, error) {
	files, _ := findFiles(paths)
	remembered, err := wb.remembered(ctx)
	if err != nil {
		return nil, err
	}
	var list []CSVFile
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, generic, err := wb.genericCSV(path, remembered)
		if err != nil {
			return nil, err
		}
		if generic {
			list = append(list, f)
		}
	}
	return list, nil
}

func (wb *Workbench) genericCSV(path string, remembered *mappings) (f CSVFile, generic bool, err error) {
	in, err := format.Open(path)
	if err != nil {
		return f, false, nil //nolint:nilerr // the import reports a file that can't be opened
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	reader, err := format.Detect(wb.cfg.Readers, in)
	if err != nil || !isGeneric(reader) {
		return f, false, nil //nolint:nilerr // the import reports a file that no reader takes
	}
	f.Path = path
	f.Mapping, f.Preview, f.Err = format.GuessMapping(in)
	if r := remembered.find(in); r != nil {
		f.Mapping, f.Err = r.Mapping, nil
		f.Preview.Notes = append(f.Preview.Notes, r.sentence())
	}
	return f, true, nil
}
