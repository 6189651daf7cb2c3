package metrics

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"circascope/actigraphy/sleep"
)

// nightly returns the measures of nights that a definition has.
func nightly(d Definition) []Metric {
	if d == PyActigraphy {
		return diaryLengths(timeInBed)
	}
	var list []Metric
	for _, which := range someNights {
		for i, of := range sleep.NightMeasures() {
			if of.Program == "" || d == Vendor {
				list = append(list, which.mean(d, i, of), which.deviation(d, i, of))
			}
		}
		list = append(list, validNights(d, which))
	}
	return list
}

// chosenNights are nights that a mean is over.
type chosenNights struct {
	suffix, words string
	group         Group // empty for that of the measure
	pick          func(sleep.Means) sleep.Mean
}

var someNights = []chosenNights{
	{"", "", "", func(m sleep.Means) sleep.Mean { return m.All }},
	{"_weekdays", " of the evenings from Sunday to Thursday", groupWeekdays, func(m sleep.Means) sleep.Mean { return m.Weekdays }},
	{"_weekends", " of Friday's and Saturday's evenings", groupWeekends, func(m sleep.Means) sleep.Mean { return m.Weekends }},
}

// groupOf returns the family of a measure of these nights.
func (which chosenNights) groupOf(of sleep.NightMeasure) Group {
	switch {
	case which.group != "":
		return which.group
	case of.Unit == unitClock:
		return groupNightTiming
	}
	switch of.ID {
	case "TIB", "TST", "SOL", "snooze":
		return groupNightLength
	}
	return groupNightWake
}

// mean is a measure of nights, the number i of those of sleep, averaged over some
// of them; over all of them it has each night as a part.
func (which chosenNights) mean(d Definition, i int, of sleep.NightMeasure) Metric {
	m := ofNights(d, of.Program)
	m.ID, m.Unit, m.Group = of.ID+which.suffix, of.Unit, which.groupOf(of)
	m.Name = of.Name + which.suffixWords("mean")
	m.Formula = "mean over the valid nights" + which.words + " of: " + of.Formula
	if which.suffix == "" {
		m.each = func(x *analysis, s settings) ([]Part, error) {
			all, err := x.nights(d, s)
			if err == nil && len(all.nights) == 0 {
				err = errNoNight
			}
			return evenings(all.nights, func(n sleep.Night) (float64, string) { return validly(n, of) }), err
		}
		return m
	}
	m.Of, m.PartName = of.ID, ""
	m.compute = func(x *analysis, s settings) (float64, error) {
		mean, err := which.of(x, d, s, i)
		return mean.Mean, err
	}
	return m
}

// deviation is the standard deviation of a measure of nights over some of them.
func (which chosenNights) deviation(d Definition, i int, of sleep.NightMeasure) Metric {
	m := ofNights(d, of.Program)
	m.ID, m.Of, m.PartName = of.ID+which.suffix+"_SD", of.ID, ""
	m.Unit, m.Group = strings.TrimSuffix(of.Unit, " since midnight"), which.groupOf(of)
	m.Name = of.Name + which.suffixWords("SD")
	m.Formula = "standard deviation (n-1) over the valid nights" + which.words + " of: " + of.Formula
	m.compute = func(x *analysis, s settings) (float64, error) {
		mean, err := which.of(x, d, s, i)
		if err == nil && mean.N == 1 {
			err = fmt.Errorf("there is one valid night%s, and a deviation takes two", which.words)
		}
		return mean.SD, err
	}
	return m
}

func (which chosenNights) suffixWords(what string) string {
	return ", " + what + strings.ReplaceAll(which.suffix, "_", " of ")
}

// of returns the mean of the measure number i of sleep.
func (which chosenNights) of(x *analysis, d Definition, s settings, i int) (sleep.Mean, error) {
	all, err := x.nights(d, s)
	if err != nil {
		return sleep.Mean{}, err
	}
	mean := which.pick(all.means[i])
	if mean.N == 0 {
		err = fmt.Errorf("there is no valid night%s with a value", which.words)
	}
	return mean, err
}

var errNoNight = errors.New("there is no night among the rest periods")

// validly returns a number of a night, or why it has none.
func validly(n sleep.Night, of sleep.NightMeasure) (float64, string) {
	v := of.Value(n)
	switch {
	case !n.Valid():
		return math.NaN(), n.Reason
	case math.IsNaN(v):
		return v, "there is nothing in it to count"
	}
	return v, ""
}

// validNights is how many nights may be used; of the others it has the reason.
func validNights(d Definition, which chosenNights) Metric {
	m := ofNights(d, "")
	m.ID = "valid_nights" + which.suffix
	m.Name, m.Formula = "valid nights", "number of nights"+which.words+" that are within the recording, long enough, not too long, scored, and have sleep in them"
	if which.suffix != "" {
		m.Of, m.PartName, m.Group = "valid_nights", "", which.group
		m.Name += strings.ReplaceAll(which.suffix, "_", " of ")
		m.compute = func(x *analysis, s settings) (float64, error) {
			all, err := x.nights(d, s)
			if err != nil {
				return 0, err
			}
			return float64(which.pick(all.means[0]).N), nil // every night has its time in bed
		}
		return m
	}
	m.counted = true
	m.each = func(x *analysis, s settings) ([]Part, error) {
		all, err := x.nights(d, s)
		return evenings(all.nights, func(n sleep.Night) (float64, string) { return 1, n.Reason }), err
	}
	return m
}
