package intensity

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
)

// Conditions say how far a recording may be from what cut-points were made for.
type Conditions struct {
	Age          float64 // years; NaN where it is not known
	ModerateMETs float64 // where moderate activity begins, for cut-points by age
	AnySite      bool    // another site of the body will do
	AnyEpoch     bool    // longer epochs will do
}

// Thresholds are cut-points for the epochs of one recording: the least value of
// each level. Light is NaN where a set does not tell it from sedentary.
type Thresholds struct {
	Light, Moderate, Vigorous float64
	Epoch                     time.Duration // to which the recording's epochs are to be joined
}

// For returns the thresholds for a recording, or why the cut-points do not fit it:
// another unit, another site where the file names one, epochs that are too long or
// do not join to those of the set, and an age that is needed. Counts are for the
// epoch of the set; mg, which are means, for epochs as recorded of up to a minute.
func (c CutPoints) For(r *actigraphy.Recording, given Conditions) (Thresholds, error) {
	switch {
	case !c.Unit.fits(r.Unit):
		return Thresholds{}, fmt.Errorf("the cut-points %s are of %v, and the activity is of %v", c.ID, c.Unit, r.Unit)
	case r.Site != "" && c.Doubt(r) != "" && !given.AnySite:
		return Thresholds{}, errors.New(c.Doubt(r))
	}
	epoch, err := c.epochFor(r.Epoch, given.AnyEpoch)
	if err != nil {
		return Thresholds{}, err
	}
	t := Thresholds{c.light, c.moderate, c.vigorous, epoch}
	if c.ofAge {
		if t, err = byAge(given, epoch); err != nil {
			return Thresholds{}, fmt.Errorf("the cut-points %s: %w", c.ID, err)
		}
	}
	if c.Unit != ENMO {
		share := epoch.Minutes()
		t.Light, t.Moderate, t.Vigorous = t.Light*share, t.Moderate*share, t.Vigorous*share
	}
	return t, nil
}

// Doubt says what to know of levels of a recording that the cut-points are used for:
// that the device was worn elsewhere than they are for, or that its site is not known.
// It is a clause; "" where the site is theirs.
func (c CutPoints) Doubt(r *actigraphy.Recording) string {
	switch {
	case r.Site == "":
		return fmt.Sprintf("the cut-points %s are for the %s, and where the device was worn is not known", c.ID, c.Site)
	case !strings.Contains(r.Site, c.Site):
		return fmt.Sprintf("the cut-points %s are for the %s, and the device was worn on the %s", c.ID, c.Site, r.Site)
	}
	return ""
}

// epochFor returns the epoch in which a recording is compared.
func (c CutPoints) epochFor(epoch time.Duration, longer bool) (time.Duration, error) {
	longest := c.Epoch
	if c.Unit == ENMO {
		longest = time.Minute
	}
	switch {
	case epoch > longest && longer:
		return epoch, nil
	case epoch > longest:
		return 0, fmt.Errorf("the cut-points %s are for epochs of %v, and these are of %v", c.ID, actigraphy.InWords(c.Epoch), actigraphy.InWords(epoch))
	case c.Unit == ENMO:
		return epoch, nil
	case c.Epoch%epoch != 0:
		return 0, fmt.Errorf("the cut-points %s are for epochs of %v, which are not made of epochs of %v", c.ID, actigraphy.InWords(c.Epoch), actigraphy.InWords(epoch))
	}
	return c.Epoch, nil
}

// byAge solves METs = 2.757 + 0.0015·counts − 0.08957·age − 0.000038·counts·age for
// the counts a minute at which moderate and vigorous activity begin.
func byAge(given Conditions, epoch time.Duration) (Thresholds, error) {
	const youngest, oldest, vigorousMETs = 6, 18, 6
	switch {
	case math.IsNaN(given.Age):
		return Thresholds{}, errors.New("the age in years is needed: set age")
	case given.Age < youngest || given.Age > oldest:
		return Thresholds{}, fmt.Errorf("they are for ages from %d to %d years, not for %v", youngest, oldest, given.Age)
	}
	counts := func(mets float64) float64 { return (mets - 2.757 + 0.08957*given.Age) / (0.0015 - 0.000038*given.Age) }
	return Thresholds{none, counts(given.ModerateMETs), counts(vigorousMETs), epoch}, nil
}

// Level is how hard an epoch's activity is.
type Level int

// The levels.
const (
	Missing   Level = iota // not recorded
	Sedentary              // or light, where the cut-points do not tell them apart
	Light
	Moderate
	Vigorous
)

// Of returns the level of an epoch's activity; NaN is missing. A threshold is the
// least value of its level.
func (t Thresholds) Of(activity float64) Level {
	switch {
	case math.IsNaN(activity):
		return Missing
	case activity >= t.Vigorous:
		return Vigorous
	case activity >= t.Moderate:
		return Moderate
	case activity >= t.Light:
		return Light
	}
	return Sedentary
}

// Joined returns thresholds for longer epochs: of counts, which add up, in
// proportion; mg are means.
func (t Thresholds) Joined(u Unit, epoch time.Duration) Thresholds {
	if u != ENMO {
		times := float64(epoch) / float64(t.Epoch)
		t.Light, t.Moderate, t.Vigorous = t.Light*times, t.Moderate*times, t.Vigorous*times
	}
	t.Epoch = epoch
	return t
}
