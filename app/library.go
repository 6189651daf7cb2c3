package app

import (
	"context"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/measured"
	"circascope/actigraphy/people"
	"circascope/actigraphy/prepare"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/wear"
	"circascope/actigraphy/zone"
	"circascope/inference"
)

// Library is what the workbench needs of a study's store. Every method is one
// transaction: it is done whole or not at all. Methods may be called from many
// goroutines.
type Library interface {
	// Path is the library file.
	Path() string
	// Encrypted reports whether the file on disk is encrypted.
	Encrypted() bool
	// ReadOnly says why the library cannot be written to, or "".
	ReadOnly() string
	// AsItWas returns the copy that was made of the library before it was brought up to
	// date as it was opened, or "" where it was not.
	AsItWas() string
	// Close releases the file and its lock.
	Close() error

	// BeginImport opens an import and returns its id.
	BeginImport(ctx context.Context) (int64, error)
	// AddRecording stores r whole under an import. It returns false where a
	// recording with this id is there already.
	AddRecording(ctx context.Context, imp int64, r *actigraphy.Recording) (bool, error)
	// KeepFile keeps what became of one file of an import. It may be called from
	// many goroutines.
	KeepFile(ctx context.Context, imp int64, f actigraphy.ImportedFile) error
	// HeldFile returns the recordings of a file of this name and content, read with
	// these options, as duplicates; none where not all of them are there.
	HeldFile(ctx context.Context, f actigraphy.ImportedFile) ([]actigraphy.Outcome, error)
	// AddDiary keeps a sleep diary; false where one of the same content is there.
	AddDiary(ctx context.Context, f diary.File, entries []diary.Entry) (added bool, err error)
	// Diaries lists the sleep diaries, oldest first.
	Diaries(ctx context.Context) ([]diary.File, error)
	// DiaryEntries returns the entries of one participant, or all for "".
	DiaryEntries(ctx context.Context, subject string) ([]diary.Entry, error)
	// DeleteDiary deletes a diary with its entries.
	DeleteDiary(ctx context.Context, id int64) error
	// FinishImport closes an import, with the outcomes that KeepFile was not
	// given; without recordings and outcomes the import is forgotten.
	FinishImport(ctx context.Context, imp int64, outcomes []actigraphy.Outcome) error
	// Imports lists the imports, newest first.
	Imports(ctx context.Context) ([]actigraphy.Import, error)
	// UndoImport deletes the recordings an import brought, with their results.
	UndoImport(ctx context.Context, imp int64) (removed int, err error)

	// Recordings lists what the library holds, by subject and start.
	Recordings(ctx context.Context) ([]actigraphy.Info, error)
	// Recording returns one recording with its samples.
	Recording(ctx context.Context, id string) (*actigraphy.Recording, error)
	// RenameSubject gives a participant another name. A name that is taken is
	// an error.
	RenameSubject(ctx context.Context, from, to string) error
	// DeleteSubject deletes a participant with all recordings and results.
	DeleteSubject(ctx context.Context, subject string) (removed int, err error)

	// MergeSubjects gives the recordings of one participant to another, who is there,
	// and forgets the first.
	MergeSubjects(ctx context.Context, from, into string) (moved int, err error)
	// MoveRecording gives a recording to a participant who is not there yet.
	MoveRecording(ctx context.Context, id, to string) error

	// AddPeople keeps a table of participants with one row a person, in place of
	// another one unless replaces is 0.
	AddPeople(ctx context.Context, f people.File, rows []people.Person, replaces int64) error
	// People lists the tables of participants, oldest first, and the rows of each.
	People(ctx context.Context) ([]people.File, [][]people.Person, error)
	// DeletePeople deletes a table of participants.
	DeletePeople(ctx context.Context, id int64) error

	// AddZones keeps assignments of time zones, all or none.
	AddZones(ctx context.Context, list []zone.Assignment) error
	// Zones lists the assignments of time zones, oldest first: the last one of a
	// target holds.
	Zones(ctx context.Context) ([]zone.Assignment, error)

	// SaveScaler keeps a frozen scaler; the same id twice is no error.
	SaveScaler(ctx context.Context, s prepare.Scaler) error
	// Scalers lists the scalers without their numbers, oldest first.
	Scalers(ctx context.Context) ([]prepare.Scaler, error)
	// Scaler returns one scaler with its numbers.
	Scaler(ctx context.Context, id string) (prepare.Scaler, error)

	// HasResults reports which of the result ids are stored, with a score where
	// that is wanted.
	HasResults(ctx context.Context, ids []string, scored bool) (map[string]bool, error)
	// Scores lists the scores of all results that have one, without reading the
	// embeddings.
	Scores(ctx context.Context) ([]inference.Scored, error)
	// Ran lists what was run on each recording, without reading the results.
	Ran(ctx context.Context) ([]inference.Ran, error)
	// SaveResult stores one result; the same id twice is no error and changes
	// nothing, except that a result without a score gets one.
	SaveResult(ctx context.Context, r inference.Result) error
	// Results returns the results that match and were made under the mask that
	// their recording has now, by subject and week start, without attention
	// profiles unless asked for.
	Results(ctx context.Context, q ResultQuery) ([]inference.Result, error)
	// DeleteResults deletes the results that match and returns how many.
	DeleteResults(ctx context.Context, q ResultQuery) (int, error)

	// Measures returns the stored values of bases, by the id of the basis and that of
	// the formula.
	Measures(ctx context.Context, bases, formulas []string) (map[string]map[string]measured.Value, error)
	// SaveMeasures keeps values of recordings; those that are there stay as they are
	// unless replace is set.
	SaveMeasures(ctx context.Context, formulas []measured.Formula, sets []measured.Set, replace bool) error

	// Layers lists the masks of a recording, or of all where it is "", as they
	// are now; not those that were removed.
	Layers(ctx context.Context, recording string) ([]wear.Layer, error)
	// LayerHistory lists every revision of every mask of a recording.
	LayerHistory(ctx context.Context, recording string) ([]wear.Layer, error)
	// ChangeLayers adds layers (with ID 0) or revisions of layers, and keeps
	// what sum makes of all layers of the recording then.
	ChangeLayers(ctx context.Context, recording string, changes []wear.Layer, sum func([]wear.Layer) wear.Summary) ([]wear.Layer, error)
	// ChangeStudy keeps settings, changes the masks of recordings, and keeps the id of
	// the mask that every recording with layers then has: all of it or nothing. A
	// recording whose layers are not as they were seen is an error.
	ChangeStudy(ctx context.Context, settings map[string]string, changes []wear.Change, mask func([]wear.Layer) string) error
	// WithoutLayer lists the recordings that never had a layer of a method with these
	// parameters.
	WithoutLayer(ctx context.Context, method string, parameters wear.Values) ([]string, error)

	// Rest lists the rest periods that people changed, of a recording, or of all where
	// it is "", as they are now; not those that were removed.
	Rest(ctx context.Context, recording string) ([]rest.Layer, error)
	// RestHistory lists every revision of the rest periods of a recording.
	RestHistory(ctx context.Context, recording string) ([]rest.Layer, error)
	// SaveRest keeps a new layer of rest periods (with ID 0) or the next revision of
	// the one that a recording has. A layer that is not as it was read is an error.
	SaveRest(ctx context.Context, recording string, l rest.Layer) error

	// Setting returns a value kept with the library, "" where there is none.
	Setting(ctx context.Context, key string) (string, error)
	// SetSetting keeps a value with the library.
	SetSetting(ctx context.Context, key, value string) error

	// Backup writes a consistent copy of the library to a new file; an existing
	// file is an error. The copy appears whole or not at all.
	Backup(ctx context.Context, path string) error
}

// ResultQuery selects results; empty fields select all. It is
// inference.Query, so that a store need not know this package.
type ResultQuery = inference.Query
