package app

import (
	"context"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
	"circascope/plots"
)

// The parts of an overlay, for Overlay.Problems.
const (
	ScoringPart = "scoring"
	RestPart    = "rest"
	WindowsPart = "windows"
	CosinorPart = "cosinor"
)

// Overlay is what Overlays make of one recording. A part that the recording does not
// allow is missing, and Problems says why.
type Overlay struct {
	Problems map[string]string // by part
	Scored   []plots.MaskPaint
	Rest     []plots.MaskPaint
	Periods  []sleep.Period
	Windows  []plots.DayWindow
	Fit      plots.DayFit
	Off      []plots.DayOff

	counted   plots.DayMatrix
	light     plots.DayMatrix
	noAverage bool
	details   map[string]any
	study     Study
	choice    Overlays
	measures  []metrics.Metric // that were computed
}

// Over lays it over an actogram and adds to the sources what it was computed with.
func (o Overlay) Over(chart plots.Actogram, src Sources) (plots.Actogram, Sources) {
	chart.Masks = slices.Concat(chart.Masks, o.Scored, o.Rest)
	chart.Counted, chart.CountedLight, chart.NoAverage = o.counted, o.light, o.noAverage
	chart.Off, chart.Windows, chart.Fit = o.Off, o.Windows, o.Fit
	if len(o.details) > 0 {
		src = src.With("overlays", o.details)
	}
	src = src.Of(o.study, o.measures)
	if src.Protocol != nil {
		src.Protocol.Deviations = append(src.Protocol.Deviations, o.choice.Deviations(o.study)...)
	}
	return chart, src
}

// Err returns the problems as one error, nil where every part is there.
func (o Overlay) Err() error {
	for _, part := range []string{ScoringPart, RestPart, WindowsPart, CosinorPart} {
		if why := o.Problems[part]; why != "" {
			return fmt.Errorf("no %s on this actogram: %s", part, why)
		}
	}
	return nil
}

// Told is what people tell of the rest of a recording.
type Told struct {
	Diary  []diary.Entry
	Manual []sleep.Period // rest periods as they were changed by hand; nil where nobody did
}

// LayOver computes what is laid over the actogram of a recording: with the mask of w,
// which is of the same recording, and what people tell. L5, M10 and the cosinor are the
// measures as the study has them; without a choice sleep is scored as in its measures.
func LayOver(ctx context.Context, study Study, r *actigraphy.Recording, w Wear, told Told, o Overlays) (Overlay, error) {
	l := layer{study: study, reason: study.wanted().tooFew(w.Recording), r: r, worn: w.Mask.Apply(r), told: told, choice: o, cells: plots.NewEpochCells(r)}
	l.out = Overlay{Problems: map[string]string{}, details: map[string]any{}, noAverage: o.NoAverage, study: study, choice: o}
	var err error
	if l.out.counted, err = plots.Days(l.worn, ""); err != nil {
		return Overlay{}, err
	}
	if l.out.light, err = countedLight(l.worn); err != nil {
		return Overlay{}, err
	}
	l.daysOff(w)
	for _, part := range []struct {
		name string
		on   bool
		lay  func() error
	}{
		{ScoringPart, o.Scoring.ID != "", l.scoring},
		{RestPart, o.Rest != "", l.rest},
		{WindowsPart, o.Windows, l.windows},
		{CosinorPart, o.Cosinor, l.cosinor},
	} {
		if err := ctx.Err(); err != nil {
			return Overlay{}, err
		}
		if !part.on {
			continue
		}
		if err := part.lay(); err != nil {
			l.out.Problems[part.name] = err.Error()
		}
	}
	return l.out, nil
}

// countedLight is the light of the epochs whose activity counts, as measures of light
// take it; nothing of a recording without light.
func countedLight(worn *actigraphy.Recording) (plots.DayMatrix, error) {
	light := slices.Clone(worn.Channels[actigraphy.ChannelLight])
	if len(light) != len(worn.Activity) {
		return plots.DayMatrix{}, nil
	}
	for i, v := range worn.Activity {
		if math.IsNaN(v) {
			light[i] = v
		}
	}
	r := *worn
	r.Channels = map[string][]float64{actigraphy.ChannelLight: light}
	return plots.Days(&r, actigraphy.ChannelLight)
}

// layer is an overlay in the making.
type layer struct {
	study   Study
	reason  string // why measures have no value, "" where they may
	r, worn *actigraphy.Recording
	told    Told
	choice  Overlays
	cells   plots.EpochCells
	out     Overlay
}

// daysOff marks the days that are not valid.
func (l *layer) daysOff(w Wear) {
	if !w.Mask.Judged() || len(l.cells) == 0 || l.out.counted.Columns == 0 {
		return
	}
	first := l.cells[0] / l.out.counted.Columns
	for i, d := range w.Days {
		if !d.Valid(w.Mask.Day) {
			l.out.Off = append(l.out.Off, plots.DayOff{
				Row: first + i,
				Why: fmt.Sprintf("does not count: worn %s, a valid day is worn %g h", actigraphy.InWords(d.Worn), w.Mask.Day.Hours),
			})
		}
	}
}
