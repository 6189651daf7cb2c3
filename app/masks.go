package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
	"circascope/actigraphy/zone"
)

// By says who changes a mask, and why; it stays with the mask.
type By struct {
	Author string // "" for Workbench.Author
	Reason string
}

// errNoReason is the error of a mask drawn without a reason.
var errNoReason = errors.New("give a reason for the mask: it is kept with it, for whoever reads the results")

// Author returns the name that stands with a mask where none is given.
func (wb *Workbench) Author() string { return wb.cfg.Author }

func (wb *Workbench) revision(by By, act wear.Act, on bool, list []wear.Interval) wear.Revision {
	if by.Author == "" {
		by.Author = wb.cfg.Author
	}
	return wear.Revision{
		At: wb.cfg.Now().UTC().Format(time.RFC3339), Author: by.Author, Reason: strings.TrimSpace(by.Reason),
		Act: act, On: on, Intervals: list,
	}
}

// handLayer is the name of the layer that is drawn.
const handLayer = "By hand"

// DrawMask replaces the intervals of the layer drawn by hand on a recording,
// which is added where there is none. The intervals are of the recording in its
// zone, as Recording gives it. act says what the person did. What an
// interval declares worn is worn, whatever other layers say.
func (wb *Workbench) DrawMask(ctx context.Context, recording string, act wear.Act, list []wear.Interval, by By) error {
	if strings.TrimSpace(by.Reason) == "" {
		return errNoReason
	}
	lib, r, layers, err := wb.layered(ctx, recording)
	if err != nil {
		return err
	}
	l := wear.Layer{Kind: wear.ByHand, Name: handLayer}
	if i := slices.IndexFunc(layers, func(l wear.Layer) bool { return l.Kind == wear.ByHand }); i >= 0 {
		l = layers[i]
	}
	p, err := placedIn(ctx, lib, recording, asNamed)
	if err != nil {
		return err
	}
	for _, i := range list {
		if n := len(p.Recording.Activity); i.From < 0 || i.To > n || i.From >= i.To {
			return fmt.Errorf("the mask from epoch %d to %d does not lie within the recording's %d", i.From, i.To, n)
		}
	}
	l.Revision = wb.revision(by, act, true, moved(list, p.ToFile))
	return wb.change(ctx, lib, r, l)
}

// SwitchLayer turns a layer of a recording on or off.
func (wb *Workbench) SwitchLayer(ctx context.Context, recording string, id int64, on bool, by By) error {
	return wb.revise(ctx, recording, id, func(l *wear.Layer) { l.Revision = wb.revision(by, wear.Switched, on, l.Intervals) })
}

// RemoveLayer takes a layer off a recording; its history stays.
func (wb *Workbench) RemoveLayer(ctx context.Context, recording string, id int64, by By) error {
	return wb.revise(ctx, recording, id, func(l *wear.Layer) { l.Revision = wb.revision(by, wear.Removed, false, l.Intervals) })
}

func (wb *Workbench) revise(ctx context.Context, recording string, id int64, how func(*wear.Layer)) error {
	lib, r, layers, err := wb.layered(ctx, recording)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(layers, func(l wear.Layer) bool { return l.ID == id })
	if i < 0 {
		return fmt.Errorf("the recording of %s has no layer %d", r.Subject, id)
	}
	how(&layers[i])
	return wb.change(ctx, lib, r, layers[i])
}

// layered reads a recording as its file has it, with its layers: intervals that
// are stored count the epochs of the file, whatever zone is named.
func (wb *Workbench) layered(ctx context.Context, recording string) (Library, *actigraphy.Recording, []wear.Layer, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, nil, nil, err
	}
	r, err := stored(lib).Recording(ctx, recording)
	if err != nil {
		return nil, nil, nil, err
	}
	layers, err := lib.Layers(ctx, recording)
	return lib, r, layers, err
}

// change stores a layer and what all layers of its recording then make.
func (wb *Workbench) change(ctx context.Context, lib Library, r *actigraphy.Recording, l wear.Layer) error {
	rule, err := validDay(ctx, lib)
	if err != nil {
		return err
	}
	if err := changeLayers(ctx, lib, r.ID(), []wear.Layer{l}, rule); err != nil {
		return err
	}
	wb.notify(MasksChanged, RecordingsChanged, ResultsChanged)
	return nil
}

// changeLayers stores layers and what all layers of their recording say then of its
// days.
func changeLayers(ctx context.Context, lib Library, recording string, changes []wear.Layer, rule wear.ValidDay) error {
	p, err := forDays(ctx, lib, recording)
	if err != nil {
		return err
	}
	_, err = lib.ChangeLayers(ctx, recording, changes, func(all []wear.Layer) wear.Summary {
		return p.summary(wear.Combine(all, rule))
	})
	return err
}

// forDays reads a recording for its days: those of its zone, or of its file where the
// zone contradicts it.
func forDays(ctx context.Context, lib Library, recording string) (placed, error) {
	p, err := placedIn(ctx, lib, recording, asNamed)
	if contradicts(err) {
		p.Placed, err = zone.Placed{Recording: p.asRead}, nil
	}
	return p, err
}

// summary counts what is worn on each day under a mask in epochs of the file.
func (p placed) summary(m wear.Mask) wear.Summary { return p.wearOf(m).Summarise(p.Recording) }

// recountDays counts again what was worn on each day of the recordings with
// layers: in another zone they have other days.
func recountDays(ctx context.Context, lib Library) error {
	layers, err := lib.Layers(ctx, "")
	if err != nil || len(layers) == 0 {
		return err
	}
	rule, err := validDay(ctx, lib)
	if err != nil {
		return err
	}
	done := map[string]bool{}
	for _, l := range layers {
		if done[l.Recording] {
			continue
		}
		done[l.Recording] = true
		if err := changeLayers(ctx, lib, l.Recording, nil, rule); err != nil {
			return err
		}
	}
	return nil
}

// DetectOptions choose how to look for non-wear, and where.
type DetectOptions struct {
	Recordings Selection
	Method     string
	Values     wear.Values // those not given have their defaults
	By         By
}

// Detected is what a method found in one recording.
type Detected struct {
	Recording string `json:"recording"`
	Subject   string `json:"subject"`
	Periods   int    `json:"periods"`
	Minutes   int    `json:"minutes"`         // without wear
	Already   bool   `json:"already"`         // the layer was there
	Error     string `json:"error,omitempty"` // why the method is not for this recording
}

// DetectReport is what a method found.
type DetectReport struct {
	Method     string      `json:"method"`
	Parameters wear.Values `json:"parameters"`
	Found      []Detected  `json:"found"`
}

// Failed returns how many recordings the method was not for.
func (r DetectReport) Failed() int {
	n := 0
	for _, d := range r.Found {
		if d.Error != "" {
			n++
		}
	}
	return n
}

// Summary returns the counts in words.
func (r DetectReport) Summary() string {
	periods := 0
	for _, d := range r.Found {
		periods += d.Periods
	}
	return fmt.Sprintf("%d periods without wear in %d recordings, %d left out", periods, len(r.Found)-r.Failed(), r.Failed())
}

// DetectNonWear looks for non-wear in recordings and adds what it finds to each
// as a layer that is on. A layer of the same method and parameters that is there
// is switched on. A recording that the method is not for is in the report.
func (wb *Workbench) DetectNonWear(ctx context.Context, o DetectOptions, progress Progress) (DetectReport, error) {
	lib, err := wb.Library()
	if err != nil {
		return DetectReport{}, err
	}
	d, err := wb.newDetection(lib, o)
	if err != nil {
		return DetectReport{}, err
	}
	infos, err := chosen(ctx, lib, o.Recordings)
	if err != nil {
		return DetectReport{}, err
	}
	rule, err := validDay(ctx, lib)
	if err != nil {
		return DetectReport{}, err
	}
	err = wb.jobs.Do(ctx, "Detect non-wear: "+d.method.Name, func(ctx context.Context, job Progress) (string, error) {
		err := d.all(ctx, infos, both(job, progress), func(c wear.Change) error {
			return changeLayers(ctx, lib, c.Recording, c.Layers, rule)
		})
		return d.report.Summary(), err
	})
	wb.notify(MasksChanged, RecordingsChanged, ResultsChanged)
	return d.report, err
}
