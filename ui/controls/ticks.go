package controls

import (
	"math"
	"strconv"

	"circascope/plots"
)

// Tick is a mark on an axis: where, from 0 to 1, and what stands there.
type Tick struct {
	At    float64
	Label string
}

// niceTicks returns about n marks at 1, 2 or 5 times a power of ten between lo
// and hi.
func niceTicks(lo, hi float64, n int) []Tick {
	if !(hi > lo) || n < 1 {
		return nil
	}
	step := niceStep((hi - lo) / float64(n))
	var ticks []Tick
	for k := math.Ceil(lo / step); k*step <= hi+step*1e-9; k++ {
		v := k * step
		ticks = append(ticks, Tick{(v - lo) / (hi - lo), tickLabel(v, step)})
	}
	return ticks
}

// niceStep rounds up to 1, 2 or 5 times a power of ten.
func niceStep(raw float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= raw*0.999 {
			return m * power
		}
	}
	return 10 * power
}

func tickLabel(v, step float64) string {
	decimals := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	if math.Abs(v) < step/1e6 {
		return "0"
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

// scaleTicks returns marks of a colour scale: decades where it is logarithmic.
func scaleTicks(s plots.Scale) []Tick {
	if !s.Log || s.Max < 10 {
		ticks := niceTicks(0, s.Max, 4)
		for i := range ticks {
			ticks[i].At = s.Norm(ticks[i].At * s.Max)
		}
		return ticks
	}
	ticks := []Tick{{0, "0"}}
	for v := 1.0; v <= s.Max; v *= 10 {
		ticks = append(ticks, Tick{s.Norm(v), strconv.FormatFloat(v, 'f', 0, 64)})
	}
	return ticks
}
