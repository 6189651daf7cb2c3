package calibrate

import "math"

// Correction is what makes g of what the device gave: on each axis
// (value + Offset) * Scale + (temperature - MeanTemperature) * Drift.
type Correction struct {
	Offset, Scale   [3]float64
	Drift           [3]float64 // g for a degree; 0 where the temperature was not used
	MeanTemperature float64
}

// None leaves everything as it is.
var None = Correction{Scale: [3]float64{1, 1, 1}}

// Line returns the correction of axis k at a temperature as factor*value + term.
// Where the temperature is NaN, its part is left out.
func (c *Correction) Line(k int, temperature float64) (factor, term float64) {
	term = c.Offset[k] * c.Scale[k]
	if c.Drift[k] != 0 && !math.IsNaN(temperature) {
		term += (temperature - c.MeanTemperature) * c.Drift[k]
	}
	return c.Scale[k], term
}

// Apply corrects one window's mean.
func (c *Correction) Apply(w *Window) [3]float64 {
	var out [3]float64
	for k := range out {
		factor, term := c.Line(k, w.Temperature)
		out[k] = factor*w.Mean[k] + term
	}
	return out
}
