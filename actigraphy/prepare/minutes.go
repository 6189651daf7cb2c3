package prepare

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// Series is activity in one-minute steps of the wall clock, or of elapsed time by
// the rule Elapsed. Value i belongs to the minute that begins i minutes after
// Start; NaN is missing.
type Series struct {
	Start  actigraphy.LocalTime
	Values []float64
}

// OneMinute brings a recording to one-minute epochs. Epochs shorter than a
// minute are summed (averaged where the unit is an average, as an acceleration is); a minute
// with a missing part is missing. Longer epochs, and those that do not divide a
// minute, are an error: shorter values are never invented.
//
// An epoch belongs to the clock minute in which it starts. Epochs before the
// first whole minute and after the last are left out. Where the zone is known and
// the clock changes, the rule says what becomes of the hour that the clock skips
// and of the one that it shows twice. The notes say which of this happened.
func OneMinute(r *actigraphy.Recording, rule ClockRule) (Series, []string, error) {
	if err := checkEpoch(r.Epoch); err != nil {
		return Series{}, nil, err
	}
	activity, skipped, repeated := r.Activity, 0, 0
	if twice, wall := rule.onWallClock(); wall {
		activity, skipped, repeated = r.OnWallClock(twice)
	}
	s, notes := sumToMinutes(r, activity)
	return s, append(notes, clockNotes(r, rule, skipped, repeated)...), nil
}

func checkEpoch(epoch time.Duration) error {
	switch {
	case epoch <= 0:
		return fmt.Errorf("the epoch length %v is not positive", actigraphy.InWords(epoch))
	case epoch > time.Minute:
		return fmt.Errorf("epochs of %v are longer than the model's one minute, and shorter ones are not invented; "+
			"export the recording from the device's own program with epochs of a minute or less", actigraphy.InWords(epoch))
	case time.Minute%epoch != 0:
		return fmt.Errorf("epochs of %v do not divide a minute, so no sum of them is a minute; "+
			"export the recording again with epochs of 1, 2, 5, 10, 15, 30 or 60 s", actigraphy.InWords(epoch))
	}
	return nil
}

// sumToMinutes joins the epochs of activity that start within the same clock
// minute.
func sumToMinutes(r *actigraphy.Recording, activity []float64) (Series, []string) {
	per := int(time.Minute / r.Epoch)
	first, offset := firstWholeMinute(r.Start, r.Epoch)
	first = min(first, len(activity))
	rest := activity[first:]

	values := make([]float64, len(rest)/per)
	average := isAverage(r.Unit)
	for m := range values {
		sum := 0.0
		for _, v := range rest[m*per : (m+1)*per] {
			sum += v // NaN stays NaN
		}
		if average {
			sum /= float64(per)
		}
		values[m] = sum
	}
	s := Series{Start: r.Start.Add(time.Duration(first) * r.Epoch), Values: values}
	return s, minuteNotes(r, per, first, offset, len(rest)%per)
}

// firstWholeMinute returns the first epoch that begins a clock minute, and how
// far after the minute's own beginning it starts: less than one epoch.
func firstWholeMinute(start actigraphy.LocalTime, epoch time.Duration) (index int, offset time.Duration) {
	into := start.SinceMidnight() % time.Minute
	if into < epoch {
		return 0, into
	}
	index = int((time.Minute - into + epoch - 1) / epoch)
	return index, into + time.Duration(index)*epoch - time.Minute
}

func minuteNotes(r *actigraphy.Recording, per, before int, offset time.Duration, after int) []string {
	var notes []string
	if per > 1 {
		how := "summed"
		if isAverage(r.Unit) {
			how = "averaged"
		}
		notes = append(notes, fmt.Sprintf("Epochs of %v were %s to minutes; a minute with a missing part is missing.", actigraphy.InWords(r.Epoch), how))
	}
	if before > 0 || after > 0 {
		notes = append(notes, fmt.Sprintf("%d epochs before the first whole minute and %d after the last were left out.", before, after))
	}
	if offset > 0 {
		notes = append(notes, fmt.Sprintf("Epochs start %v after the clock's minute; each counts in the minute in which it starts.", actigraphy.InWords(offset)))
	}
	return notes
}

// isAverage reports whether an epoch's value is a mean over the epoch and not a
// sum, so that joining epochs must average them: accelerations are.
func isAverage(u actigraphy.Unit) bool { return u.Quantity == "mg" || u.Quantity == "ENMO" }

// clockNotes says what a change of the clock did to the epochs.
func clockNotes(r *actigraphy.Recording, rule ClockRule, skipped, repeated int) []string {
	var notes []string
	if skipped > 0 {
		notes = append(notes, fmt.Sprintf("The clock was put forward during the recording: the %v that it skipped are missing.", actigraphy.InWords(time.Duration(skipped)*r.Epoch)))
	}
	if repeated > 0 {
		what := "were left out the second time"
		if rule == WallMean {
			what = "are the mean of both times"
		}
		notes = append(notes, fmt.Sprintf("The clock was put back during the recording: the %v that it showed twice %s.", actigraphy.InWords(time.Duration(repeated)*r.Epoch), what))
	}
	if n := len(r.ClockChanges()); n > 0 && rule == Elapsed {
		notes = append(notes, fmt.Sprintf("Changes of the clock during the recording: %d. Minutes are counted through; after a change they are off the wall clock.", n))
	}
	return notes
}
