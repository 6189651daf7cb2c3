package xpt

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

const (
	samplesPerMinute = 80 * 60 // the device of 2011-2014 measured at 80 Hz
	noMIMS           = -0.01   // stands for MIMS that could not be computed
)

// channelPrediction holds NHANES's own guess of a minute: 1 awake, 2 asleep, 3
// not worn, 4 unknown.
const channelPrediction = "NHANES wake 1, sleep 2, not worn 3, unknown 4"

// readMinutes makes the recording of a participant of PAXMIN: MIMS of an
// ActiGraph GT3X+ on the wrist. A row names the day of wear (PAXDAYM, from 1), its
// weekday and its first sample (PAXSSNMP, at 80 Hz from the start), but no time of
// day. Days of wear change at midnight, which gives it: of a participant whose rows
// do not cross a midnight it returns nil. (NHANES documentation of PAXMIN_G and
// PAXMIN_H.)
func readMinutes(p *person) (*actigraphy.Recording, error) {
	at, err := p.positions("PAXSSNMP", samplesPerMinute)
	if err != nil {
		return nil, err
	}
	midnight, err := p.midnight(at)
	if err != nil || midnight < 0 {
		return nil, err
	}
	weekday := p.column("PAXDAYWM")[0]
	if !isCode(weekday, 1, 7) {
		return nil, p.fault(0, "a weekday from 1 (Sunday) to 7 in PAXDAYWM", fmt.Sprint(weekday))
	}
	mims := p.column("PAXMTSM")
	unknown := 0
	for i, v := range mims {
		if math.Abs(v-noMIMS) < 1e-9 {
			mims[i] = math.NaN()
			unknown++
		}
	}
	r := p.recording("PAXMTSM", "ActiGraph GT3X+", "wrist", at)
	sinceMidnight := (minutesPerDay - midnight%minutesPerDay) % minutesPerDay
	r.Start = actigraphy.Undated(time.Weekday(weekday-1), time.Duration(sinceMidnight)*time.Minute)
	r.Unit = actigraphy.Unit{Quantity: "MIMS"}
	r.Source.Notes = append(r.Source.Notes, "The table names weekdays and no dates.",
		fmt.Sprintf("It names no time of day either: the first minute is taken as %02d:%02d, because the day of wear changes %d minutes later.",
			sinceMidnight/60, sinceMidnight%60, midnight),
		"Taken as NHANES 2011-2014: MIMS of an ActiGraph GT3X+ on the wrist.")
	if unknown > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d minutes have MIMS of -0.01, which stands for none; they are marked as not recorded.", unknown))
	}
	p.addChannels(r, at)
	return r, p.check(r, "PAXMTSM", at)
}

// midnight returns the minutes from the first row to the first midnight, -1 where
// the rows do not show one. Every change of the day between two minutes that
// follow each other must be a midnight.
func (p *person) midnight(at []int) (int, error) {
	days := p.column("PAXDAYM")
	first := -1
	for i := 1; i < len(at); i++ {
		switch step := days[i] - days[i-1]; {
		case step == 0:
		case step < 0 || step != math.Trunc(step):
			return 0, p.fault(i, "PAXDAYM, the day of wear, to count up", fmt.Sprintf("%v after %v", days[i], days[i-1]))
		case at[i]-at[i-1] > 1: // the midnight lies somewhere in the gap
		case first < 0:
			first = at[i]
		case (at[i]-first)%minutesPerDay != 0:
			return 0, p.fault(i, "whole days between changes of PAXDAYM", fmt.Sprintf("a change after %d minutes", at[i]-first))
		}
	}
	if first < 0 {
		return -1, nil
	}
	return first % minutesPerDay, nil
}

// addChannels adds light, wear, NHANES's guess and the number of quality flags,
// and notes doubtful minutes.
func (p *person) addChannels(r *actigraphy.Recording, at []int) {
	r.Channels = make(map[string][]float64)
	add := func(channel string, values []float64) {
		if values != nil {
			r.Channels[channel] = spread(values, at, len(r.Activity))
		}
	}
	add(actigraphy.ChannelLight, p.column("PAXLXMM"))
	if guesses := p.column("PAXPREDM"); guesses != nil {
		add(channelPrediction, guesses)
		add(actigraphy.ChannelWear, worn(guesses))
		r.Source.Notes = append(r.Source.Notes, "Wear is NHANES's own estimate (PAXPREDM).")
	}
	add("quality flags", p.column("PAXQFM"))
	flagged, partial := 0, 0
	for _, n := range p.column("PAXQFM") {
		if n > 0 {
			flagged++
		}
	}
	for _, seconds := range p.column("PAXTSM") {
		if seconds < 60 {
			partial++
		}
	}
	if flagged > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d minutes carry quality flags of NHANES (PAXQFM); they are kept.", flagged))
	}
	if partial > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d minutes have fewer than 60 seconds of valid data (PAXTSM); they are kept.", partial))
	}
}

// worn makes wear flags of NHANES's guesses.
func worn(guesses []float64) []float64 {
	flags := make([]float64, len(guesses))
	for i, g := range guesses {
		switch g {
		case 1, 2:
			flags[i] = 1
		case 3:
			flags[i] = 0
		default:
			flags[i] = math.NaN()
		}
	}
	return flags
}
