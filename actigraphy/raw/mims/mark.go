package mims

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// noise is the standard deviation of a device's noise, g.
const noise = 0.03 + 1e-5

// shape is that of the gamma distribution by which a sample is taken for cut off:
// three standard deviations beyond the threshold are so with a probability of 0.95.
var shape = fitShape()

func fitShape() float64 {
	best, distance := 0.0, math.Inf(1)
	for i := 500; i >= 1; i-- {
		s := float64(i) / 1000
		if d := math.Abs(mathext.GammaIncReg(s, 3*noise) - 0.95); d < distance {
			best, distance = s, d
		}
	}
	return best
}

// mark returns how probably a sample is cut off at the range: up to 1 at the upper
// end, down to -1 at the lower.
func mark(v, limit float64) float64 {
	beyond := math.Abs(v) - (limit - 5*noise)
	if beyond <= 0 {
		return 0
	}
	return math.Copysign(mathext.GammaIncReg(shape, beyond), v)
}
