package metrics

import "circascope/actigraphy/sleep"

const (
	roenneberg2003 = "Roenneberg et al. 2003, doi:10.1177/0748730402239679"
	wittmann       = "Wittmann et al. 2006, doi:10.1080/07420520500545979"
)

// timing returns the measures of when sleep is on workdays and days off.
func timing(d Definition) []Metric {
	if d != Paper {
		return nil
	}
	jetLag := ofChronotype(func(c sleep.Chronotype) float64 { return c.SocialJetLag })
	jetLag.ID, jetLag.Name, jetLag.Reference = "social_jet_lag", "social jet lag", wittmann
	jetLag.Formula = "mean midsleep of the nights of Friday's and Saturday's evenings less that of the others; negative where sleep is later on workdays"
	free := ofChronotype(func(c sleep.Chronotype) float64 { return c.MSFsc })
	free.ID, free.Name, free.Reference = "MSFsc", "chronotype: midsleep on days off, corrected", roenneberg2003
	free.Unit = "h since midnight"
	free.Formula = "mean midsleep of the nights of Friday's and Saturday's evenings, less half of what their sleep exceeds that of the week by (5 workdays, 2 days off), if it does; sleep from onset to the end of the last sleep"
	return []Metric{jetLag, free}
}

func ofChronotype(of func(sleep.Chronotype) float64) Metric {
	m := ofNights(Paper, "")
	m.Group, m.Unit, m.PartName = groupSleepTiming, "h", ""
	m.Needs += ", and a valid night before a workday and one before a day off"
	m.compute = func(x *analysis, s settings) (float64, error) {
		all, err := x.nights(Paper, s)
		if err != nil {
			return 0, err
		}
		c, err := sleep.ChronotypeOf(all.nights)
		return of(c), err
	}
	return m
}
