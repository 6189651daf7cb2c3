package metrics

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"circascope/actigraphy/sleep"
)

const windred = "Windred et al. 2024, doi:10.1093/sleep/zsad253"

// restRegularity is the SRI of rest periods in place of scored sleep, as where a diary
// tells when people slept, or no formula scores the activity.
func restRegularity() Metric {
	return Metric{
		ID: "SRI_rest", Name: "sleep regularity index of rest periods", Group: groupSleepTiming, Definition: Paper,
		Formula:    "-100 + 200 times the share of pairs of epochs 24 h apart that are both within a rest period, night or nap, or both not",
		Reference:  phillips + "; of a large cohort: " + windred,
		Needs:      "rest periods or what it takes to find them, more than a day, and the time of day",
		Missing:    "a pair with an epoch that was not recorded, or of a day (noon to noon) of which a detection is in doubt, is left out; a night that nobody told of counts as none",
		Parameters: append([]Parameter{restParameter(Paper)}, scoringParameters(Paper, "cole-kripke")...),
		settle: func(rest []sleep.Period, m Metric) []Parameter {
			if m.settings().finder(Paper, rest != nil) != tudorLocke {
				m.Parameters = slices.DeleteFunc(slices.Clone(m.Parameters), func(p Parameter) bool { return ofScoringAlone(p.Name) })
			}
			return withRest(m.settledScoring(rest), rest)
		},
		note: func(x *analysis, _ settings) string { return x.restNote() },
		compute: func(x *analysis, s settings) (float64, error) {
			states, err := x.atRest(Paper, s)
			if err != nil {
				return 0, err
			}
			return sleep.Regularity(sleep.Scoring{Start: x.r.Start, Epoch: x.r.Epoch, States: states}, Paper)
		},
	}
}

// atRest returns each epoch within a rest period as asleep and the others as awake;
// unknown where it was not recorded or the detection is in doubt.
func (x *analysis) atRest(d Definition, s settings) ([]sleep.State, error) {
	if way := s.finder(d, x.rest != nil); way == crespo || way == hdcza {
		for _, c := range algorithmChoices {
			if v, there := s[c.name]; there && c.finds && !math.IsNaN(v) {
				return nil, fmt.Errorf("%s is set, and %s (%s) has none", c.name, way, d)
			}
		}
	}
	periods, err := x.restPeriods(d, s)
	if err != nil {
		return nil, err
	}
	states := make([]sleep.State, len(x.r.Activity))
	for i, v := range x.r.Activity {
		if !math.IsNaN(v) {
			states[i] = sleep.Wake
		}
	}
	known := false
	fill := func(from, to time.Duration, state sleep.State) {
		for i := max(0, x.epochAt(from)); i < min(len(states), x.epochAt(to)); i++ {
			if states[i] != sleep.Unknown {
				states[i], known = state, known || state == sleep.Asleep
			}
		}
	}
	for _, p := range periods {
		fill(p.From.Sub(x.r.Start), p.To.Sub(x.r.Start), sleep.Asleep)
	}
	for _, p := range periods {
		if p.Doubt != "" {
			noon := p.Noon().Sub(x.r.Start)
			fill(noon, noon+day, sleep.Unknown)
		}
	}
	if !known {
		return nil, errors.New("no epoch that was recorded is within a rest period")
	}
	return states, nil
}

// epochAt returns the epoch nearest to a time after the start.
func (x *analysis) epochAt(d time.Duration) int {
	return int(math.Round(float64(d) / float64(x.r.Epoch)))
}
