package metrics

// The families of measures.
const (
	GroupRhythm      Group = "rest-activity rhythm"
	groupPeriods     Group = "rest-activity rhythm by period"
	groupNightLength Group = "nights: number and duration"
	groupNightWake   Group = "nights: continuity"
	groupNightTiming Group = "nights: timing"
	groupWeekdays    Group = "nights: weekdays"
	groupWeekends    Group = "nights: weekends"
	groupNaps        Group = "naps"
	groupSleepTiming Group = "timing and regularity of sleep"
	groupAmount      Group = "amount of activity"
	groupIntensity   Group = "levels of activity"
	groupTransitions Group = "transitions between rest and activity"
	groupDay         Group = "average day"
	groupCosinor     Group = "cosinor"
	groupPeriodicity Group = "periodicity"
	groupLight       Group = "light"
)

const (
	witting    = "Witting et al. 1990, doi:10.1016/0006-3223(90)90523-5"
	vanSomeren = "Van Someren et al. 1999, doi:10.3109/07420529908998724"
	goncalves  = "Gonçalves et al. 2014, doi:10.1016/j.slsci.2014.09.013"
	hammad     = "Hammad et al. 2021, doi:10.1371/journal.pcbi.1009514"
)

// citing returns the reference of a measure; the PyActigraphy form also names
// that program's paper.
func citing(d Definition, paper string) string {
	if d == PyActigraphy {
		return paper + "; as in pyActigraphy, " + hammad
	}
	return paper
}

// How missing epochs count in bins.
const (
	missingClockBins = "a bin with a missing epoch has no value and is left out"
	missingStartBins = "missing epochs count as 0, or their bin is left out: see leave_out"
)

// leaveOutName is the parameter that says how missing epochs count in
// PyActigraphy's bins.
const leaveOutName = "leave_out"

// binParameters are those of measures on bins of an hour.
func binParameters(d Definition) []Parameter {
	return append([]Parameter{binWidth(60, 1, 12*60), threshold(byDefault(d))}, missingParameters(d)...)
}

// missingParameters is the choice about bins with missing epochs, where there is
// one.
func missingParameters(d Definition) []Parameter {
	if d == Paper {
		return nil
	}
	return []Parameter{onOff(leaveOutName, false,
		"0: missing epochs count as 0, as pyActigraphy does with those not recorded; 1: a bin with one has no value, as it does with those under a mask")}
}

// interdailyStability measures how alike the days are: the variance of the
// average day over the variance of all bins.
func interdailyStability(d Definition) Metric {
	m := Metric{
		ID: "IS", Name: "interdaily stability", Group: GroupRhythm, Definition: d,
		Formula:    "n·Σ_h(x̄_h−x̄)² / (p·Σ_i(x_i−x̄)²) over the n bins with a value, p of them a day; bins at clock times",
		Parameters: binParameters(d),
		Reference:  citing(d, witting),
		Needs:      "each bin of the day recorded on at least 2 days",
		Missing:    missingClockBins,
		compute: func(x *analysis, s settings) (float64, error) {
			return stability(x, s.binning(d, s.minutes("bin")))
		},
	}
	if d == PyActigraphy {
		m.Formula = "variance of the average day over variance of all bins, both with n−1; sums in bins counted from the first epoch, the last bin as it is"
		m.Needs = "more than 1 bin"
		m.Missing = missingStartBins
	}
	return m
}

// intradailyVariability measures how often rest and activity alternate: the mean
// squared difference of neighbouring bins over the variance of all bins.
func intradailyVariability(d Definition) Metric {
	m := Metric{
		ID: "IV", Name: "intradaily variability", Group: GroupRhythm, Definition: d,
		Formula:    "n·Σ(x_i−x_{i−1})² / (m·Σ(x_i−x̄)²) over the n bins with a value and the m pairs of neighbours among them (m = n−1 without a gap); bins at clock times",
		Parameters: binParameters(d),
		Reference:  citing(d, witting),
		Needs:      "as many bins as a day has",
		Missing:    missingClockBins,
		compute: func(x *analysis, s settings) (float64, error) {
			return variability(x, s.binning(d, s.minutes("bin")))
		},
	}
	if d == PyActigraphy {
		m.Formula = "mean squared difference of neighbours over the variance with n−1; sums in bins counted from the first epoch, the last bin as it is"
		m.Needs = "more than 1 bin"
		m.Missing = missingStartBins
	}
	return m
}

// binnedMeasure is IS or IV of a recording in bins.
type binnedMeasure func(x *analysis, how binning) (float64, error)
