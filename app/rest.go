package app

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
)

// Rest is the rest periods of a recording, for a person to change.
type Rest struct {
	Recording actigraphy.Info
	Layer     *rest.Layer   // what was changed by hand, in epochs of the file; nil where nothing was
	Source    RestSource    // where the periods were from before; "" for nowhere
	Periods   []rest.Period // in epochs of the recording in its zone, in order
	LeftOut   []string      // why periods of the source are not among them
}

// Manual reports whether somebody changed the rest periods by hand: then measures take
// them, else each measure looks for rest as its definition says.
func (r Rest) Manual() bool { return r.Layer != nil }

// Rest returns the rest periods of a recording as they were changed by hand; where
// nobody did, those of a source. Without a source it is the diary, if one tells of the
// person, or else what the measures take; with a protocol always what the measures take.
// Where that finds none, there are none, and LeftOut says why.
func (wb *Workbench) Rest(ctx context.Context, recording string, source RestSource) (Rest, error) {
	lib, err := wb.Library()
	if err != nil {
		return Rest{}, err
	}
	l, err := restLayer(ctx, lib, recording)
	if err != nil {
		return Rest{}, err
	}
	p, _, err := wornIn(ctx, lib, recording, asNamed)
	if err != nil {
		return Rest{}, err
	}
	now := Rest{Recording: actigraphy.Describe(p.Recording), Layer: l}
	now.Recording.ID = recording
	if l != nil {
		now.Source, now.Periods = RestSource(l.Source), p.periodsOf(l.Periods)
		return now, nil
	}
	return now, wb.found(ctx, lib, p.Recording, source, &now)
}

// found fills in the rest periods of a source.
func (wb *Workbench) found(ctx context.Context, lib Library, worn *actigraphy.Recording, source RestSource, now *Rest) error {
	subject, err := subjectOf(ctx, lib, now.Recording.ID)
	if err != nil {
		return err
	}
	now.Recording.Subject = subject
	told, err := lib.DiaryEntries(ctx, subject)
	if err != nil {
		return err
	}
	study, err := studyOf(ctx, lib)
	if err != nil {
		return err
	}
	asked := source != ""
	switch {
	case !asked && len(told) > 0 && !study.ByProtocol():
		source = RestDiary
	case !asked:
		source = cmp.Or(study.RestFrom(), RestCrespo)
	}
	l := layer{study: study, r: worn, worn: worn, told: Told{Diary: told}, choice: Overlays{Rest: source}}
	list, err := l.periods()
	if err != nil {
		err = fmt.Errorf("no rest periods from the %s: %w", source.Words(), err)
		if asked {
			return err
		}
		now.LeftOut = []string{err.Error()}
		return nil
	}
	now.Source = source
	now.Periods, now.LeftOut = inEpochs(list, worn)
	return nil
}

func subjectOf(ctx context.Context, lib Library, recording string) (string, error) {
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return "", err
	}
	for _, i := range infos {
		if i.ID == recording {
			return i.Subject, nil
		}
	}
	return "", fmt.Errorf("the library holds no recording %s", recording)
}

// inEpochs returns rest periods in the epochs of a recording, and says which are not
// whole within it, or lie over another one.
func inEpochs(list []sleep.Period, r *actigraphy.Recording) (periods []rest.Period, left []string) {
	at := func(t actigraphy.LocalTime) int {
		return int(math.Round(float64(t.Sub(r.Start)) / float64(r.Epoch)))
	}
	var all []rest.Period
	for _, p := range list {
		off := 0
		if !p.LightsOff.IsZero() {
			off = max(0, at(p.LightsOff)-at(p.From))
		}
		all = append(all, rest.Given(p.Kind, at(p.From), at(p.To), off, p.By))
	}
	for _, p := range rest.Sorted(all) {
		if p.LightsOff >= p.Len() {
			p.LightsOff = 0
		}
		if err := rest.Check(append(periods[:len(periods):len(periods)], p), len(r.Activity)); err != nil {
			left = append(left, fmt.Sprintf("%s by %s: not whole within the recording, or over another one", p.Kind, p.Was.By))
			continue
		}
		periods = append(periods, p)
	}
	return periods, left
}

// ChangeRest keeps rest periods that a person changed, in place of those that were
// read. What they were made from stays where it is.
func (wb *Workbench) ChangeRest(ctx context.Context, was Rest, periods []rest.Period, by By) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	p, err := placedIn(ctx, lib, was.Recording.ID, asNamed)
	if err != nil {
		return err
	}
	if err := rest.Check(periods, len(p.Recording.Activity)); err != nil {
		return err
	}
	l := rest.Layer{Recording: was.Recording.ID, Source: string(was.Source)}
	act := rest.Edited
	if was.Layer != nil {
		l = *was.Layer
	} else {
		act = rest.Created
		if l.Original, err = p.periodsToFile(was.Periods); err != nil {
			return err
		}
	}
	stored, err := p.periodsToFile(periods)
	if err != nil {
		return err
	}
	return wb.saveRest(ctx, lib, l, act, stored, by)
}

// RemoveRest takes the changes by hand off the rest periods of a recording, whose
// measures then are those of before. The history stays.
func (wb *Workbench) RemoveRest(ctx context.Context, recording string, by By) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	l, err := restLayer(ctx, lib, recording)
	if err != nil {
		return err
	}
	if l == nil {
		return fmt.Errorf("nobody changed the rest periods of recording %s by hand", recording)
	}
	return wb.saveRest(ctx, lib, *l, rest.Removed, l.Periods, by)
}

func (wb *Workbench) saveRest(ctx context.Context, lib Library, l rest.Layer, act rest.Act, periods []rest.Period, by By) error {
	if by.Author == "" {
		by.Author = wb.cfg.Author
	}
	l.Author, l.Reason, l.Act, l.Periods = by.Author, strings.TrimSpace(by.Reason), act, periods
	l.At = wb.cfg.Now().UTC().Format(time.RFC3339)
	if err := lib.SaveRest(ctx, l.Recording, l); err != nil {
		return err
	}
	wb.notify(RestChanged)
	return nil
}

// RestHistory lists every revision of the rest periods of a recording, in epochs of its
// file, in the order they were made, those that were removed too.
func (wb *Workbench) RestHistory(ctx context.Context, recording string) ([]rest.Layer, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return lib.RestHistory(ctx, recording)
}

// ManualRest returns the rest periods of a recording as they were changed by hand, as
// measures take them; nil where nobody did.
func (wb *Workbench) ManualRest(ctx context.Context, recording string) ([]sleep.Period, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	l, err := restLayer(ctx, lib, recording)
	if err != nil || l == nil {
		return nil, err
	}
	p, err := placedIn(ctx, lib, recording, asNamed)
	return p.restOf(l), err
}

// restLayer returns what was changed by hand of the rest periods of a recording; nil
// for nothing.
func restLayer(ctx context.Context, lib Library, recording string) (*rest.Layer, error) {
	list, err := lib.Rest(ctx, recording)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
