package plots

import (
	"math"
	"strconv"
	"strings"
)

// tick is a mark on an axis; one without a label is only a mark.
type tick struct {
	at    float64
	label string
}

// largest and smallest bound what an axis tells apart, so that no range
// overflows or vanishes.
const (
	largest  = 1e300
	smallest = 1e-300
)

// span returns the least and the greatest finite value, and whether there is
// one. Values beyond what an axis can hold count as its ends.
func span(values ...[]float64) (lo, hi float64, ok bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, vs := range values {
		for _, v := range vs {
			if finite(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	if lo > hi {
		return 0, 1, false
	}
	return bounded(lo), bounded(hi), true
}

// bounded returns the value an axis can hold that is nearest to v.
func bounded(v float64) float64 {
	if math.Abs(v) < smallest {
		return 0
	}
	return min(max(v, -largest), largest)
}

// padded widens a range by a share of its length on both sides; a range without
// length becomes one around its value.
func padded(lo, hi, share float64) (float64, float64) {
	if !(hi > lo) {
		half := math.Abs(lo) / 10
		if half == 0 {
			half = 1
		}
		return lo - half, hi + half
	}
	d := (hi - lo) * share
	return lo - d, hi + d
}

// clockTicks labels ticks of hours as times of day.
func clockTicks(ticks []tick) []tick {
	for i, t := range ticks {
		ticks[i].label = TimeOfDay(t.at)
	}
	return ticks
}

// niceTicks returns about n ticks at round values within a range: multiples of
// 1, 2, 2.5 or 5 times a power of ten.
func niceTicks(lo, hi float64, n int) []tick {
	if !(hi > lo) || n < 1 {
		return []tick{{lo, number(lo, math.Abs(lo))}}
	}
	step := niceStep((hi - lo) / float64(n))
	var ticks []tick
	first := math.Ceil(lo/step - 1e-9)
	for i := 0; i <= 4*n; i++ {
		v := (first + float64(i)) * step
		if v > hi+step*1e-9 {
			break
		}
		if math.Abs(v) < step*1e-9 {
			v = 0
		}
		ticks = append(ticks, tick{v, number(v, step)})
	}
	return ticks
}

// niceStep returns the round step nearest above a rough one.
func niceStep(rough float64) float64 {
	scale := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if rough <= m*scale*1.0001 {
			return m * scale
		}
	}
	return 10 * scale
}

// threeDigits writes a value over 0 to three significant digits.
func threeDigits(v float64) string {
	unit := math.Pow10(int(math.Floor(math.Log10(v))) - 2)
	return number(math.Round(v/unit)*unit, max(unit, smallest))
}

// number writes a value to the precision of a step: with a true minus, commas
// between thousands, and powers of ten from a million up.
func number(v, step float64) string {
	if v == 0 {
		return "0"
	}
	a := math.Abs(v)
	var s string
	switch {
	case a >= 1e6 || a < 1e-4:
		s = strconv.FormatFloat(a, 'g', 3, 64)
		s = strings.Replace(s, "e+0", "e", 1)
		s = strings.Replace(s, "e+", "e", 1)
		s = strings.Replace(s, "e-0", "e-", 1)
	default:
		s = thousands(strconv.FormatFloat(a, 'f', decimalsOf(step), 64))
	}
	if v < 0 {
		s = "−" + s
	}
	return s
}

// decimalsOf returns how many decimals tell multiples of a step apart.
func decimalsOf(step float64) int {
	for d := range 6 {
		scaled := step * math.Pow10(d)
		if math.Abs(scaled-math.Round(scaled)) < 1e-6*max(1, scaled) {
			return d
		}
	}
	return 6
}

// thousands puts commas between the thousands of a plain decimal.
func thousands(s string) string {
	whole, fraction, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		return whole + "." + fraction
	}
	return whole
}

// hourTicks marks the hours of one or two days. Labels stand every 3 hours where
// there is room for them, else every 6 or 12.
func hourTicks(days int, width, em float64) []tick {
	every := 12
	for _, hours := range []int{3, 6} {
		if width/float64(days*24/hours) >= 2.2*em {
			every = hours
			break
		}
	}
	var ticks []tick
	for h := 0; h <= 24*days; h += 3 {
		t := tick{at: float64(h)}
		if h%every == 0 {
			t.label = strconv.Itoa(h)
		}
		ticks = append(ticks, t)
	}
	return ticks
}
