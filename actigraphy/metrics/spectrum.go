package metrics

import (
	"fmt"
	"math"
)

// Spectrum is a periodogram as a curve: how strong a rhythm of each trial period
// is.
type Spectrum struct {
	Name   string    // of the method
	Axis   string    // what the power is
	Hours  []float64 // trial periods, ascending
	Power  []float64 // of each
	Level  []float64 // power that noise has with the probability Alpha at any of the periods; of each
	Alpha  float64
	Period float64 // h; of the strongest rhythm, as the measure has it
	Peak   int     // the trial period next to it
}

// Spectrum returns the periodogram behind a measure, with the measure's
// parameters: those of the groups chi2_ and lomb_ have one. alpha is the
// probability of the level of significance, between 0 and 1. What leaves the
// measure without a value, and a measure without a periodogram, are errors.
func (m Metric) Spectrum(in Input, alpha float64) (Spectrum, error) {
	switch {
	case m.spectrum == nil:
		return Spectrum{}, fmt.Errorf("%s has no periodogram: chi2_period and lomb_period have", m.ID)
	case !(alpha > 0 && alpha < 1):
		return Spectrum{}, fmt.Errorf("a level of significance of %v: want one between 0 and 1", alpha)
	}
	if err := m.check(in.Recording); err != nil {
		return Spectrum{}, err
	}
	s, err := m.spectrum(newAnalysis(in), m.settings(), alpha)
	if err != nil {
		return Spectrum{}, err
	}
	s.Alpha = alpha
	for i, hours := range s.Hours {
		if math.Abs(hours-s.Period) < math.Abs(s.Hours[s.Peak]-s.Period) {
			s.Peak = i
		}
	}
	return s, nil
}

// trialBounds are the parameters of the periods that a periodogram tries.
func trialBounds() []Parameter {
	return []Parameter{
		binWidth(6, 1, 60),
		quantity("shortest", "h", 18, 2, 48, "least period"),
		quantity("longest", "h", 30, 2, 72, "greatest period"),
	}
}
