package metrics

import (
	"fmt"

	"circascope/actigraphy/sleep"
)

const (
	phillips = "Phillips et al. 2017, doi:10.1038/s41598-017-03171-4"
	lunsford = "Lunsford-Avery et al. 2018, doi:10.1038/s41598-018-32402-5"
)

// sleepRegularity is the SRI.
func sleepRegularity(d Definition) Metric {
	m := ofScoring(d)
	m.ID, m.Name = "SRI", "sleep regularity index"
	m.Formula = "-100 + 200 times the share of pairs of epochs 24 h apart that are both sleep or both not"
	m.Reference = citing(d, phillips)
	m.Needs += ", and more than a day"
	m.Missing = "a pair with an epoch that is not scored is left out"
	m.compute = func(x *analysis, s settings) (float64, error) {
		scoring, err := x.scoring(d, s)
		if err != nil {
			return 0, err
		}
		return sleep.Regularity(scoring, d)
	}
	if d == PyActigraphy {
		m.Formula = "-100 + 200 times the mean over the times of day of the share of pairs of epochs 24 h apart that are both sleep or both not"
		m.Needs += ", twice each time of day"
		m.Missing = "there is no value where an epoch is not scored"
	}
	return m
}

// sleepMidpoint is the time of day around which sleep lies.
func sleepMidpoint(d Definition) Metric {
	m := ofScoring(d)
	m.ID, m.Name, m.Unit = "sleep_midpoint", "sleep midpoint", "h from midnight"
	m.Formula = "circular mean of the times of day at which epochs scored asleep begin, from -12 to 12"
	m.Reference = citing(d, lunsford)
	m.Needs += ", sleep, and the time of day"
	m.Missing = "epochs that are not scored are no sleep"
	m.compute = func(x *analysis, s settings) (float64, error) {
		scoring, err := x.scoring(d, s)
		if err != nil {
			return 0, err
		}
		return sleep.Midpoint(scoring)
	}
	return m
}

// sleepPerDay is the sleep of a calendar day, whenever it was.
func sleepPerDay() Metric {
	m := ofScoring(Paper)
	m.ID, m.Name, m.Unit, m.PartName = "sleep_per_day", "sleep of a day", "min a day", "day"
	m.Formula = "mean over the calendar days of 1440 min times the share of the scored epochs that are sleep, naps included"
	m.Reference = ancoliIsrael
	m.Parameters = append(m.Parameters, quantity("recorded", "h", 16, 0.1, 24, "hours of a day that must be scored for it to count"))
	m.Needs += ", a calendar day scored for that long, and the time of day"
	m.Missing = "a day's sleep is scaled up from what was scored of it"
	m.each = func(x *analysis, s settings) ([]Part, error) {
		scoring, err := x.scoring(Paper, s)
		switch {
		case err != nil:
			return nil, err
		case scoring.Start.IsZero():
			return nil, errNoClock
		}
		return dailySleep(scoring, s["recorded"]), nil
	}
	return m
}

// dailySleep returns the minutes of sleep of each calendar day of which so many
// hours were scored.
func dailySleep(scoring sleep.Scoring, recorded float64) []Part {
	var parts []Part
	for from := 0; from < len(scoring.States); {
		date, to, known, asleep := scoring.At(from).Date(), from, 0, 0
		for ; to < len(scoring.States) && scoring.At(to).Date() == date; to++ {
			switch scoring.States[to] {
			case sleep.Asleep:
				known, asleep = known+1, asleep+1
			case sleep.Wake:
				known++
			}
		}
		p := Part{Label: date, Value: day.Minutes() * float64(asleep) / float64(known)}
		if hours := float64(known) * scoring.Epoch.Hours(); known == 0 || hours < recorded {
			p = without(date, fmt.Sprintf("%.4g h of it were scored, less than %v", hours, recorded))
		}
		parts = append(parts, p)
		from = to
	}
	return numberedAgain(parts)
}

// ofScoring returns what measures of the scored epochs have in common.
func ofScoring(d Definition) Metric {
	scoring := "cole-kripke"
	if d == PyActigraphy {
		scoring = "sadeh"
	}
	return Metric{
		Group: groupSleepTiming, Definition: d,
		Parameters: scoringParameters(d, scoring),
		Needs:      "what the scoring takes: epochs and unit of its formula",
		settle:     func(_ []sleep.Period, m Metric) []Parameter { return m.settledScoring(nil) },
	}
}

// regularSleep returns the measures of how regular sleep is, whenever it is.
func regularSleep(d Definition) []Metric {
	list := []Metric{sleepRegularity(d), sleepMidpoint(d)}
	if d == Paper {
		list = append(list, restRegularity(), sleepPerDay())
	}
	return list
}
