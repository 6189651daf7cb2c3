package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
	"circascope/plots"
)

// NightOptions choose how nights are found and summed up.
type NightOptions struct {
	Definition metrics.Definition // "" for the usual one of the study
	Set        []string           // parameters of the measure TST, as metrics.Set takes them: "scoring=sadeh"
	Diary      bool               // takes the diary's rest periods, as a protocol may; else they are found as the parameters say. Those changed by hand come first
}

// DrawNights shows a recording night by night: time in bed, sleep, awakenings and
// midsleep, as behind the measure TST with the same parameters.
func (wb *Workbench) DrawNights(ctx context.Context, id string, o NightOptions) (Drawing, error) {
	s, found, err := wb.nights(ctx, id, o)
	if err != nil {
		return Drawing{}, err
	}
	chart := plots.Nights{Labels: s.labels("nights", methodWords(found.Metric)), Rows: nightRows(found, s.r)}
	return Drawing{chart, nightTable(found), s.sources("nights", map[string]any{
		"measure": found.Metric, "diary": o.Diary || s.study.byDiary(), "nights": len(found.Nights), "naps": len(found.Naps),
	}, found.Metric)}, nil
}

// nights finds the nights of a recording.
func (wb *Workbench) nights(ctx context.Context, id string, o NightOptions) (sitter, metrics.Nights, error) {
	s, err := wb.sit(ctx, id)
	if err != nil {
		return s, metrics.Nights{}, err
	}
	m, ok := s.study.Find(o.Definition, "TST")
	if !ok {
		return s, metrics.Nights{}, fmt.Errorf("the definition %q does not sum up nights: choose %s or %s", cmp.Or(o.Definition, s.study.Definition()), metrics.Paper, metrics.Vendor)
	}
	list, err := metrics.Set([]metrics.Metric{m}, o.Set)
	if err != nil {
		return s, metrics.Nights{}, err
	}
	in := metrics.Input{Recording: s.r}
	if in.Rest, err = wb.ManualRest(ctx, s.info.ID); err == nil && in.Rest == nil && (o.Diary || s.study.byDiary()) {
		in.Rest, err = wb.diaryRest(ctx, s)
	}
	if err != nil {
		return s, metrics.Nights{}, err
	}
	found, err := list[0].Nights(in)
	if err != nil {
		return s, found, fmt.Errorf("no nights of %s: %w", s.info.Subject, err)
	}
	return s, found, nil
}

// diaryRest returns the diary's rest periods that touch the recording.
func (wb *Workbench) diaryRest(ctx context.Context, s sitter) ([]sleep.Period, error) {
	told, err := wb.DiaryEntries(ctx, s.info.Subject)
	if err != nil {
		return nil, err
	}
	periods, err := sleep.DiaryPeriods(told, s.r.Start)
	if err != nil {
		return nil, err
	}
	within := []sleep.Period{}
	for _, p := range periods {
		if p.To.Sub(s.r.Start) > 0 && s.r.End().Sub(p.From) > 0 {
			within = append(within, p)
		}
	}
	if len(within) == 0 {
		return nil, errors.New("the diaries of the library tell of no night of " + s.info.Subject + " within the recording; import one with 'pat diary import', or let rest periods be found")
	}
	return within, nil
}

// nightTable lists nights, then naps, with all their numbers.
func nightTable(found metrics.Nights) Table {
	t := Table{Name: "nights", Header: []string{
		"evening", "kind", "weekend", "bed", "lights_off", "onset", "offset", "rise", "origin", "by", "valid", "reason", "unscored_share",
	}}
	var measures []sleep.NightMeasure
	for _, m := range sleep.NightMeasures() {
		if m.Program == "" || found.Definition == metrics.Vendor {
			measures = append(measures, m)
			t.Header = append(t.Header, m.ID)
			t.as(Real, m.ID)
		}
	}
	t.as(Truth, "weekend", "valid")
	t.as(Real, "unscored_share")
	for _, list := range [][]sleep.Night{found.Nights, found.Naps} {
		for _, n := range list {
			row := []string{
				n.Evening(), string(n.Kind), strconv.FormatBool(n.Weekend()), n.From.String(), n.LightsOff.String(),
				n.Onset.String(), n.Offset.String(), n.To.String(), n.Stated(), n.By, strconv.FormatBool(n.Valid()), n.Reason, known(n.Unknown),
			}
			for _, m := range measures {
				row = append(row, known(m.Value(n)))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
