package metrics

import (
	"cmp"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/dsp/fourier"
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
			Formula: "the cosinor of the period within the bounds that leaves the smallest sum of squares, looked for around the three strongest peaks of the spectrum",
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
// between bounds. The peaks of the spectrum are where it is looked for.
func bestPeriod(activity []float64, epoch, shortest, longest float64) (float64, error) {
	n, mean, squares := moments(activity)
	if n < 4 || squares <= 1e-24*float64(n)*mean*mean {
		return 0, errNoVariation
	}
	waves := newOscillations(activity, mean)
	explained := func(frequency float64) float64 { return waves.explained(2 * math.Pi * epoch * frequency) }
	peaks, step := spectralPeaks(activity, mean, epoch, 1/longest, 1/shortest)
	if len(peaks) == 0 {
		return 0, fmt.Errorf("no period between %v and %v h fits better than those at the ends", shortest, longest)
	}
	best := slices.MaxFunc(peaks, func(a, b float64) int { return cmp.Compare(explained(a), explained(b)) })
	return 1 / highestBetween(explained, best-2*step, best+2*step), nil
}

// spectralPeaks returns the frequencies, per hour, of the strongest peaks of the
// spectrum between two, and how far its lines are apart: a quarter of what the
// length of the recording can tell apart, or less. Missing epochs are at the mean.
func spectralPeaks(activity []float64, mean, epoch, low, high float64) (peaks []float64, step float64) {
	const hoursOfBin, most = 1.0 / 6, 3
	per := max(1, int(hoursOfBin/epoch))
	bins := (len(activity) + per - 1) / per
	padded := 1
	for padded < 4*bins {
		padded *= 2
	}
	series := make([]float64, padded)
	for i, v := range activity {
		if !math.IsNaN(v) {
			series[i/per] += v - mean
		}
	}
	spectrum := fourier.NewFFT(padded).Coefficients(nil, series)
	step = 1 / (float64(padded*per) * epoch)
	var lines []int
	for k := max(1, int(math.Ceil(low/step))); k+1 < len(spectrum) && float64(k)*step <= high; k++ {
		if here := cmplx.Abs(spectrum[k]); here > cmplx.Abs(spectrum[k-1]) && here >= cmplx.Abs(spectrum[k+1]) {
			lines = append(lines, k)
		}
	}
	slices.SortStableFunc(lines, func(a, b int) int { return cmp.Compare(cmplx.Abs(spectrum[b]), cmplx.Abs(spectrum[a])) })
	for _, k := range lines[:min(most, len(lines))] {
		peaks = append(peaks, float64(k)*step)
	}
	return peaks, step
}
