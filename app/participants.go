package app

import (
	"context"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/people"
	"circascope/actigraphy/wear"
	"circascope/inference"
	"circascope/models"
)

// Row is one recording as the table of participants shows it.
type Row struct {
	actigraphy.Info
	Embedded []models.Size // sizes with at least one stored embedding, smallest first
	Demo     bool          // some of these were made with the demo weights
	Scores   []inference.Scored
	ValidDay wear.ValidDay  // the rule by which its days count
	Values   []people.Value // what tables tell of the participant; every row has every variable
}

// Wear returns what the recording's masks say, empty where none is on.
func (r Row) Wear() wear.Summary { return wear.Summary{Mask: r.Mask, Days: r.WornDays} }

// Rows lists the recordings of the library by subject and start.
func (wb *Workbench) Rows(ctx context.Context) ([]Row, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	ran, err := lib.Ran(ctx)
	if err != nil {
		return nil, err
	}
	scores, err := lib.Scores(ctx)
	if err != nil {
		return nil, err
	}
	rule, err := validDay(ctx, lib)
	if err != nil {
		return nil, err
	}
	variables, err := readVariables(ctx, lib, infos)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(infos))
	index := make(map[string]*Row, len(infos))
	for i, info := range infos {
		rows[i].Info, rows[i].ValidDay, rows[i].Values = info, rule, variables.of[info.Subject]
		index[info.ID] = &rows[i]
	}
	for _, r := range ran {
		row := index[r.Recording]
		if row == nil {
			continue
		}
		row.Demo = row.Demo || r.State == models.Demo
		if !slices.Contains(row.Embedded, r.Model) {
			row.Embedded = append(row.Embedded, r.Model)
		}
	}
	for _, s := range scores {
		if row := index[s.Recording]; row != nil {
			row.Scores = append(row.Scores, s)
		}
	}
	for i := range rows {
		slices.SortFunc(rows[i].Embedded, func(a, b models.Size) int { return sizeOrder(a) - sizeOrder(b) })
	}
	return rows, nil
}

func sizeOrder(s models.Size) int { return slices.Index(models.Sizes(), s) }

// Recording returns one recording with its samples.
func (wb *Workbench) Recording(ctx context.Context, id string) (*actigraphy.Recording, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return lib.Recording(ctx, id)
}

// RenameSubject gives a participant another name; a name that is taken is an
// error.
func (wb *Workbench) RenameSubject(ctx context.Context, from, to string) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	if err := lib.RenameSubject(ctx, from, to); err != nil {
		return err
	}
	wb.notify(RecordingsChanged, ResultsChanged)
	return nil
}

// MergeSubjects gives the recordings of one participant to another and forgets the
// first; it returns how many recordings that were.
func (wb *Workbench) MergeSubjects(ctx context.Context, from, into string) (int, error) {
	lib, err := wb.Library()
	if err != nil {
		return 0, err
	}
	n, err := lib.MergeSubjects(ctx, from, into)
	if err != nil {
		return 0, err
	}
	wb.notify(RecordingsChanged, ResultsChanged)
	return n, nil
}

// MoveRecording gives a recording to a participant of a new name, which keeps the
// visits of a person apart.
func (wb *Workbench) MoveRecording(ctx context.Context, id, to string) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	if err := lib.MoveRecording(ctx, id, to); err != nil {
		return err
	}
	wb.notify(RecordingsChanged, ResultsChanged)
	return nil
}

// DeleteSubject deletes a participant with all recordings and results, and
// returns the number of recordings.
func (wb *Workbench) DeleteSubject(ctx context.Context, subject string) (int, error) {
	lib, err := wb.Library()
	if err != nil {
		return 0, err
	}
	// Views read again whatever happened: an error may be of the traces alone.
	defer wb.notify(RecordingsChanged, ResultsChanged)
	return lib.DeleteSubject(ctx, subject)
}
