package app

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// warnOfFuture leaves a warning in the notes of a recording that begins more than a
// day after now: a day is what time zones can be apart.
func warnOfFuture(r *actigraphy.Recording, now time.Time) {
	const zones = 24 * time.Hour
	if !r.Start.HasDate() || r.Start.Clock().Sub(now) <= zones {
		return
	}
	r.Source.Notes = append(r.Source.Notes, fmt.Sprintf(
		"WARNING: The recording begins on %s, in the future (today is %s): the device's clock was set wrong, or the order of the date is another.",
		r.Start.Date(), now.Format(time.DateOnly)))
}
