package xpt

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

const (
	minutesPerDay  = 1440
	minutesPerWeek = 7 * minutesPerDay
	counterMaximum = 32767 // the ActiGraph 7164 counts no further in an epoch
)

// readRaw makes the recording of a participant of PAXRAW: one-minute counts of an
// ActiGraph 7164 on the hip, with weekday, hour and minute of each. PAXN numbers
// the minutes; those it passes over are not recorded. (NHANES documentation of
// PAXRAW_C and PAXRAW_D.)
func readRaw(p *person) (*actigraphy.Recording, error) {
	at, err := p.positions("PAXN", 1)
	if err != nil {
		return nil, err
	}
	start, err := p.week(0)
	if err != nil {
		return nil, err
	}
	for i := range at {
		week, err := p.week(i)
		if err != nil {
			return nil, err
		}
		if want := (start + at[i]) % minutesPerWeek; week != want {
			return nil, p.fault(i, "minute "+weekTime(want)+" by its number PAXN", weekTime(week))
		}
	}
	r := p.recording("PAXINTEN", "ActiGraph 7164", "hip", at)
	r.Start = actigraphy.Undated(time.Weekday(start/minutesPerDay), time.Duration(start%minutesPerDay)*time.Minute)
	r.Unit = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph"}
	r.Source.Notes = append(r.Source.Notes, "The table names weekdays and no dates.",
		"Taken as NHANES 2003-2006: counts of an ActiGraph 7164 on the hip.")
	if err := p.check(r, "PAXINTEN", at); err != nil {
		return nil, err
	}
	if steps := p.column("PAXSTEP"); steps != nil {
		r.Channels = map[string][]float64{actigraphy.ChannelSteps: spread(steps, at, len(r.Activity))}
	}
	full := 0
	for _, v := range r.Activity {
		if v >= counterMaximum {
			full++
		}
	}
	if full > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d minutes hold %d or more, the most that the device counts: they may be faults of it.", full, counterMaximum))
	}
	p.noteFlag(r, "PAXSTAT", map[float64]string{
		2: "NHANES flags the data of this participant as not reliable (PAXSTAT is 2).",
	})
	p.noteFlag(r, "PAXCAL", map[float64]string{
		2: "The device was out of calibration when it came back (PAXCAL is 2).",
		9: "It is not known whether the device was in calibration when it came back (PAXCAL is 9).",
	})
	return r, nil
}

// week returns the minute of a row after midnight on Sunday.
func (p *person) week(row int) (int, error) {
	d, h, m := p.column("PAXDAY")[row], p.column("PAXHOUR")[row], p.column("PAXMINUT")[row]
	if !isCode(d, 1, 7) || !isCode(h, 0, 23) || !isCode(m, 0, 59) {
		return 0, p.fault(row, "a weekday from 1 (Sunday) to 7, an hour and a minute", fmt.Sprintf("%v, %v and %v", d, h, m))
	}
	return (int(d)-1)*minutesPerDay + int(h)*60 + int(m), nil
}

func isCode(v, from, to float64) bool { return v >= from && v <= to && v == math.Trunc(v) }

func weekTime(minute int) string {
	return fmt.Sprintf("%s %02d:%02d", time.Weekday(minute / minutesPerDay).String()[:3], minute%minutesPerDay/60, minute%60)
}

// noteFlag adds a note for a flag of the participant. It stands in every row.
func (p *person) noteFlag(r *actigraphy.Recording, name string, notes map[float64]string) {
	if flags := p.column(name); len(flags) > 0 && notes[flags[0]] != "" {
		r.Source.Notes = append(r.Source.Notes, notes[flags[0]])
	}
}
