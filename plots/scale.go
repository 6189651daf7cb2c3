package plots

import (
	"math"
	"slices"
)

// Scale maps values from 0 to Max to colours, evenly or by log(1+v). Activity is
// never under 0; a value beyond an end gets the colour of that end.
type Scale struct {
	Log bool
	Max float64
}

// linearQuantile is the share of values a linear scale shows without clipping:
// a few bursts would leave the rest in one colour.
const linearQuantile = 0.99

// AutoScale returns the scale that shows the values: up to the largest where it
// is logarithmic, up to the 99th percentile of the values over 0 where it is
// linear. Without a value over 0 it ends at 1.
func AutoScale(values []float64, log bool) Scale {
	positive := make([]float64, 0, len(values))
	for _, v := range values {
		if v >= smallest && finite(v) {
			positive = append(positive, min(v, largest))
		}
	}
	s := Scale{Log: log, Max: 1}
	switch {
	case len(positive) == 0:
	case log:
		s.Max = slices.Max(positive)
	default:
		slices.Sort(positive)
		s.Max = quantile(positive, linearQuantile)
	}
	return s
}

// Norm returns where a value lies on the scale, from 0 to 1, and NaN for NaN.
func (s Scale) Norm(v float64) float64 {
	switch {
	case math.IsNaN(v):
		return v
	case v <= 0 || s.Max <= 0:
		return 0
	case v >= s.Max:
		return 1
	case s.Log:
		return math.Log1p(v) / math.Log1p(s.Max)
	default:
		return v / s.Max
	}
}

// ticks returns marks at round values of the scale, in data units.
func (s Scale) ticks(n int) []tick {
	if !s.Log || s.Max < 10 {
		return niceTicks(0, s.Max, n)
	}
	decades := int(math.Floor(math.Log10(s.Max)))
	every := max(1, (decades+n-1)/n)
	ticks := []tick{{0, "0"}}
	for d := 0; d <= decades; d++ {
		if d > 0 && d%every != 0 {
			continue
		}
		v := math.Pow10(d)
		ticks = append(ticks, tick{v, number(v, v)})
	}
	return ticks
}

// quantile returns the q-quantile of sorted values by linear interpolation
// between order statistics (type 7 of Hyndman and Fan 1996,
// doi:10.2307/2684934; the default of R and NumPy). NaN without values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := q * float64(len(sorted)-1)
	i := int(h)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}
