package metrics

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/stat"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/sleep"
)

const hammadSoftware = "as in pyActigraphy, " + hammad

// lengthsOf is what pyActigraphy takes of a diary: the lengths of one kind of entry.
type lengthsOf struct {
	id, name string
	kind     diary.Kind
	group    Group
}

var (
	timeInBed  = lengthsOf{"TIB", "time in bed", diary.Night, groupNightLength}
	timeOfNaps = lengthsOf{"nap_TIB", "time of a nap", diary.Nap, groupNaps}
)

// diaryLengths returns the mean and the deviation of such lengths.
func diaryLengths(of lengthsOf) []Metric {
	mean := Metric{
		ID: of.id, Name: of.name + ", mean", Group: of.group, Definition: PyActigraphy, Unit: "min",
		Formula:   "mean length of the diary's entries of the kind " + string(of.kind),
		Reference: hammadSoftware,
		Needs:     "rest periods that are given, as of a diary",
		Missing:   "the activity is not looked at",
		PartName:  string(of.kind),
		settle:    func(rest []sleep.Period, m Metric) []Parameter { return withRest(m.Parameters, rest) },
		each: func(x *analysis, _ settings) ([]Part, error) {
			list, err := of.among(x.rest)
			parts := make([]Part, len(list))
			for i, p := range list {
				parts[i] = Part{Label: p.Evening(), Value: p.Length().Minutes()}
			}
			return numberedAgain(parts), err
		},
	}
	sd := mean
	sd.ID, sd.Of, sd.Name, sd.PartName, sd.each = of.id+"_SD", of.id, of.name+", SD", "", nil
	sd.Formula = "standard deviation (n-1) of the lengths of the diary's entries of the kind " + string(of.kind)
	sd.compute = func(x *analysis, _ settings) (float64, error) {
		list, err := of.among(x.rest)
		if err != nil {
			return 0, err
		}
		lengths := make([]float64, len(list))
		for i, p := range list {
			lengths[i] = p.Length().Minutes()
		}
		if len(lengths) < 2 {
			return 0, fmt.Errorf("there is one %s, and a deviation takes two", of.kind)
		}
		return stat.StdDev(lengths, nil), nil
	}
	return []Metric{mean, sd}
}

// among returns the periods of the kind.
func (of lengthsOf) among(rest []sleep.Period) ([]sleep.Period, error) {
	if rest == nil {
		return nil, errors.New("no rest periods are given: pyActigraphy has them of a diary alone")
	}
	var list []sleep.Period
	for _, p := range rest {
		if p.Kind == of.kind {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("there is no %s among the rest periods that are given", of.kind)
	}
	return list, nil
}
