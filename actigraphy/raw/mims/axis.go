package mims

import "math"

// Axis brings one axis of a segment to the signal that is integrated.
type Axis struct {
	upsample upsample
	restore  restore
	filter   bandPass
	at100    []float64
	restored []float64
}

// NewAxis returns an axis for a signal of a rate in Hz, of a device that measures
// up to limit g; where that is 0, nothing is restored.
func NewAxis(rate, limit float64) *Axis {
	return &Axis{upsample: upsample{step: rate / Rate}, restore: restore{limit: limit}}
}

// Append filters samples in g and appends the absolute values that they complete,
// at Rate; the first one belongs to the first sample. At the end of a segment last
// is true.
func (a *Axis) Append(dst, samples []float64, last bool) []float64 {
	a.at100 = a.upsample.append(a.at100[:0], samples, last)
	a.restored = a.restore.append(a.restored[:0], a.at100, last)
	for _, v := range a.restored {
		dst = append(dst, math.Abs(a.filter.next(v)))
	}
	return dst
}

// Cut returns how many stretches at the end of the range were restored, and how
// many could not be.
func (a *Axis) Cut() (restored, left int) { return a.restore.cut, a.restore.kept }
