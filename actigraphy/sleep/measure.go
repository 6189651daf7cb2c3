package sleep

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// NightMeasure is one number of a night.
type NightMeasure struct {
	ID    string
	Name  string
	Unit  string
	Value func(Night) float64 // NaN where it is not defined
}

// NightMeasures returns the numbers of a night in the order of a table.
func NightMeasures() []NightMeasure {
	return []NightMeasure{
		{"TIB", "time in bed", "min", func(n Night) float64 { return n.TIB }},
		{"TST", "total sleep time", "min", func(n Night) float64 { return n.TST }},
		{"SOL", "sleep onset latency", "min", func(n Night) float64 { return n.SOL }},
		{"WASO", "wake after sleep onset", "min", func(n Night) float64 { return n.WASO }},
		{"snooze", "from the last sleep to getting up", "min", func(n Night) float64 { return n.Snooze }},
		{"SE", "sleep efficiency", "%", func(n Night) float64 { return n.SE }},
		{"awakenings", "awakenings", "", func(n Night) float64 { return n.Awakenings }},
		{"awakening", "mean length of an awakening", "min", func(n Night) float64 { return n.Awakening }},
		{"midsleep", "midsleep", "h since midnight", func(n Night) float64 { return n.Midsleep }},
		{"movement_index", "movement index (ActiLife)", "%", func(n Night) float64 { return n.MovementIndex }},
		{"fragmentation_index", "fragmentation index (ActiLife)", "%", func(n Night) float64 { return n.FragmentationIndex }},
		{"sleep_fragmentation_index", "sleep fragmentation index (ActiLife)", "%", func(n Night) float64 { return n.SleepFragmentation }},
		{"mobile", "mobile epochs (Actiware)", "%", func(n Night) float64 { return n.Mobile }},
		{"brief_immobile", "immobile bouts of at most a minute (Actiware)", "%", func(n Night) float64 { return n.BriefImmobile }},
		{"fragmentation_actiware", "fragmentation index (Actiware)", "%", func(n Night) float64 { return n.ActiwareFragment }},
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
		if (n.Kind == nap) == naps {
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
