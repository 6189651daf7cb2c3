package sleep

import (
	"errors"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

var (
	vanHees2015 = Reference{"van Hees VT, Sabia S, Anderson KN, Denton SJ, Oliver J, Catt M, et al.", 2015, "10.1371/journal.pone.0142533"}
	vanHees2018 = Reference{"van Hees VT, Sabia S, Jones SE, Wood AR, Anderson KN, Kivimäki M, et al.", 2018, "10.1038/s41598-018-31266-z"}
)

// angleEpoch is the epoch that both algorithms on the angle are made for.
const angleEpoch = 5 * time.Second

const angleNeeds = "the angle of the z axis of a raw recording, in epochs of 5 s"

// angle returns the angle-z of a recording made from raw acceleration.
func angle(r *actigraphy.Recording) (series, error) {
	x := r.Channels[actigraphy.ChannelAngleZ]
	if x == nil {
		return series{}, fmt.Errorf("the recording has no channel %q: import it from raw acceleration", actigraphy.ChannelAngleZ)
	}
	if r.Epoch != angleEpoch {
		return series{}, fmt.Errorf("the angle has epochs of %v, expected %v: import the raw file with these", actigraphy.InWords(r.Epoch), actigraphy.InWords(angleEpoch))
	}
	masked := append([]float64{}, x...)
	for i, v := range r.Activity {
		if math.IsNaN(v) {
			masked[i] = v
		}
	}
	return series{r.Start, r.Epoch, masked}, nil
}

func vanHeeses() []Algorithm {
	return []Algorithm{
		{
			ID: "van-hees", Name: "van Hees 2015 (sustained inactivity)", Definition: Paper, Reference: vanHees2015,
			Formula: "asleep where the angle of the z axis does not change by more than 5° from one epoch to the next, for at least 5 min",
			Parameters: []Parameter{
				{Name: "angle", Unit: "degrees", Meaning: "largest change that is none", Default: 5, Min: .1, Max: 90},
				{Name: "time", Unit: "min", Meaning: "shortest time without a change", Default: 5, Min: .1, Max: 120},
			},
			Needs:   angleNeeds,
			Missing: "a missing epoch is unknown and ends a time without change",
			input:   angle,
			score: func(s series, v Values) (scored, error) {
				return s.scored(unturned(s.x, v["angle"], s.minutes(v["time"]))), nil
			},
		},
		{
			ID: "hdcza", Name: "HDCZA (sleep period time window)", Definition: Paper, Reference: vanHees2018,
			Formula: "the moving median of 5 min of the change of the angle is below 15 × its 10th percentile of the day from noon to noon, kept between .13° and .5°; " +
				"of these times, those longer than 30 min; those less than 60 min apart are joined; the longest of a day is rest",
			Parameters: []Parameter{
				{Name: "median", Unit: "min", Meaning: "length of the median", Default: 5, Min: 1, Max: 60},
				{Name: "factor", Meaning: "of the 10th percentile", Default: 15, Min: 1, Max: 100},
				{Name: "block", Unit: "min", Meaning: "times must be longer", Default: 30, Min: 1, Max: 600},
				{Name: "gap", Unit: "min", Meaning: "less apart, they are joined", Default: 60, Min: 0, Max: 600},
			},
			Needs:   angleNeeds + "; the time of day",
			Missing: "missing epochs are left out of the median and are unknown",
			input:   angle,
			score:   hdczaScore,
		},
	}
}

// unturned scores runs of epochs between which the angle holds as asleep, if they
// are long enough.
func unturned(angle []float64, most float64, least int) []State {
	states := make([]State, len(angle))
	for from := 0; from < len(angle); {
		if math.IsNaN(angle[from]) {
			from++
			continue
		}
		to := from + 1
		for to < len(angle) && math.Abs(angle[to]-angle[to-1]) <= most { // false where missing
			to++
		}
		state := Wake
		if to-from >= least {
			state = Asleep
		}
		fill(states, span{from, to}, state)
		from = to
	}
	return states
}

// The bounds of HDCZA's threshold, in degrees.
const (
	hdczaLeast = .13
	hdczaMost  = .5
)

func hdczaScore(s series, v Values) (scored, error) {
	if s.start.IsZero() {
		return scored{}, errors.New("the time of day is not known")
	}
	change := make([]float64, len(s.x))
	change[0] = math.NaN()
	for i := 1; i < len(change); i++ {
		change[i] = math.Abs(s.x[i] - s.x[i-1])
	}
	calm := movingMedian(change, s.minutes(v["median"])/2, 1)
	states := make([]State, len(s.x))
	for _, day := range noonToNoon(s) {
		window := longestCalm(calm[day.from:day.to], v["factor"], s.minutes(v["block"]), s.minutes(v["gap"]))
		fill(states, day, Wake)
		fill(states, span{day.from + window.from, day.from + window.to}, Rest)
	}
	for i, a := range s.x {
		if math.IsNaN(a) {
			states[i] = Unknown
		}
	}
	return s.scored(states), nil
}

// noonToNoon cuts a series at noon.
func noonToNoon(s series) []span {
	const day = 24 * time.Hour
	first := int((day/2 - s.start.SinceMidnight() + day) % day / s.epoch)
	var days []span
	from := 0
	for to := first; from < len(s.x); to += int(day / s.epoch) {
		if to > 0 {
			days = append(days, span{from, min(to, len(s.x))})
			from = days[len(days)-1].to
		}
	}
	return days
}

// longestCalm returns the longest time at rest within a day, empty if there is none.
func longestCalm(calm []float64, factor float64, block, gap int) span {
	threshold := min(max(factor*quantile(calm, .1), hdczaLeast), hdczaMost)
	var kept []span
	for i := 0; i < len(calm); i++ {
		from := i
		for i < len(calm) && calm[i] < threshold {
			i++
		}
		switch {
		case i-from <= block:
		case len(kept) > 0 && from-kept[len(kept)-1].to < gap:
			kept[len(kept)-1].to = i
		default:
			kept = append(kept, span{from, i})
		}
	}
	longest := span{}
	for _, k := range kept {
		if k.length() > longest.length() {
			longest = k
		}
	}
	return longest
}
