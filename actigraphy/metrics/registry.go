package metrics

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// rawSuffix ends the ids of measures on activity that was not binarised.
const rawSuffix = "_raw"

// All returns the measures of a definition with its default parameters, and
// those with a threshold again on raw activity with ids that end in _raw. Paper
// binarises nothing, so its two forms agree; both are there so that an id means
// the same in each definition.
//
// Vendor has only what a maker's program is known to compute.
func All(d Definition) []Metric {
	list, ok := described[d]
	if !ok {
		return nil
	}
	return slices.Clone(list())
}

// described are the measures of each definition, put together once: their texts
// are long.
var described = map[Definition]func() []Metric{
	Paper:        sync.OnceValue(func() []Metric { return describe(Paper) }),
	PyActigraphy: sync.OnceValue(func() []Metric { return describe(PyActigraphy) }),
	Vendor:       sync.OnceValue(func() []Metric { return describe(Vendor) }),
}

func describe(d Definition) []Metric {
	if d == Vendor {
		return nightly(d)
	}
	list := thresholded(d)
	for _, m := range thresholded(d) {
		list = append(list, onRaw(m))
	}
	return append(list, others(d)...)
}

// thresholded returns the measures that a threshold may make binary.
func thresholded(d Definition) []Metric {
	list := []Metric{
		interdailyStability(d),
		intradailyVariability(d),
		overWidths(interdailyStability(d), stability),
		overWidths(intradailyVariability(d), variability),
		extremeLevel(d, 5, lowest),
		extremeOnset(d, 5, lowest),
		extremeLevel(d, 10, highest),
		extremeOnset(d, 10, highest),
		relativeAmplitude(d),
	}
	if d == Paper {
		list = append(list, restActivityRatio())
	}
	return slices.Concat(list, byPeriod(d), totals(d), averageDays(d))
}

// others returns the measures without a raw form of their own.
func others(d Definition) []Metric {
	return slices.Concat(intensities(d), transitions(d), cosinors(d), freeCosinors(d), multiCosinors(d), extendedCosinors(d), regularity(d), lights(d), regularSleep(d), nightly(d), timing(d), allNaps(d))
}

// onRaw returns the raw form of a measure with a threshold.
func onRaw(m Metric) Metric {
	m, _ = m.With("threshold", rawWord)
	for i, p := range m.Parameters {
		if p.Name == "threshold" {
			m.Parameters[i].Default, m.Parameters[i].Range, m.Parameters[i].fixed = rawWord, rawWord, true
		}
	}
	m.Of = m.ID
	m.ID += rawSuffix
	return m
}

// Find returns the measure with that id in a definition, and whether it exists.
// Besides those of All there are L and M of every number of hours under 24, with
// their onsets: "L3", "M8.5_onset_raw".
func Find(d Definition, id string) (Metric, bool) {
	list := All(d)
	if at := slices.IndexFunc(list, func(m Metric) bool { return m.ID == id }); at >= 0 {
		return list[at], true
	}
	return anyWindow(d, id)
}

// anyWindow returns L or M of the number of hours in an id.
func anyWindow(d Definition, id string) (Metric, bool) {
	name, isRaw := strings.CutSuffix(id, rawSuffix)
	name, onset := strings.CutSuffix(name, "_onset")
	if name == "" || d != Paper && d != PyActigraphy {
		return Metric{}, false
	}
	dir, known := map[byte]direction{'L': lowest, 'M': highest}[name[0]]
	hours, err := strconv.ParseFloat(name[1:], 64)
	if !known || err != nil || !(hours > 0 && hours < 24) {
		return Metric{}, false
	}
	m := extremeLevel(d, hours, dir)
	if onset {
		m = extremeOnset(d, hours, dir)
	}
	if isRaw {
		m = onRaw(m)
	}
	return m, m.ID == id
}
