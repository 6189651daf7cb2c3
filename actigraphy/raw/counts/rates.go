package counts

import "math"

// ratio is the way from a sampling rate to 30 Hz: the signal is stuffed with zeros
// to up times its rate, smoothed by one pole, and every down-th sample kept.
type ratio struct {
	up, down int
	smooth   bool // the pole is left out where up is 1
}

// ratios are the sampling rates that the algorithm is defined for, Hz.
var ratios = map[int]ratio{
	30: {1, 1, false}, 40: {3, 4, true}, 50: {3, 5, true}, 60: {1, 2, false},
	70: {3, 7, true}, 80: {3, 8, true}, 90: {1, 3, false}, 100: {3, 10, true},
}

// Defined reports whether the algorithm is defined for a sampling rate in Hz.
func Defined(rate float64) bool {
	_, ok := ratios[int(rate)]
	return ok && rate == math.Trunc(rate)
}

// Nearest returns the rate that a signal is to be brought to before its counts can
// be computed: itself where the algorithm is defined for it, else the next higher
// one, at most 100 Hz.
func Nearest(rate float64) float64 {
	if rate > 100 {
		return 100
	}
	return math.Max(30, math.Ceil(rate/10)*10)
}
