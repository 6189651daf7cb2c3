package metrics

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/optimize"
)

const marler = "Marler et al. 2006, doi:10.1002/sim.2466"

// sigmoid is Marler's curve: least + height·expit(β(cos(2π(t−peak)/24) − α)).
type sigmoid struct {
	least, height   float64
	alpha, beta     float64
	peak            float64 // h since midnight
	residual, total float64 // sums of squares
}

// coarseEpoch is that of the day on which the curve is looked for at first.
const coarseEpoch = 10 * time.Minute

// half returns the hours from the peak to where the curve is half way up.
func (f sigmoid) half() float64 { return math.Acos(f.alpha) * 24 / (2 * math.Pi) }

// extendedCosinors returns the measures of the sigmoidally transformed cosine.
func extendedCosinors(d Definition) []Metric {
	if d != Paper {
		return nil
	}
	var list []Metric
	for _, part := range []struct {
		id, name, unit string
		of             func(sigmoid) float64
	}{
		{"min", "least activity of the curve", levelUnit(raw), func(f sigmoid) float64 { return f.least }},
		{"amp", "height of the curve above its least", levelUnit(raw), func(f sigmoid) float64 { return f.height }},
		{"alpha", "α: whether rest (above 0) or activity is the shorter part", "", func(f sigmoid) float64 { return f.alpha }},
		{"beta", "β: how steeply the curve turns", "", func(f sigmoid) float64 { return f.beta }},
		{"acrotime", "time of the peak", unitClock, func(f sigmoid) float64 { return f.peak }},
		{"up_mesor", "time at which the curve rises through its middle", unitClock, func(f sigmoid) float64 { return clockOf(f.peak - f.half()) }},
		{"down_mesor", "time at which the curve falls through its middle", unitClock, func(f sigmoid) float64 { return clockOf(f.peak + f.half()) }},
		{"R2", "share of the variance that the curve explains", "", func(f sigmoid) float64 { return 1 - f.residual/f.total }},
	} {
		list = append(list, Metric{
			ID: "cosinor_ext_" + part.id, Name: "extended cosinor: " + part.name, Group: groupCosinor, Definition: Paper, Unit: part.unit,
			Formula:   "min + amp/(1+exp(−β(cos(2π(t−t_peak)/24 h) − α))) by least squares on every epoch, α from −1 to 1, β above 0",
			Reference: marler,
			Needs:     "each epoch of the day recorded on at least one day, activity that varies, and the time of day",
			Missing:   "missing epochs are left out",
			compute: func(x *analysis, _ settings) (float64, error) {
				fit, err := x.sigmoid()
				if err != nil {
					return 0, err
				}
				return part.of(fit), nil
			},
		})
	}
	return list
}

// clockOf returns hours since midnight from 0 to before 24.
func clockOf(hours float64) float64 { return math.Mod(math.Mod(hours, 24)+24, 24) }

// sigmoid fits the curve. It has a period of a day, so that the average day with
// the number of values behind each epoch of it holds all there is to fit.
func (x *analysis) sigmoid() (sigmoid, error) {
	type key struct{}
	return remembered(x, key{}, func() (sigmoid, error) {
		if x.r.Start.IsZero() {
			return sigmoid{}, errNoClock
		}
		if _, err := x.epochProfile(Paper, raw); err != nil {
			return sigmoid{}, err
		}
		b, err := x.bins(binning{d: Paper, l: raw, width: x.r.Epoch})
		if err != nil {
			return sigmoid{}, err
		}
		all, err := spreadOf(b.values)
		if err != nil {
			return sigmoid{}, err
		}
		profile, counts := b.averageDay()
		phase := (x.r.Start.SinceMidnight() % x.r.Epoch).Hours()
		coarse := max(1, int(coarseEpoch/x.r.Epoch))
		return fitSigmoid(newDayFit(profile, counts, phase, all, coarse), newDayFit(profile, counts, phase, all, 1))
	})
}

// dayFit is an average day to which a curve is fitted.
type dayFit struct {
	cos, sin       []float64 // of the hour of each epoch, a day being a turn
	means, weights []float64 // of each epoch of the day
	within         float64   // sum of squares about the average day
	total          float64
}

// newDayFit joins as many epochs as are asked for in one, each in the middle of
// them: the fit of a coarse day is where that of the fine one begins.
func newDayFit(profile []float64, counts []int, phase float64, all spread, join int) dayFit {
	f := dayFit{within: all.squares, total: all.squares}
	for from := 0; from < len(profile); from += join {
		var w, y float64
		to := min(from+join, len(profile))
		for i := from; i < to; i++ {
			w += float64(counts[i])
			y += float64(counts[i]) * profile[i]
		}
		hour := phase + 24*float64(from+to-1)/2/float64(len(profile))
		sin, cos := math.Sincos(2 * math.Pi * hour / 24)
		f.cos, f.sin = append(f.cos, cos), append(f.sin, sin)
		f.means, f.weights = append(f.means, y/w), append(f.weights, w)
		f.within -= w * (y/w - all.mean) * (y/w - all.mean)
	}
	return f
}

// fitSigmoid searches α, β and the peak from several starts on a coarse day, and
// from each of the curves found there on the day as it is; min and amp follow from
// them by linear regression.
func fitSigmoid(coarse, fine dayFit) (sigmoid, error) {
	best := sigmoid{residual: math.Inf(1)}
	starts, err := coarse.curvesFound()
	for _, from := range starts {
		at, err := fine.search(from, 0.02, 1e-12, 30)
		if err != nil {
			return sigmoid{}, err
		}
		if fit := fine.curve(at); fit.residual < best.residual {
			best = fit
		}
	}
	if err == nil && math.IsInf(best.residual, 1) {
		err = errors.New("no curve with a peak fits the average day")
	}
	return best, err
}

// curvesFound returns the different curves that searches end at, as curve takes
// them. A smooth day has one.
func (f dayFit) curvesFound() ([][]float64, error) {
	const same = 1e-6 // of the squares
	var found [][]float64
	var left []float64
	peak := f.firstHarmonic()
	for _, alpha := range []float64{-0.5, 0, 0.5} {
		for _, beta := range []float64{2, 10} {
			at, err := f.search([]float64{math.Atanh(alpha), math.Log(beta), peak}, 0.3, 1e-8, 15)
			if err != nil {
				return nil, err
			}
			residual := f.curve(at).residual
			if !math.IsInf(residual, 1) && !slices.ContainsFunc(left, func(v float64) bool { return math.Abs(v-residual) < same*f.total }) {
				found, left = append(found, at), append(left, residual)
			}
		}
	}
	return found, nil
}

// search returns the α, β and peak near a place that leave the least, as curve
// takes them.
func (f dayFit) search(from []float64, simplex, exactness float64, patience int) ([]float64, error) {
	result, err := optimize.Minimize(optimize.Problem{Func: func(at []float64) float64 {
		return f.curve(at).residual / f.total
	}}, from, &optimize.Settings{
		Converger: &optimize.FunctionConverge{Absolute: exactness, Iterations: patience}, FuncEvaluations: 3000,
	}, &optimize.NelderMead{SimplexSize: simplex})
	if err != nil {
		return nil, fmt.Errorf("fitting the extended cosinor: %w", err)
	}
	return result.X, nil
}

// curve returns the best curve with α = tanh(at[0]), β = exp(at[1]) and a peak at
// at[2]. One upside down, and one as steep as a step, has no finite residual.
func (f dayFit) curve(at []float64) sigmoid {
	const steepest = 1e4
	fit := sigmoid{alpha: math.Tanh(at[0]), beta: math.Exp(at[1]), peak: clockOf(at[2]), total: f.total, residual: math.Inf(1)}
	if fit.beta > steepest {
		return fit
	}
	var n, u, uu, y, uy, yy float64
	sin, cos := math.Sincos(2 * math.Pi * fit.peak / 24)
	for i, w := range f.weights {
		m, c := f.means[i], 1/(1+math.Exp(-fit.beta*(f.cos[i]*cos+f.sin[i]*sin-fit.alpha)))
		n += w
		u += w * c
		uu += w * c * c
		y += w * m
		uy += w * c * m
		yy += w * m * m
	}
	spreadU := uu - u*u/n
	fit.height = (uy - u*y/n) / spreadU
	if !(spreadU > 1e-12*n) || fit.height <= 0 {
		return fit
	}
	fit.least = (y - fit.height*u) / n
	fit.residual = f.within + max(0, yy-y*y/n-fit.height*(uy-u*y/n))
	return fit
}

// firstHarmonic returns when the average day's first harmonic is greatest.
func (f dayFit) firstHarmonic() float64 {
	var c, s float64
	for i, m := range f.means {
		c += m * f.cos[i]
		s += m * f.sin[i]
	}
	return clockOf(math.Atan2(s, c) * 24 / (2 * math.Pi))
}
