package measured

import "math"

// Value is what a formula gave: a finite number, or NaN and the reason why there is
// none.
type Value struct {
	Value  float64
	Reason string
	Note   string // what to know of the number; empty for nothing
	Parts  []Part

	// Settled are the parameters that were used, where the formula leaves some to the
	// recording or to an algorithm: as in Formula, "" where they are the formula's.
	Settled string
}

// Part is the value of one part of the recording, such as a night.
type Part struct {
	Label  string
	Value  float64 // NaN where Reason says why
	Reason string
}

// Valid reports whether the value is a finite number without a reason, or NaN with
// one, and its parts too.
func (v Value) Valid() bool {
	for _, p := range v.Parts {
		if !explained(p.Value, p.Reason) {
			return false
		}
	}
	return explained(v.Value, v.Reason)
}

func explained(v float64, reason string) bool {
	return math.IsNaN(v) == (reason != "") && !math.IsInf(v, 0)
}

// Set is the values of one basis, by the ids of their formulas.
type Set struct {
	Basis  Basis
	Values map[string]Value
}
