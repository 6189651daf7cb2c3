package app

import (
	"context"
	"fmt"
	"iter"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
)

// smallCohort is the number of people below which a library's own cohort scaler
// is not the default: a cohort of one standardises to zeros.
const smallCohort = 30

// ScalerChoice names the scaler of a run.
type ScalerChoice struct {
	Kind ScalerKind
	ID   string          // of a stored scaler, for ScalerStored
	File *prepare.Scaler // read from a file, for ScalerFile
}

// ScalerKind says how the scaler is found.
type ScalerKind string

// The ways to choose a scaler.
const (
	// ScalerDefault is the scaler per recording for weeks from the first sample,
	// else the shipped one under 30 people, else the library's own cohort scaler.
	ScalerDefault   ScalerKind = ""
	ScalerCohort    ScalerKind = "cohort"    // the library's frozen one; fitted where there is none
	ScalerRefit     ScalerKind = "refit"     // fit a new one on the library as it is now
	ScalerRecording ScalerKind = "recording" // each week by its own mean and SD
	ScalerShipped   ScalerKind = "nhanes47"  // fitted on the sample of 47 people
	ScalerStored    ScalerKind = "stored"
	ScalerFile      ScalerKind = "file"
)

// Scalers lists the scalers of the library without their numbers, oldest first.
func (wb *Workbench) Scalers(ctx context.Context) ([]prepare.Scaler, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return lib.Scalers(ctx)
}

// chooseScaler returns the scaler and, in sentences, what was decided.
func (wb *Workbench) chooseScaler(ctx context.Context, lib Library, infos []actigraphy.Info, o RunOptions) (prepare.Scaler, []string, error) {
	scaler, note, err := wb.findScaler(ctx, lib, o)
	if err != nil {
		return prepare.Scaler{}, nil, err
	}
	if err := fits(scaler, o.Prepare); err != nil {
		return prepare.Scaler{}, nil, err
	}
	if err := lib.SaveScaler(ctx, scaler); err != nil {
		return prepare.Scaler{}, nil, err
	}
	return scaler, append([]string{note}, unitWarnings(infos, scaler)...), nil
}

// fits reports whether the weeks that p makes can go through s, before any work
// is done on them.
func fits(s prepare.Scaler, p prepare.Options) error {
	switch {
	case s.Kind != prepare.PerCohort:
		return nil
	case s.WeekStart != p.WeekStart:
		return fmt.Errorf("the scaler %q was fitted on weeks that start at %q, these start at %q; choose that start, or the scaler per recording", s.Name, s.WeekStart, p.WeekStart)
	case len(s.Mean) != p.Minutes:
		return fmt.Errorf("the scaler %q was fitted on %d minutes, these inputs have %d; choose that length, or the scaler per recording", s.Name, len(s.Mean), p.Minutes)
	}
	return nil
}

func (wb *Workbench) findScaler(ctx context.Context, lib Library, o RunOptions) (prepare.Scaler, string, error) {
	switch o.Scaler.Kind {
	case ScalerRecording:
		return prepare.RecordingScaler(), "Each week is standardised by its own mean and SD.", nil
	case ScalerFile:
		if o.Scaler.File == nil {
			return prepare.Scaler{}, "", fmt.Errorf("no scaler file was read")
		}
		return *o.Scaler.File, fmt.Sprintf("Scaler %s, from a file.", o.Scaler.File.Name), nil
	case ScalerStored:
		s, err := lib.Scaler(ctx, o.Scaler.ID)
		return s, fmt.Sprintf("Scaler %s.", s.Name), err
	case ScalerShipped:
		return wb.shippedScaler("Standardised by the shipped scaler")
	case ScalerRefit:
		return wb.fitScaler(ctx, lib, o.Prepare)
	case ScalerCohort:
		return wb.cohortScaler(ctx, lib, o.Prepare)
	case ScalerDefault:
		return wb.defaultScaler(ctx, lib, o.Prepare)
	}
	return prepare.Scaler{}, "", fmt.Errorf("scaler %q is unknown: want cohort, recording, nhanes47 or a scaler's file", o.Scaler.Kind)
}

func (wb *Workbench) defaultScaler(ctx context.Context, lib Library, p prepare.Options) (prepare.Scaler, string, error) {
	if p.WeekStart == prepare.FirstSample {
		return prepare.RecordingScaler(), "Weeks that begin at the first sample fit no cohort scaler: each is standardised by its own mean and SD.", nil
	}
	people, err := countPeople(ctx, lib)
	if err != nil {
		return prepare.Scaler{}, "", err
	}
	if people < smallCohort {
		return wb.shippedScaler(fmt.Sprintf("The library holds %d people, too few for a cohort scaler of its own (%d): standardised by the shipped scaler", people, smallCohort))
	}
	return wb.cohortScaler(ctx, lib, p)
}

func (wb *Workbench) shippedScaler(why string) (prepare.Scaler, string, error) {
	s, err := wb.cfg.Sample.Scaler()
	if err != nil {
		return prepare.Scaler{}, "", fmt.Errorf("reading the shipped scaler: %w", err)
	}
	return s, fmt.Sprintf("%s %s.", why, s.Name), nil
}

// cohortScaler returns the newest scaler fitted on this library for that week
// start, or fits the first.
func (wb *Workbench) cohortScaler(ctx context.Context, lib Library, p prepare.Options) (prepare.Scaler, string, error) {
	id, err := lib.Setting(ctx, cohortSetting(p))
	if err != nil {
		return prepare.Scaler{}, "", err
	}
	if id == "" {
		return wb.fitScaler(ctx, lib, p)
	}
	s, err := lib.Scaler(ctx, id)
	if err != nil {
		return prepare.Scaler{}, "", err
	}
	return s, fmt.Sprintf("Standardised by the frozen cohort scaler %s (%d weeks).", s.Name, s.Weeks), nil
}

// fitScaler fits a cohort scaler on the first week of every recording, keeps it
// and makes it the library's.
func (wb *Workbench) fitScaler(ctx context.Context, lib Library, p prepare.Options) (prepare.Scaler, string, error) {
	if p.WeekStart == prepare.FirstSample {
		return prepare.Scaler{}, "", fmt.Errorf("a cohort scaler needs weeks that begin at a midnight, not at the first sample; choose another week start, or the scaler per recording")
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return prepare.Scaler{}, "", err
	}
	unit, err := commonUnit(infos)
	if err != nil {
		return prepare.Scaler{}, "", err
	}
	now := wb.cfg.Now().UTC()
	name := "cohort, " + now.Format(time.DateOnly)
	s, err := prepare.FitCohort(name, p.WeekStart, unit, firstWeeks(ctx, lib, infos, p))
	if err != nil {
		return prepare.Scaler{}, "", err
	}
	s.Name = fmt.Sprintf("cohort of %d, %s", s.Weeks, now.Format(time.DateOnly))
	s.FittedAt = now.Format(time.RFC3339)
	// On the sample it is the shipped scaler: one thing has one name.
	if shipped, err := wb.cfg.Sample.Scaler(); err == nil && shipped.ID == s.ID {
		s = shipped
	}
	if err := lib.SaveScaler(ctx, s); err != nil {
		return prepare.Scaler{}, "", err
	}
	if err := lib.SetSetting(ctx, cohortSetting(p), s.ID); err != nil {
		return prepare.Scaler{}, "", err
	}
	return s, fmt.Sprintf("Fitted a cohort scaler on %d weeks, one a recording, and froze it as %s.", s.Weeks, s.Name), nil
}

func cohortSetting(p prepare.Options) string {
	return fmt.Sprintf("cohort scaler %s %d", p.WeekStart, p.Minutes)
}

// firstWeeks yields the first whole week of each recording that has one.
func firstWeeks(ctx context.Context, lib Library, infos []actigraphy.Info, p prepare.Options) iter.Seq2[prepare.Week, error] {
	return func(yield func(prepare.Week, error) bool) {
		for _, info := range infos {
			rec, _, err := worn(ctx, lib, info.ID)
			if err != nil {
				yield(prepare.Week{}, fmt.Errorf("reading the recording of %s: %w", info.Subject, err))
				return
			}
			weeks, _, _, err := prepare.Weeks(rec, p)
			if err != nil || len(weeks) == 0 {
				continue // the run itself reports it
			}
			if !yield(weeks[0], nil) {
				return
			}
		}
	}
}

// commonUnit returns the unit of all recordings. Units that one scaler can serve
// count as one: see prepare.Scaler.Warnings.
func commonUnit(infos []actigraphy.Info) (string, error) {
	unit := ""
	for _, info := range infos {
		if unit == "" {
			unit = info.Unit.String()
		}
		one := prepare.Scaler{Kind: prepare.PerCohort, Unit: unit}
		if len(one.Warnings(info.Unit)) > 0 {
			return "", fmt.Errorf("the library mixes %s and %s: one cohort scaler cannot serve both; choose the scaler per recording, or keep them in two libraries", unit, info.Unit)
		}
	}
	return unit, nil
}

func countPeople(ctx context.Context, lib Library) (int, error) {
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return 0, err
	}
	people := map[string]bool{}
	for _, info := range infos {
		people[info.Subject] = true
	}
	return len(people), nil
}

// unitWarnings says, once a unit, what differs from what PAT or the scaler was
// trained on.
func unitWarnings(infos []actigraphy.Info, s prepare.Scaler) []string {
	var list []string
	seen := map[string]bool{}
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			list = append(list, w)
		}
	}
	for _, info := range infos {
		for _, w := range prepare.Warnings(info) {
			add(w)
		}
		for _, w := range s.Warnings(info.Unit) {
			add(w)
		}
	}
	return list
}
