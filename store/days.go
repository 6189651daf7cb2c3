package store

import (
	"time"

	"circascope/actigraphy"
)

// span is a run of epochs [first, first+epochs) that is stored as one block.
type span struct{ day, first, epochs int }

// days cuts a recording at the midnights of its wall clock: day 0 ends at the
// first midnight after the start, each later day is 24 hours. The clock is that
// of the start; where a zone changes its clocks, the cuts keep to elapsed time.
func days(start actigraphy.LocalTime, epoch time.Duration, epochs int) []span {
	const day = 24 * time.Hour
	var spans []span
	offset := start.SinceMidnight()
	for first := 0; first < epochs; {
		// The day of the first epoch, and the first epoch that begins after it.
		d := int((offset + time.Duration(first)*epoch) / day)
		end := int((time.Duration(d+1)*day - offset + epoch - 1) / epoch)
		end = min(end, epochs)
		spans = append(spans, span{d, first, end - first})
		first = end
	}
	return spans
}
