package wear

import (
	"errors"
	"math"
	"time"

	"circascope/actigraphy"
)

// errNoTemperature is the error of a recording that has no temperature.
var errNoTemperature = errors.New("the recording has no temperature channel")

// errCold is the error of temperatures that never reach the threshold.
var errCold = errors.New("the temperature never reaches the threshold, so all of it would be non-wear; is the channel in degrees Celsius and near the skin?")

// byTemperature returns the stretches without wear by the logic of Zhou et al.
// 2015, epoch by epoch, of at least some minutes. An epoch is worn at or above
// the threshold; below it, it is not worn where nothing moves, and else by the
// trend: worn where it warms up, not where it cools, as before where it stays.
// Stillness is zero activity here, where the paper has the SD of raw
// acceleration. The temperature is the mean of the epochs of one minute up to
// the epoch; where it is missing, the epoch is as the one before.
func byTemperature(r *actigraphy.Recording, threshold, minutes float64) ([]Interval, error) {
	channel, ok := r.Channels[actigraphy.ChannelTemperature]
	if !ok {
		return nil, errNoTemperature
	}
	smooth := trailingMean(channel, max(1, int(time.Minute/r.Epoch)))
	off := make([]bool, len(smooth))
	before, warm, cold := math.NaN(), false, false // the last known temperature; was the person's warmth ever seen
	for i, t := range smooth {
		if i > 0 {
			off[i] = off[i-1]
		}
		if math.IsNaN(t) {
			continue
		}
		switch {
		case t >= threshold:
			off[i], warm = false, true
		case !(r.Activity[i] > 0):
			off[i] = true
		case t > before:
			off[i] = false
		case t < before:
			off[i] = true
		}
		before, cold = t, cold || t < threshold
	}
	if cold && !warm {
		return nil, errCold
	}
	least := int(math.Ceil(minutes * float64(time.Minute) / float64(r.Epoch)))
	return atLeast(runs(len(off), func(i int) bool { return off[i] }), least), nil
}

// trailingMean returns the mean of the last n values up to each, without the
// missing ones; NaN where all are.
func trailingMean(values []float64, n int) []float64 {
	out := make([]float64, len(values))
	for i := range values {
		sum, known := 0.0, 0
		for _, v := range values[max(0, i-n+1) : i+1] {
			if !math.IsNaN(v) {
				sum += v
				known++
			}
		}
		out[i] = sum / float64(known) // NaN where none is
	}
	return out
}
