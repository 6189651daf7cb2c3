package metrics

import "math"

// levels says whether a measure sees the activity as it is, or only whether it is
// above a threshold.
type levels struct {
	binary    bool
	threshold float64
}

// raw is the activity as it is.
var raw = levels{}

// above turns activity into 1 where it is above the threshold and 0 elsewhere.
func above(threshold float64) levels { return levels{binary: true, threshold: threshold} }

// byDefault returns the levels of a definition's rest-activity measures.
func byDefault(d Definition) levels {
	if d == PyActigraphy {
		return above(4)
	}
	return raw
}

// apply returns the activity at these levels; NaN stays NaN.
func (l levels) apply(activity []float64) []float64 {
	if !l.binary {
		return activity
	}
	out := make([]float64, len(activity))
	for i, v := range activity {
		switch {
		case math.IsNaN(v):
			out[i] = v
		case v > l.threshold:
			out[i] = 1
		}
	}
	return out
}

// levelUnit is the unit of a mean of activity that a threshold may have made
// binary.
func levelUnit(l levels) string {
	if l.binary {
		return "share of epochs"
	}
	return "activity per epoch"
}
