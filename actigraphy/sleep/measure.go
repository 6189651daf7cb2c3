package sleep

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// NightMeasure is one number of a night.
type NightMeasure struct {
	ID      string
	Name    string
	Unit    string
	Formula string
	Program string              // the maker's program that alone has it: ActiLife, Actiware; empty for all
	Value   func(Night) float64 // NaN where it is not defined
}

// The programs of makers whose numbers of a night are known.
const (
	ActiLife = "ActiLife"
	Actiware = "Actiware"
)

// NightMeasures returns the numbers of a night in the order of a table.
func NightMeasures() []NightMeasure {
	return []NightMeasure{
		{"TIB", "time in bed", "min", "from the begin of the rest period to its end", "", func(n Night) float64 { return n.TIB }},
		{"TST", "total sleep time", "min", "epochs scored asleep, in minutes", "", func(n Night) float64 { return n.TST }},
		{"SOL", "sleep onset latency", "min", "from lights off, or else from the begin of the rest period, to sleep onset", "", func(n Night) float64 { return n.SOL }},
		{"WASO", "wake after sleep onset", "min", "epochs scored wake after onset, in minutes", "", func(n Night) float64 { return n.WASO }},
		{"snooze", "time in bed after the last sleep", "min", "from the end of the last sleep to the end of the rest period", "", func(n Night) float64 { return n.Snooze }},
		{"SE", "sleep efficiency", "%", "100 TST over the scored part of the time in bed", "", func(n Night) float64 { return n.SE }},
		{"awakenings", "awakenings", "", "runs of wake that WASO counts", "", func(n Night) float64 { return n.Awakenings }},
		{"awakening", "mean length of an awakening", "min", "WASO over the awakenings, 0 without any", "", func(n Night) float64 { return n.Awakening }},
		{"sleep_onset", "time of falling asleep", "h since midnight", "sleep onset, from the midnight after the evening: -1 is 23:00", "", func(n Night) float64 { return n.OnClock(n.Onset) }},
		{"sleep_offset", "time of the last waking up", "h since midnight", "end of the last sleep, from the midnight after the evening", "", func(n Night) float64 { return n.OnClock(n.Offset) }},
		{"midsleep", "midsleep", "h since midnight", "half-way from onset to the end of the last sleep, from the midnight after the evening", "", func(n Night) float64 { return n.Midsleep }},
		{"movement_index", "movement index", "%", "epochs with activity among those of the rest period", ActiLife, func(n Night) float64 { return n.MovementIndex }},
		{"fragmentation_index", "fragmentation index", "%", "runs of sleep of at most a minute among the runs of sleep", ActiLife, func(n Night) float64 { return n.FragmentationIndex }},
		{"sleep_fragmentation_index", "sleep fragmentation index", "%", "movement index plus fragmentation index", ActiLife, func(n Night) float64 { return n.SleepFragmentation }},
		{"mobile", "mobile time", "%", "epochs of at least one count per 15 s among those between onset and the end of the last sleep", Actiware, func(n Night) float64 { return n.Mobile }},
		{"brief_immobile", "immobile bouts of at most a minute", "%", "those among the immobile bouts between onset and the end of the last sleep", Actiware, func(n Night) float64 { return n.BriefImmobile }},
		{"fragmentation_actiware", "fragmentation index of Actiware", "%", "mobile time plus immobile bouts of at most a minute", Actiware, func(n Night) float64 { return n.ActiwareFragment }},
	}
}

// Mean is a mean with the standard deviation of a sample. The mean of nothing is
// NaN, and so is the deviation of one.
type Mean struct {
	Mean, SD float64
	N        int
}

// Means is a measure over the valid nights of a person: those of the evenings from
// Sunday to Thursday, those of Friday and Saturday, and all.
type Means struct {
	Measure            NightMeasure
	Weekdays, Weekends Mean
	All                Mean
}

// MeansOf returns the means of every measure over the valid nights, without naps.
func MeansOf(nights []Night) []Means { return meansOf(withKind(nights, false)) }

// NapMeansOf returns the means of every measure over the valid naps.
func NapMeansOf(nights []Night) []Means { return meansOf(withKind(nights, true)) }

// withKind returns the naps, or all others.
func withKind(nights []Night, naps bool) []Night {
	var kept []Night
	for _, n := range nights {
		if n.Nap() == naps {
			kept = append(kept, n)
		}
	}
	return kept
}

func meansOf(nights []Night) []Means {
	measures := NightMeasures()
	all := make([]Means, len(measures))
	for i, m := range measures {
		all[i] = Means{
			Measure:  m,
			Weekdays: meanOver(nights, m, func(n Night) bool { return !n.Weekend() }),
			Weekends: meanOver(nights, m, Night.Weekend),
			All:      meanOver(nights, m, func(Night) bool { return true }),
		}
	}
	return all
}

func meanOver(nights []Night, m NightMeasure, of func(Night) bool) Mean {
	var values []float64
	for _, n := range nights {
		if v := m.Value(n); n.Valid() && of(n) && !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return Mean{math.NaN(), math.NaN(), 0}
	}
	mean, sd := stat.MeanStdDev(values, nil) // NaN of one value
	return Mean{mean, sd, len(values)}
}
