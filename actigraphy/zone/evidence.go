package zone

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// Sign is what the samples around a change of the clock say of the device.
type Sign struct {
	Clock Clock // "" where they say nothing
	Text  string
}

// Signs says, for each change of the clock during a naive recording, whether the
// samples look as if the device kept its clock or followed the wall clock. A skipped
// hour shows, and one that comes twice where the file has it twice.
func Signs(r *actigraphy.Recording, loc *time.Location) []Sign {
	start, _, err := startIn(r.Start, loc)
	if _, known := r.Start.Zone(); err != nil || known || r.Epoch <= 0 {
		return nil
	}
	var signs []Sign
	first := start.Clock()
	_, base := first.Zone()
	twice := r.PassedTwice()
	end := first.Add(time.Duration(len(r.Activity)) * r.Epoch)
	for at := first; ; {
		_, before := at.Zone()
		next, more := actigraphy.NextClockChange(at)
		if !more || !next.Before(end) {
			return signs
		}
		at = next
		_, after := at.Zone()
		index := int((at.Sub(first) + time.Duration(before-base)*time.Second) / r.Epoch)
		signs = append(signs, sign(r, twice, index, at, time.Duration(after-before)*time.Second))
	}
}

// sign reads the samples from index on, where the clock changed by that much.
func sign(r *actigraphy.Recording, twice []bool, index int, at time.Time, by time.Duration) Sign {
	when := at.Format("2006-01-02")
	if by <= 0 && count(twice, index+int(by/r.Epoch), index) > 0 {
		return Sign{Followed, fmt.Sprintf("On %s the clocks of %s went back by %.4g h, and the file has that time twice: the device's clock followed the wall clock.", when, at.Location(), -by.Hours())}
	}
	if by <= 0 {
		return Sign{Text: fmt.Sprintf("On %s the clocks of %s went back by %.4g h: the samples do not show what the device's clock did; the reader's notes may.", when, at.Location(), -by.Hours())}
	}
	n := int(by / r.Epoch)
	skipped := share(r.Activity, index, index+n)
	switch {
	case skipped > 0:
		return Sign{Kept, fmt.Sprintf("On %s the clocks of %s skipped %.4g h, and the device recorded then: its clock was kept.", when, at.Location(), by.Hours())}
	case share(r.Activity, index-n, index) == 1 && share(r.Activity, index+n, index+2*n) == 1:
		return Sign{Followed, fmt.Sprintf("On %s the clocks of %s skipped %.4g h, and just that is missing: the device's clock followed the wall clock.", when, at.Location(), by.Hours())}
	}
	return Sign{Text: fmt.Sprintf("On %s the clocks of %s skipped %.4g h, in the midst of a gap: the samples do not show what the device's clock did.", when, at.Location(), by.Hours())}
}

// share returns which share of the values was recorded, 0 of none.
func share(values []float64, from, to int) float64 {
	from, to = max(from, 0), min(to, len(values))
	if from >= to {
		return 0
	}
	recorded := 0
	for _, v := range values[from:to] {
		if !math.IsNaN(v) {
			recorded++
		}
	}
	return float64(recorded) / float64(to-from)
}
