package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/zone"
)

// ZoneReport says what assignments of zones mean for the recordings.
type ZoneReport struct {
	Recordings int      `json:"recordings"` // that the assignments hold for
	Changes    int      `json:"changes"`    // of these, recordings during which the clock changes
	Signs      []string `json:"signs"`      // where samples speak for the other clock, in sentences
}

// Zones lists the assignments that hold now. With history, all that were ever
// made, oldest first.
func (wb *Workbench) Zones(ctx context.Context, history bool) ([]zone.Assignment, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	list, err := lib.Zones(ctx)
	if err != nil || history {
		return list, err
	}
	var now []zone.Assignment
	for i, a := range list {
		later := slices.ContainsFunc(list[i+1:], func(b zone.Assignment) bool { return a.Scope == b.Scope && a.Target == b.Target })
		if !later && !a.Cleared() {
			now = append(now, a)
		}
	}
	return now, nil
}

// SetZones names or takes away zones, all or none. Who and when are filled in.
// Recordings that contradict their zone are an error that says so, and nothing is
// kept. It is a job where recordings must be read.
func (wb *Workbench) SetZones(ctx context.Context, list []zone.Assignment, progress Progress) (ZoneReport, error) {
	lib, err := wb.Library()
	if err != nil {
		return ZoneReport{}, err
	}
	list = slices.Clone(list)
	for i := range list {
		if err := wb.sign(&list[i]); err != nil {
			return ZoneReport{}, err
		}
	}
	var report ZoneReport
	err = wb.jobs.Do(ctx, "Name the time zone", func(ctx context.Context, job Progress) (string, error) {
		var err error
		if report, err = checkZones(ctx, lib, list, both(job, progress)); err != nil {
			return "", err
		}
		if err := lib.AddZones(ctx, list); err != nil {
			return "", err
		}
		return fmt.Sprintf("Holds for %d recordings", report.Recordings), recountDays(ctx, lib)
	})
	if err == nil {
		wb.notify(RecordingsChanged, ResultsChanged)
	}
	return report, err
}

// sign completes an assignment with the zone's proper name, who and when.
func (wb *Workbench) sign(a *zone.Assignment) error {
	if !a.Cleared() {
		loc, err := zone.Load(a.Zone)
		if err != nil {
			return err
		}
		a.Zone = loc.String()
	}
	if a.By == "" {
		a.By = wb.cfg.Author
	}
	a.At = wb.cfg.Now().UTC().Format(time.RFC3339)
	return a.Validate()
}

// checkZones reads the recordings whose clock changes under new assignments.
func checkZones(ctx context.Context, lib Library, added []zone.Assignment, progress Progress) (ZoneReport, error) {
	report := ZoneReport{Signs: []string{}}
	before, err := lib.Zones(ctx)
	if err != nil {
		return report, err
	}
	book, err := zone.NewBook(append(before, added...))
	if err != nil {
		return report, err
	}
	raw := stored(lib)
	infos, err := raw.Recordings(ctx)
	if err != nil {
		return report, err
	}
	if err := knownTargets(added, infos); err != nil {
		return report, err
	}
	var refused []error
	for i, info := range infos {
		if err := ctx.Err(); err != nil {
			return report, err
		}
		progress(int64(i), int64(len(infos)), info.Subject)
		a, ok := book.For(info)
		if !ok || !slices.ContainsFunc(added, func(b zone.Assignment) bool { return a.Scope == b.Scope && a.Target == b.Target }) {
			continue
		}
		report.Recordings++
		changes, err := checkRecording(ctx, raw, book, info, a, &report)
		switch {
		case contradicts(err):
			refused = append(refused, err)
		case err != nil:
			return report, err
		case changes:
			report.Changes++
		}
	}
	return report, contradictions(refused)
}

func knownTargets(added []zone.Assignment, infos []actigraphy.Info) error {
	for _, a := range added {
		if a.Scope == zone.Device && !a.Cleared() && !slices.ContainsFunc(infos, func(i actigraphy.Info) bool { return i.Device == a.Target }) {
			return fmt.Errorf("the library holds no recording of a device %q; list the recordings to see the names", a.Target)
		}
	}
	return nil
}

// checkRecording applies the zone to a recording whose clock changes, and collects
// what its samples say against the choice of the device's clock.
func checkRecording(ctx context.Context, raw Library, book *zone.Book, info actigraphy.Info, a zone.Assignment, report *ZoneReport) (bool, error) {
	start := book.Describe(info).Start
	whole := actigraphy.Recording{Start: start, Epoch: info.Epoch, Activity: make([]float64, info.Epochs)}
	twice := slices.Contains(info.Channels, actigraphy.SecondPass(""))
	if _, known := start.Zone(); known && !twice && len(whole.ClockChanges()) == 0 {
		return false, nil
	}
	r, err := raw.Recording(ctx, info.ID)
	if err != nil {
		return false, err
	}
	if _, err := book.Apply(info.ID, r); err != nil {
		return false, err
	}
	loc, err := a.Location()
	if err != nil {
		return false, err
	}
	for _, s := range zone.Signs(r, loc) {
		if s.Clock != "" && s.Clock != a.Clock {
			report.Signs = append(report.Signs, info.Subject+": "+s.Text)
		}
	}
	return true, nil
}

// contradictions joins what is wrong with recordings into one error, the first
// five in words.
func contradictions(list []error) error {
	if len(list) == 0 {
		return nil
	}
	const shown = 5
	text := errors.Join(list[:min(shown, len(list))]...)
	return fmt.Errorf("%d recordings speak against it, and no zone was changed; the first: %w", len(list), text)
}

// RecordingZone is what holds for one recording and why.
type RecordingZone struct {
	Assignment zone.Assignment // its Scope says for what it was named; cleared where none was
	InFile     actigraphy.LocalTime
	Notes      []string // what applying it decided
	Changes    []actigraphy.ClockChange
}

// RecordingZone returns the zone that holds for a recording. That the recording
// contradicts it stands in the notes.
func (wb *Workbench) RecordingZone(ctx context.Context, id string) (RecordingZone, error) {
	lib, err := wb.Library()
	if err != nil {
		return RecordingZone{}, err
	}
	z, ok := lib.(zoned)
	if !ok {
		return RecordingZone{}, ErrNoLibrary
	}
	p, err := placedIn(ctx, z, id, asNamed)
	if err != nil && !contradicts(err) {
		return RecordingZone{}, err
	}
	view := RecordingZone{InFile: p.asRead.Start, Notes: p.Notes}
	if err != nil {
		view.Notes = append(view.Notes, sentenceOf(err))
	} else {
		view.Changes = p.Recording.ClockChanges()
	}
	book, err := z.book(ctx)
	if err != nil {
		return view, err
	}
	view.Assignment, _ = book.For(actigraphy.Info{ID: id, Device: p.asRead.Device, Start: p.asRead.Start})
	return view, nil
}

// ZoneSigns says what the samples of a recording say of its device's clock, if it
// was in a zone.
func (wb *Workbench) ZoneSigns(ctx context.Context, id, name string) ([]zone.Sign, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	loc, err := zone.Load(name)
	if err != nil {
		return nil, err
	}
	r, err := stored(lib).Recording(ctx, id)
	if err != nil {
		return nil, err
	}
	return zone.Signs(r, loc), nil
}

// sentenceOf writes an error as a sentence.
func sentenceOf(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
