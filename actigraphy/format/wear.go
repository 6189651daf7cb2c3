package format

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"circascope/actigraphy"
)

// wearTable holds the wear flags of a wide table by participant.
type wearTable struct {
	name   string
	sha256 string
	people map[string]*wearDays
}

// wearDays are one participant's flags, 1440 a day.
type wearDays struct {
	start actigraphy.LocalTime
	flags []int8 // 1 worn, 0 not worn, -1 not said
}

// readWear reads a table of flags whole. A table with other values is
// errNoFlags.
func readWear(ctx context.Context, in *Input) (*wearTable, error) {
	t, err := surveyWide(ctx, in)
	if err != nil {
		return nil, err
	}
	if !t.flags() {
		return nil, fmt.Errorf("%s: %w", in.Path, errNoFlags)
	}
	if err := in.Hash(ctx); err != nil {
		return nil, err
	}
	w := &wearTable{name: in.Name, sha256: in.SHA256, people: make(map[string]*wearDays, t.people)}
	err = t.emit(ctx, OrderFromFile, nil, func(r *actigraphy.Recording) error {
		d := &wearDays{start: r.Start, flags: make([]int8, len(r.Activity))}
		for i, v := range r.Activity {
			d.flags[i] = flag(v)
		}
		w.people[r.Subject] = d
		return nil
	})
	return w, err
}

var errNoFlags = errors.New("the values are not all 0 or 1")

func flag(v float64) int8 {
	if math.IsNaN(v) {
		return -1
	}
	return int8(v)
}

// attach adds the wear channel. The flags become part of the recording, so their
// hash is one of its options.
func (w *wearTable) attach(r *actigraphy.Recording, id string) error {
	if w == nil {
		return nil
	}
	d, ok := w.people[id]
	if !ok {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The wear table %s has no rows of this participant.", w.name))
		return nil
	}
	if r.Start.HasDate() != d.start.HasDate() || !r.Start.HasDate() && !r.Start.Equal(d.start) {
		return &actigraphy.FileError{
			File: w.name, Expected: fmt.Sprintf("the days of participant %q to begin on %s, as in the activity table", id, r.Start.Date()),
			Found: d.start.Date(), Advice: "correct the wear table, or take it out of the folder",
		}
	}
	record(&r.Source, "wear", w.sha256)
	r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("Wear flags are from %s.", w.name))
	shift := int(r.Start.Sub(d.start) / r.Epoch)
	channel := make([]float64, len(r.Activity))
	for i := range channel {
		channel[i] = math.NaN()
		if k := i + shift; k >= 0 && k < len(d.flags) && d.flags[k] >= 0 {
			channel[i] = float64(d.flags[k])
		}
	}
	r.Channels = map[string][]float64{actigraphy.ChannelWear: channel}
	return nil
}

// isWearName reports whether a table of this name is taken as wear flags of the
// activity table beside it.
func isWearName(name string) bool {
	name = strings.ToLower(name)
	return isTableName(name) && (strings.Contains(name, "wear") || strings.Contains(name, "flag"))
}

func isTableName(name string) bool {
	ext := filepath.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz"))
	return ext == ".csv" || ext == ".txt" || ext == ".tsv"
}

// wearBeside returns the wear table in the folder of an activity table, nil
// where there is none.
func wearBeside(ctx context.Context, in *Input) (*wearTable, error) {
	for _, path := range tablesBeside(in) {
		if !isWearName(filepath.Base(path)) {
			continue
		}
		w, err := wearFrom(ctx, path)
		if w != nil || err != nil {
			return w, err
		}
	}
	return nil, nil
}

// wearFrom returns the wear table in a file, nil where it is something else.
func wearFrom(ctx context.Context, path string) (w *wearTable, err error) {
	in, err := Open(path)
	if err != nil {
		return nil, nil //nolint:nilerr // not a file that can be a table: nothing to take up
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if recognise(in) != nil || !(NHANES{}).Sniff(in.Head) {
		return nil, nil
	}
	w, err = readWear(ctx, in)
	if errors.Is(err, errNoFlags) {
		return nil, nil
	}
	return w, err
}

// wearAlone is the outcome of a table of flags: taken up where its activity
// table lies beside it, else refused.
func wearAlone(ctx context.Context, in *Input) error {
	if isWearName(in.Name) {
		for _, path := range tablesBeside(in) {
			if isActivityTable(ctx, path) {
				return &actigraphy.FileError{
					File: in.Path, Found: "a table of wear flags", Err: &Companion{Of: path},
					Advice: "they come with the recordings of " + filepath.Base(path) + " beside it",
				}
			}
		}
	}
	return in.fault("a table of wear flags (only 0 and 1) and no activity",
		"put it beside its activity table as wear.csv and import that")
}

func isActivityTable(ctx context.Context, path string) bool {
	in, err := Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = in.Close() }() // it was only looked at
	if recognise(in) != nil || !(NHANES{}).Sniff(in.Head) {
		return false
	}
	t, err := surveyWide(ctx, in)
	return err == nil && !t.flags()
}

// tablesBeside lists the other tables in the folder of a file.
func tablesBeside(in *Input) []string {
	if in.file == nil {
		return nil
	}
	dir := filepath.Dir(in.Path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var paths []string
	for _, e := range entries {
		if e.Type().IsRegular() && e.Name() != in.Name && isTableName(e.Name()) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths
}
