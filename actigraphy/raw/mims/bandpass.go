package mims

// section is a part of second order of a filter: numerator and denominator, whose
// first coefficient is 1.
type section struct{ b0, b1, b2, a1, a2 float64 }

// sections are the Butterworth band-pass of order 4, 0.2 to 5 Hz at 100 samples a
// second.
var sections = [4]section{
	{0.00035884079585594807, 0.0007176815917118961, 0.00035884079585594807, -1.5159822849588995, 0.5834853466408264},
	{1, 2, 1, -1.716595746217314, 0.8031027707040367},
	{1, -2, 1, -1.975557331618518, 0.975737011400658},
	{1, -2, 1, -1.9908203974892624, 0.9909808438475551},
}

// bandPass filters a signal as it comes. It begins as if the first sample had
// stood for ever: the pass band leaves constants out, so that is the first sample
// taken from all. (The R package begins with zeros, and its first seconds are those
// of gravity being switched on.)
type bandPass struct {
	begun bool
	first float64
	state [len(sections)][2]float64
}

func (f *bandPass) next(x float64) float64 {
	if !f.begun {
		f.begun, f.first = true, x
	}
	x -= f.first
	for i := range sections {
		s, z := &sections[i], &f.state[i]
		y := s.b0*x + z[0]
		z[0] = s.b1*x - s.a1*y + z[1]
		z[1] = s.b2*x - s.a2*y
		x = y
	}
	return x
}
