package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync/atomic"
	"time"

	"circascope/actigraphy"
	"circascope/plots"
)

// DayKind chooses days of the week.
type DayKind string

// The kinds of days.
const (
	EveryDay DayKind = "all"
	Weekdays DayKind = "weekdays" // Monday to Friday
	Weekends DayKind = "weekends" // Saturday and Sunday
)

// DayKinds lists the kinds of days.
func DayKinds() []DayKind { return []DayKind{EveryDay, Weekdays, Weekends} }

func (k DayKind) words() string {
	if k == EveryDay {
		return "all days"
	}
	return string(k)
}

// has reports whether a day of the week is of the kind.
func (k DayKind) has(d time.Weekday) bool {
	weekend := d == time.Saturday || d == time.Sunday
	return k == EveryDay || weekend == (k == Weekends)
}

// ProfileOptions choose how average days of recordings are made.
type ProfileOptions struct {
	Days       DayKind `json:"days"`        // "" for all
	BinMinutes int     `json:"bin_minutes"` // they divide a day; 0 for 10
	Log        bool    `json:"log"`         // of ln(1+x) of each minute in place of x
}

// DayProfile is the average day of a recording: over days, the mean of each bin's mean.
// What was not worn and days that are not valid are missing, and nothing is filled in.
type DayProfile struct {
	actigraphy.Info           // its mask is the one that was applied
	Mean            []float64 // of bins from midnight on, as the wall clock showed them; NaN where no day has a value
	Days            []int     // how many days are behind each bin
	Unit            string    // of the values
	Reason          string    // why there is no average day; a clause
}

// complete fills in what is usual, and refuses what can't be.
func (o ProfileOptions) complete() (ProfileOptions, error) {
	if o.Days == "" {
		o.Days = EveryDay
	}
	if o.BinMinutes == 0 {
		o.BinMinutes = averageBin
	}
	if !slices.Contains(DayKinds(), o.Days) {
		return o, fmt.Errorf("days %q: choose all, weekdays or weekends", o.Days)
	}
	if o.BinMinutes < 1 || o.BinMinutes > 240 || 1440%o.BinMinutes != 0 {
		return o, fmt.Errorf("bins of %d minutes: want a number from 1 to 240 that divides a day", o.BinMinutes)
	}
	return o, nil
}

// DayProfiles gives the average days of recordings to emit, one after the other in the
// order of the library. A recording that has none comes with the reason, as one with
// fewer valid days than the study's protocol wants. Several recordings are a job.
func (wb *Workbench) DayProfiles(ctx context.Context, of Selection, o ProfileOptions, progress Progress, emit func(DayProfile) error) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	infos, err := chosen(ctx, lib, of)
	if err != nil {
		return err
	}
	study, err := studyOf(ctx, lib)
	if err != nil {
		return err
	}
	return wb.jobs.Do(ctx, fmt.Sprintf("Average days of %d recordings", len(infos)), func(ctx context.Context, job Progress) (string, error) {
		progress := both(job, progress)
		var done atomic.Int64
		progress(0, int64(len(infos)), "")
		err := parallelInOrder(ctx, len(infos), func(ctx context.Context, i int) (DayProfile, error) {
			p, err := o.profile(ctx, lib, infos[i], study.wanted())
			progress(done.Add(1), int64(len(infos)), infos[i].Subject)
			return p, err
		}, emit)
		return fmt.Sprintf("%d of %d recordings", done.Load(), len(infos)), err
	})
}

// profile is the average day of one recording. The error is one of ctx.
func (o ProfileOptions) profile(ctx context.Context, lib Library, info actigraphy.Info, wanted wantedDays) (DayProfile, error) {
	p := DayProfile{Info: info}
	if p.Reason = wanted.tooFew(info); p.Reason != "" {
		return p, nil
	}
	r, mask, err := worn(ctx, lib, info.ID)
	if ctx.Err() != nil {
		return p, ctx.Err()
	}
	if err == nil {
		p.Mask = mask
		err = o.fill(&p, r)
	}
	if err != nil {
		p.Reason = err.Error()
	}
	return p, nil
}

// fill averages the days of a recording.
func (o ProfileOptions) fill(p *DayProfile, r *actigraphy.Recording) error {
	if r.Start.IsZero() {
		return errors.New("it has no time of day")
	}
	m, err := plots.Days(r, "")
	if err != nil {
		return err
	}
	cell := int(m.CellMinutes())
	if cell == 0 || o.BinMinutes%cell != 0 {
		return fmt.Errorf("its epochs of %v do not divide bins of %d minutes", actigraphy.InWords(r.Epoch), o.BinMinutes)
	}
	p.Unit = m.Unit
	if o.Log {
		if p.Unit = "ln(1 + " + m.Unit + ")"; !logOnePlus(m.Values) {
			return errors.New("it has values of -1 and less, of which there is no ln(1+x)")
		}
	}
	m.Labels, m.Values = o.keep(m, r.Start.Clock())
	curve := plots.AverageDay(m, o.BinMinutes, plots.BandSD)
	p.Mean, p.Days = curve.Mean, curve.N
	return nil
}

// keep returns the days of the wanted kind; first is on the first of all.
func (o ProfileOptions) keep(m plots.DayMatrix, first time.Time) (labels []string, values []float64) {
	for i, label := range m.Labels {
		if o.Days.has(first.AddDate(0, 0, i).Weekday()) {
			labels, values = append(labels, label), append(values, m.Row(i)...)
		}
	}
	return labels, values
}

// logOnePlus puts ln(1+x) in the place of each x, and reports whether all have one.
func logOnePlus(values []float64) bool {
	for i, v := range values {
		if v <= -1 {
			return false
		}
		values[i] = math.Log1p(v) // NaN stay
	}
	return true
}

// fewest returns the bin with the fewest days, and how many it has.
func (p DayProfile) fewest() (bin, days int) {
	days = math.MaxInt
	for i, n := range p.Days {
		if n < days {
			bin, days = i, n
		}
	}
	return bin, days
}
