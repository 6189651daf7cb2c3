package app

import (
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/explore"
)

// ComponentOptions choose the functional principal components of average days.
type ComponentOptions struct {
	Components int     `json:"components"` // how many; 0 for as many as Share needs
	Share      float64 `json:"share"`      // of the variance of the smooth days that they explain at least; 0 for 0.9
	Harmonics  int     `json:"harmonics"`  // of 24 h, that a smooth day is made of; 0 for 4
	MinDays    int     `json:"min_days"`   // with a value that each bin of a recording has; 0 for 3, of weekends 1
}

// LeftOut is a recording that is not among those that something was computed of.
type LeftOut struct {
	actigraphy.Info
	Reason string // a clause
}

// DayComponents are the functional principal components of the average days of a
// cohort. They are of the cohort, not of a recording: another recording more changes
// every score.
type DayComponents struct {
	explore.DayPatterns // a row of scores for each of Used
	Profile             ProfileOptions
	Options             ComponentOptions
	Unit                string // of the mean and of the scores
	Used                []actigraphy.Info
	Left                []LeftOut
}

func (o ComponentOptions) complete(days DayKind) (ComponentOptions, error) {
	const usualHarmonics, usualShare, usualDays = 4, 0.9, 3
	if o.Harmonics == 0 {
		o.Harmonics = usualHarmonics
	}
	switch {
	case o.Components > 0:
		o.Share = 0 // it says nothing then
	case o.Share == 0:
		o.Share = usualShare
	}
	if o.MinDays == 0 {
		if o.MinDays = usualDays; days == Weekends {
			o.MinDays = 1
		}
	}
	switch most := 2*o.Harmonics + 1; {
	case o.Harmonics < 0:
		return o, fmt.Errorf("%d harmonics: want at least 1", o.Harmonics)
	case o.Components < 0 || o.Components > most:
		return o, fmt.Errorf("%d components: want 1 to %d, as many as %d harmonics have functions", o.Components, most, o.Harmonics)
	case !(o.Share >= 0 && o.Share <= 1):
		return o, fmt.Errorf("a share of %v of the variance: want more than 0 and at most 1", o.Share)
	case o.MinDays < 1:
		return o, fmt.Errorf("at least %d days: want 1 or more", o.MinDays)
	}
	return o, nil
}

// ComponentsOf returns the functional principal components of average days that were
// made by the options p. Recordings of one unit and length of epoch go together: those
// that most have. The others are left out, and so are recordings with a bin of the day
// in which fewer days than MinDays have a value: nothing is filled in.
func ComponentsOf(profiles []DayProfile, p ProfileOptions, o ComponentOptions) (DayComponents, error) {
	p, err := p.complete()
	if err != nil {
		return DayComponents{}, err
	}
	if o, err = o.complete(p.Days); err != nil {
		return DayComponents{}, err
	}
	c := DayComponents{Profile: p, Options: o}
	var days [][]float64
	kind := commonKind(profiles)
	for _, one := range profiles {
		if reason := c.refusal(one, kind); reason != "" {
			c.Left = append(c.Left, LeftOut{one.Info, reason})
			continue
		}
		c.Used, c.Unit = append(c.Used, one.Info), one.Unit
		days = append(days, one.Mean)
	}
	if err := c.enough(); err != nil {
		return DayComponents{}, err
	}
	k := o.Components
	if k == 0 {
		k = 2*o.Harmonics + 1
	}
	if c.DayPatterns, err = explore.FunctionalPCA(days, o.Harmonics, k); err != nil {
		return DayComponents{}, err
	}
	return c, c.keepUsed()
}

// kindOf is what the activities of recordings must have in common to be compared.
type kindOf struct {
	unit  actigraphy.Unit
	epoch time.Duration
}

func (k kindOf) String() string {
	return fmt.Sprintf("%s in epochs of %s", k.unit, actigraphy.InWords(k.epoch))
}

// commonKind is the kind that most recordings with an average day have; of equals the
// first.
func commonKind(profiles []DayProfile) kindOf {
	count := map[kindOf]int{}
	for _, p := range profiles {
		if p.Reason == "" {
			count[kindOf{p.Info.Unit, p.Epoch}]++
		}
	}
	var best kindOf
	for _, p := range profiles {
		if k := (kindOf{p.Info.Unit, p.Epoch}); count[k] > count[best] {
			best = k
		}
	}
	return best
}

// refusal says why a recording is left out, "" where it is not.
func (c DayComponents) refusal(p DayProfile, kind kindOf) string {
	own := kindOf{p.Info.Unit, p.Epoch}
	switch {
	case p.Reason != "":
		return p.Reason
	case own != kind:
		return fmt.Sprintf("it is of %s, and most are of %s", own, kind)
	case len(p.Days) == 0:
		return "no day of it counts among " + c.Profile.Days.words()
	}
	if bin, n := p.fewest(); n < c.Options.MinDays {
		from := bin * c.Profile.BinMinutes
		return fmt.Sprintf("from %s to %s %d of its days have a value, and %d are wanted", hourMinute(from), hourMinute(from+c.Profile.BinMinutes), n, c.Options.MinDays)
	}
	return ""
}

// hourMinute writes a minute of the day as a time of day.
func hourMinute(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// enough reports too few recordings, with why the first of the others are left out.
func (c DayComponents) enough() error {
	least := max(2, c.Options.Components+1)
	if len(c.Used) >= least {
		return nil
	}
	const named = 3
	var why []string
	for _, left := range c.Left[:min(named, len(c.Left))] {
		why = append(why, left.Subject+": "+left.Reason)
	}
	if more := len(c.Left) - named; more > 0 {
		why = append(why, fmt.Sprintf("and %d more", more))
	}
	of := ""
	if len(why) > 0 {
		of = "; left out are " + strings.Join(why, "; ")
	}
	return fmt.Errorf("%s with an average day that counts, and %d are needed%s", counted(len(c.Used), "recording"), least, of)
}

// keepUsed drops the components that were not asked for: those behind the share, and
// those without variance.
func (c *DayComponents) keepUsed() error {
	k, sum := 0, 0.0
	for k < len(c.Explained) && c.Explained[k] > 0 && (c.Options.Components > 0 || sum < c.Options.Share) {
		sum += c.Explained[k]
		k++
	}
	if k == 0 {
		return fmt.Errorf("the average days of all %d recordings are the same: there are no components", len(c.Used))
	}
	if k < c.Options.Components {
		return fmt.Errorf("the average days have %d components with variance, not %d", k, c.Options.Components)
	}
	c.Explained, c.Curves = c.Explained[:k], c.Curves[:k]
	for i := range c.Scores {
		c.Scores[i] = c.Scores[i][:k]
	}
	return nil
}
