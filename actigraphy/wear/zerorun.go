package wear

import (
	"math"
	"time"

	"circascope/actigraphy"
)

// zeroRun returns the runs of epochs with activity below a threshold that last at
// least some minutes. Missing epochs count as below, as in pyActigraphy.
func zeroRun(r *actigraphy.Recording, minutes, below float64) []Interval {
	quiet := runs(len(r.Activity), func(i int) bool { v := r.Activity[i]; return v < below || math.IsNaN(v) })
	least := int(math.Ceil(minutes * float64(time.Minute) / float64(r.Epoch)))
	return atLeast(quiet, least)
}
