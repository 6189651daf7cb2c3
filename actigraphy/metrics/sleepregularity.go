package metrics

import "circascope/actigraphy/sleep"

const (
	phillips = "Phillips et al. 2017, doi:10.1038/s41598-017-03171-4"
	lunsford = "Lunsford-Avery et al. 2018, doi:10.1038/s41598-018-32402-5"
)

// sleepRegularity is the SRI.
func sleepRegularity(d Definition) Metric {
	m := ofScoring(d, func(_ *analysis, scoring sleep.Scoring) (float64, error) {
		return sleep.Regularity(scoring, d)
	})
	m.ID, m.Name = "SRI", "sleep regularity index"
	m.Formula = "-100 + 200 times the share of pairs of epochs 24 h apart that are both sleep or both not"
	m.Reference = citing(d, phillips)
	m.Needs += ", and more than a day"
	m.Missing = "a pair with an epoch that is not scored is left out"
	if d == PyActigraphy {
		m.Formula = "-100 + 200 times the mean over the times of day of the share of pairs of epochs 24 h apart that are both sleep or both not"
		m.Needs += ", twice each time of day"
		m.Missing = "there is no value where an epoch is not scored"
	}
	return m
}

// sleepMidpoint is the time of day around which sleep lies.
func sleepMidpoint(d Definition) Metric {
	m := ofScoring(d, func(_ *analysis, scoring sleep.Scoring) (float64, error) { return sleep.Midpoint(scoring) })
	m.ID, m.Name, m.Unit = "sleep_midpoint", "sleep midpoint", "h from midnight"
	m.Formula = "circular mean of the times of day at which epochs scored asleep begin, from -12 to 12"
	m.Reference = citing(d, lunsford)
	m.Needs += ", sleep, and the time of day"
	m.Missing = "epochs that are not scored are no sleep"
	return m
}

// ofScoring returns a measure of the scored epochs.
func ofScoring(d Definition, of func(*analysis, sleep.Scoring) (float64, error)) Metric {
	return Metric{
		Group: groupSleepTiming, Definition: d,
		Parameters: scoringParameters(d, defaultScoring(d)),
		Needs:      "what the scoring takes: epochs and unit of its formula",
		settle: func(_ *analysis, m Metric) []Parameter {
			how, err := m.settings().scored(d)
			if err != nil {
				return m.Parameters
			}
			return how.settled(m.Parameters)
		},
		compute: func(x *analysis, s settings) (float64, error) {
			scoring, err := x.scoring(d, s)
			if err != nil {
				return 0, err
			}
			return of(x, scoring)
		},
	}
}

// defaultScoring returns the algorithm that a definition scores with unless told
// otherwise.
func defaultScoring(d Definition) string {
	if d == PyActigraphy {
		return "sadeh"
	}
	return "cole-kripke"
}

// sleeps returns the measures of sleep.
func sleeps(d Definition) []Metric { return []Metric{sleepRegularity(d), sleepMidpoint(d)} }
