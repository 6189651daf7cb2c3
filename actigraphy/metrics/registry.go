package metrics

import "time"

// rawSuffix ends the ids of measures on activity that was not binarised.
const rawSuffix = "_raw"

// All returns the measures of a definition with its default parameters, and
// again on raw activity with ids that end in _raw. Paper binarises nothing, so
// its two forms agree; both are there so that an id means the same in each
// definition.
func All(d Definition) []Metric {
	byDefault := Raw
	if d == PyActigraphy {
		byDefault = Above(4)
	}
	return append(forms(d, byDefault, ""), forms(d, Raw, rawSuffix)...)
}

// forms returns each measure once.
func forms(d Definition, l Levels, suffix string) []Metric {
	list := []Metric{
		InterdailyStability(d, time.Hour, l),
		IntradailyVariability(d, time.Hour, l),
		MeanInterdailyStability(d, l),
		MeanIntradailyVariability(d, l),
		LeastActive(d, 5*time.Hour, l),
		LeastActiveOnset(d, 5*time.Hour, l),
		MostActive(d, 10*time.Hour, l),
		MostActiveOnset(d, 10*time.Hour, l),
		RelativeAmplitude(d, l),
	}
	for i := range list {
		list[i].ID += suffix
	}
	return list
}

// Find returns the measure with that id in a definition, and whether it exists.
func Find(d Definition, id string) (Metric, bool) {
	for _, m := range All(d) {
		if m.ID == id {
			return m, true
		}
	}
	return Metric{}, false
}
