package measure

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// Limits of the epoch's length.
const (
	ShortestEpoch = time.Second
	LongestEpoch  = time.Hour
	DefaultEpoch  = time.Minute
)

// Options say what to compute.
type Options struct {
	Epoch     time.Duration // whole seconds; 0 is DefaultEpoch
	MIMS      bool          // whether to compute MIMS, which takes the longest
	HeldStill bool          // takes time that the device slept as measured stillness
	MaxEpochs int           // more of them are an error; 0 sets no limit
	MaxGap    time.Duration // a longer one is an error; 0 sets no limit
}

// CheckEpoch reports what is wrong with an epoch's length.
func CheckEpoch(d time.Duration) error {
	if d != 0 && (d < ShortestEpoch || d > LongestEpoch || d%time.Second != 0) {
		return fmt.Errorf("an epoch of %v: want whole seconds from 1 to %.0f", actigraphy.InWords(d), LongestEpoch.Seconds())
	}
	return nil
}
