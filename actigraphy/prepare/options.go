package prepare

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
)

// MinutesPerDay and MinutesPerWeek are lengths in one-minute epochs.
const (
	MinutesPerDay  = 24 * 60
	MinutesPerWeek = 7 * MinutesPerDay
)

// DefaultOptions returns whole weeks from the first midnight, without those that
// have a missing minute. MaxFilled counts once Missing is FillByMinute.
func DefaultOptions() Options {
	return Options{
		WeekStart: FirstMidnight,
		Missing:   RefuseMissing,
		MaxFilled: 0.1,
		Minutes:   MinutesPerWeek,
		Clock:     WallFirst,
	}
}

// Validate reports the first choice that is none, with what is allowed.
func (o Options) Validate() error {
	if err := o.WeekStart.Validate(); err != nil {
		return err
	}
	if err := o.Clock.Validate(); err != nil {
		return err
	}
	switch {
	case o.Missing != RefuseMissing && o.Missing != FillByMinute:
		return fmt.Errorf("%q is no way with missing minutes: choose %s or %s", o.Missing, RefuseMissing, FillByMinute)
	case math.IsNaN(o.MaxFilled) || o.MaxFilled < 0 || o.MaxFilled > 1:
		return fmt.Errorf("the largest share of filled minutes is %v: choose one from 0 to 1", o.MaxFilled)
	case o.Minutes <= 0:
		return fmt.Errorf("an input of %d minutes: choose at least 1, %d for a week", o.Minutes, MinutesPerWeek)
	}
	return nil
}

// Canonical returns the options as JSON for the provenance. Choices that do not
// count under the others are set to zero, so that they make no difference. The
// clock rule stands there where it is not WallFirst: results from before there was
// a choice keep their ids.
func (o Options) Canonical() string {
	if o.Missing == RefuseMissing {
		o.MaxFilled = 0
	}
	if o.Clock == WallFirst {
		o.Clock = ""
	}
	b, err := json.Marshal(o)
	if err != nil {
		// Only a MaxFilled that Validate refuses gets here.
		panic(fmt.Sprintf("prepare: options that are not valid have no canonical form: %v", err))
	}
	return string(b)
}

// Validate reports whether w is one of the named starts or a weekday.
func (w WeekStart) Validate() error {
	if w == FirstMidnight || w == FirstSample {
		return nil
	}
	if _, ok := w.Weekday(); ok {
		return nil
	}
	return fmt.Errorf("%q is no week start: choose %s, %s, or a weekday such as monday", w, FirstMidnight, FirstSample)
}

// Weekday returns the weekday that w names, and false where it names none.
func (w WeekStart) Weekday() (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if string(w) == strings.ToLower(d.String()) {
			return d, true
		}
	}
	return 0, false
}

// Validate reports whether c is one of the named rules, or empty for WallFirst.
func (c ClockRule) Validate() error {
	switch c {
	case "", WallFirst, WallMean, Elapsed:
		return nil
	}
	return fmt.Errorf("%q is no rule for a change of the clock: choose %s, %s or %s", c, WallFirst, WallMean, Elapsed)
}

// Name returns the rule by name, WallFirst where it is empty.
func (c ClockRule) Name() string {
	if c == "" {
		return string(WallFirst)
	}
	return string(c)
}

// onWallClock returns how repeated epochs are joined, and whether minutes are of
// the wall clock at all.
func (c ClockRule) onWallClock() (twice actigraphy.Repeated, wall bool) {
	if c == WallMean {
		return actigraphy.TakeMean, true
	}
	return actigraphy.KeepFirst, c != Elapsed
}

// period returns the minutes after which the clock shows such a start again.
func (w WeekStart) period() int {
	switch w {
	case FirstSample:
		return 1
	case FirstMidnight:
		return MinutesPerDay
	default:
		return MinutesPerWeek
	}
}
