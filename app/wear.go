package app

import (
	"context"
	"fmt"
	"strconv"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
)

// validDaySetting is where a library keeps its rule of the valid day, in hours.
const validDaySetting = "valid day hours"

// ValidDay returns the open library's rule of the valid day; until somebody
// chooses one it is wear.DefaultValidDay.
func (wb *Workbench) ValidDay(ctx context.Context) (wear.ValidDay, error) {
	lib, err := wb.Library()
	if err != nil {
		return wear.ValidDay{}, err
	}
	return validDay(ctx, lib)
}

func validDay(ctx context.Context, lib Library) (wear.ValidDay, error) {
	text, err := lib.Setting(ctx, validDaySetting)
	if err != nil || text == "" {
		return wear.DefaultValidDay(), err
	}
	hours, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return wear.ValidDay{}, fmt.Errorf("the library's rule of the valid day, %q, is no number of hours; choose it again", text)
	}
	v := wear.ValidDay{Hours: hours}
	return v, v.Validate()
}

// SetValidDay chooses the rule of the valid day for the open library. Every
// recording with a mask has another mask from then on: its results are computed
// again by the next run, and those made under the old rule are not shown.
func (wb *Workbench) SetValidDay(ctx context.Context, v wear.ValidDay) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	if err := v.Validate(); err != nil {
		return err
	}
	if err = lib.ChangeStudy(ctx, map[string]string{validDaySetting: validDayText(v)}, nil, maskUnder(v)); err != nil {
		return err
	}
	wb.notify(MasksChanged, RecordingsChanged, ResultsChanged)
	return nil
}

func validDayText(v wear.ValidDay) string { return strconv.FormatFloat(v.Hours, 'g', -1, 64) }

// maskUnder returns the id of the mask that layers make under a rule.
func maskUnder(rule wear.ValidDay) func([]wear.Layer) string {
	return func(layers []wear.Layer) string { return wear.Combine(layers, rule).ID }
}

// Wear is what is known of when one recording was worn.
type Wear struct {
	Recording actigraphy.Info `json:"recording"`
	Layers    []wear.Layer    `json:"layers"` // oldest first
	Mask      wear.Mask       `json:"mask"`   // what those that are on make together
	Days      []wear.Day      `json:"days"`
}

// Summary returns the minutes worn and the days.
func (w Wear) Summary() wear.Summary {
	return wear.Summary{Mask: w.Recording.Mask, Days: w.Recording.WornDays}
}

// Wear returns the layers of a recording and what they say, in the epochs of r:
// the recording in its zone, or as it was read.
func (wb *Workbench) Wear(ctx context.Context, r *actigraphy.Recording) (Wear, error) {
	lib, err := wb.Library()
	if err != nil {
		return Wear{}, err
	}
	layers, err := lib.Layers(ctx, r.ID())
	if err != nil {
		return Wear{}, err
	}
	rule, err := validDay(ctx, lib)
	if err != nil {
		return Wear{}, err
	}
	w := Wear{Recording: actigraphy.Describe(r), Layers: layers, Mask: wear.Combine(layers, rule)}
	p, err := placedIn(ctx, lib, r.ID(), asNamed)
	if err != nil {
		return Wear{}, err
	}
	if !r.Start.Equal(p.asRead.Start) {
		w.Mask = p.wearOf(w.Mask)
		for i := range layers {
			layers[i].Intervals = moved(layers[i].Intervals, p.FromFile)
		}
	}
	w.Days = w.Mask.Days(r)
	s := w.Mask.Summarise(r)
	w.Recording.Mask, w.Recording.WornDays = s.Mask, s.Days
	return w, nil
}

// WearHistory lists every revision of every layer of a recording, in the order
// they were made, those that were removed too.
func (wb *Workbench) WearHistory(ctx context.Context, recording string) ([]wear.Layer, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	return lib.LayerHistory(ctx, recording)
}

// worn reads a recording as weeks and measures take it: what was not worn is
// missing, and so are the days that are not valid. It returns the id of the mask,
// "" where there is none; it belongs into the provenance of whatever is computed.
func worn(ctx context.Context, lib Library, id string) (*actigraphy.Recording, string, error) {
	p, mask, err := wornIn(ctx, lib, id, asNamed)
	return p.Recording, mask, err
}

// wornIn is worn in a zone.
func wornIn(ctx context.Context, lib Library, id string, how placing) (placed, string, error) {
	p, err := placedIn(ctx, lib, id, how)
	if err != nil {
		return p, "", err
	}
	layers, err := lib.Layers(ctx, id)
	if err != nil || len(layers) == 0 {
		return p, "", err
	}
	rule, err := validDay(ctx, lib)
	if err != nil {
		return p, "", err
	}
	mask := wear.Combine(layers, rule)
	p.Recording = p.wearOf(mask).Apply(p.Recording)
	return p, mask.ID, nil
}
