package metrics

import (
	"errors"

	"circascope/actigraphy/sleep"
)

// allNaps returns the measures of naps.
func allNaps(d Definition) []Metric {
	if d == PyActigraphy {
		return diaryLengths(timeOfNaps)
	}
	list := []Metric{numberOfNaps(d)}
	for _, of := range sleep.NightMeasures() {
		if of.ID == "TIB" || of.ID == "TST" {
			list = append(list, meanOfNaps(d, of))
		}
	}
	return list
}

// numberOfNaps is how many valid naps there are.
func numberOfNaps(d Definition) Metric {
	m := ofNaps(d)
	m.ID, m.Name = "naps", "naps"
	m.Formula = "number of valid rest periods that are not the longest of their evening, or shorter than 2 h; those less than 1 h apart are one. Where rest periods are given: of naps among them"
	m.counted = true
	m.each = func(x *analysis, s settings) ([]Part, error) {
		all, err := x.nights(d, s)
		return evenings(all.naps, func(n sleep.Night) (float64, string) { return 1, n.Reason }), err
	}
	return m
}

// meanOfNaps is the mean of a number of the naps.
func meanOfNaps(d Definition, of sleep.NightMeasure) Metric {
	m := ofNaps(d)
	m.ID, m.Name, m.Unit = "nap_"+of.ID, of.Name+" of a nap", of.Unit
	m.Formula = "mean over the valid naps of: " + of.Formula
	m.each = func(x *analysis, s settings) ([]Part, error) {
		all, err := x.nights(d, s)
		if err == nil && len(all.naps) == 0 {
			err = errors.New("there is no nap among the rest periods")
		}
		return evenings(all.naps, func(n sleep.Night) (float64, string) { return validly(n, of) }), err
	}
	return m
}

func ofNaps(d Definition) Metric {
	m := ofNights(d, "")
	m.Group, m.PartName = groupNaps, "nap"
	return m
}
