package metrics

import (
	"fmt"
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/optimize"
)

// freeCosinors returns the measures of a cosine whose period is fitted, too.
func freeCosinors(d Definition) []Metric {
	var list []Metric
	for _, part := range []struct {
		id, name, unit string
		of             func(cosine) float64
	}{
		{"period", "period", "h", func(c cosine) float64 { return c.period }},
		{"mesor", "mesor", levelUnit(raw), func(c cosine) float64 { return c.mesor }},
		{"amplitude", "amplitude", levelUnit(raw), func(c cosine) float64 { return c.amplitude }},
		{"acrophase", "time of the first peak", "h since midnight before the recording", cosine.peak},
		{"R2", "share of the variance that the cosine explains", "", cosine.r2},
	} {
		list = append(list, Metric{
			ID: "cosinor_free_" + part.id, Name: "cosinor with a fitted period: " + part.name, Group: groupCosinor, Definition: d, Unit: part.unit,
			Formula: "the cosinor of the period within the bounds that leaves the smallest sum of squares: trial periods as dense as the length of the recording can tell apart, the best of them refined",
			Parameters: []Parameter{
				quantity("shortest", "h", 18, 2, 48, "least period"),
				quantity("longest", "h", 30, 2, 72, "greatest period"),
			},
			Reference: citing(d, cornelissen),
			Needs:     "at least two of the longest periods, activity that varies, and the time of day",
			Missing:   "missing epochs are left out",
			compute: func(x *analysis, s settings) (float64, error) {
				fit, err := x.freeCosine(d, s["shortest"], s["longest"])
				if err != nil {
					return 0, err
				}
				return part.of(fit), nil
			},
		})
	}
	return list
}

// freeCosine fits a cosine and its period between bounds in hours.
func (x *analysis) freeCosine(d Definition, shortest, longest float64) (cosine, error) {
	type key struct {
		d                 Definition
		shortest, longest float64
	}
	return remembered(x, key{d, shortest, longest}, func() (cosine, error) {
		activity := x.at(d, raw)
		hours := float64(len(activity)) * x.r.Epoch.Hours()
		switch {
		case x.r.Start.IsZero():
			return cosine{}, errNoClock
		case shortest >= longest:
			return cosine{}, fmt.Errorf("the shortest period, %v h, is not less than the longest, %v h", shortest, longest)
		case hours < 2*longest:
			return cosine{}, fmt.Errorf("%.3g h were recorded, less than two periods of %v h", hours, longest)
		}
		period, err := bestPeriod(activity, x.r.Epoch.Hours(), shortest, longest)
		if err != nil {
			return cosine{}, err
		}
		return x.cosine(d, period)
	})
}

// bestPeriod returns the period whose cosine leaves the smallest sum of squares,
// between bounds; one at a bound is an error. Frequencies are tried at a quarter
// of the distance that the length of the recording can tell apart.
func bestPeriod(activity []float64, epoch, shortest, longest float64) (float64, error) {
	n, mean, squares := moments(activity)
	if n < 4 || squares <= 1e-24*float64(n)*mean*mean {
		return 0, errNoVariation
	}
	left := func(frequency float64) float64 {
		return squares - explained(activity, mean, 2*math.Pi*epoch*frequency)
	}
	low, high := 1/longest, 1/shortest
	trials := int(math.Ceil(4*(high-low)*float64(len(activity))*epoch)) + 2
	step := (high - low) / float64(trials)
	best, least := 0, math.Inf(1)
	for i := range trials + 1 {
		if v := left(low + float64(i)*step); v < least {
			best, least = i, v
		}
	}
	if best == 0 || best == trials {
		return 0, fmt.Errorf("no period between %v and %v h fits better than those at the ends", shortest, longest)
	}
	result, err := optimize.Minimize(optimize.Problem{Func: func(at []float64) float64 {
		return left(low+(float64(best)+at[0])*step) / squares
	}}, []float64{0}, &optimize.Settings{Converger: &optimize.FunctionConverge{Absolute: 1e-15, Iterations: 20}}, &optimize.NelderMead{SimplexSize: 0.5})
	if err != nil {
		return 0, fmt.Errorf("fitting the period: %w", err)
	}
	return 1 / (low + (float64(best)+result.X[0])*step), nil
}

// explained returns the sum of squares that a cosine with an angle of step per
// epoch explains. The angle is turned on from epoch to epoch and set anew every
// 256, which keeps it to 1e-13.
func explained(activity []float64, mean, step float64) float64 {
	const anew = 256
	turn := cmplx.Rect(1, step)
	at := complex(1, 0)
	var n, c, s, cc, cs, y, yc, ys float64
	for i, v := range activity {
		if i%anew == 0 {
			at = cmplx.Rect(1, step*float64(i))
		}
		if !math.IsNaN(v) {
			cos, sin := real(at), imag(at)
			v -= mean
			n++
			c += cos
			s += sin
			cc += cos * cos
			cs += cos * sin
			y += v
			yc += v * cos
			ys += v * sin
		}
		at *= turn
	}
	// Cosine and sine without their means: two equations.
	cosCos, cosSin, sinSin := cc-c*c/n, cs-c*s/n, n-cc-s*s/n
	yCos, ySin := yc-y*c/n, ys-y*s/n
	det := cosCos*sinSin - cosSin*cosSin
	return (yCos*yCos*sinSin - 2*yCos*ySin*cosSin + ySin*ySin*cosCos) / det
}
