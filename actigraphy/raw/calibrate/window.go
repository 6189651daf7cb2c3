package calibrate

import (
	"math"
	"time"
)

// Criteria of the publication.
const (
	Length    = 10 * time.Second // of a window
	StillSD   = 0.013            // g; the standard deviation of each axis in a still window is below it
	LargestG  = 2.0              // windows with a larger mean are clipped or broken
	Populated = 0.3              // g; each axis must have windows on both sides of zero beyond it
	Accepted  = 0.01             // g; the mean error that is left must be below it
)

// MinWindows is the number of still windows, ten minutes of them, below which no
// fit is tried.
const MinWindows = 60

// Window is a still stretch of ten seconds.
type Window struct {
	Mean        [3]float64 // g
	Temperature float64    // degrees Celsius; NaN where not measured
}

// Still reports whether a window of this mean and standard deviation is one of
// those that the device lay still in.
func Still(mean, sd [3]float64) bool {
	for k := range 3 {
		if !(sd[k] < StillSD) || !(math.Abs(mean[k]) < LargestG) {
			return false
		}
	}
	return true
}
