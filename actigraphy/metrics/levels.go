package metrics

import (
	"fmt"
	"math"
)

// Levels says whether a measure sees the activity as it is, or only whether it is
// above a threshold.
type Levels struct {
	binary    bool
	threshold float64
}

// Raw is the activity as it is.
var Raw = Levels{}

// Above turns activity into 1 where it is above the threshold and 0 elsewhere.
func Above(threshold float64) Levels { return Levels{binary: true, threshold: threshold} }

// apply returns the activity at these levels; NaN stays NaN.
func (l Levels) apply(activity []float64) []float64 {
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

func (l Levels) parameter() Parameter {
	value := "as recorded"
	if l.binary {
		value = fmt.Sprintf("1 above %v, else 0", l.threshold)
	}
	return Parameter{"activity", value}
}

// unit is that of a mean of the activity at these levels.
func (l Levels) unit() string {
	if l.binary {
		return "share of epochs"
	}
	return "activity per epoch"
}
