package metrics

import (
	"fmt"
	"math"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"circascope/actigraphy"
)

// chiSquares returns the measures of the chi-square periodogram.
func chiSquares() []Metric {
	var list []Metric
	for _, part := range []struct {
		id, name, unit string
		of             func(periodogram) float64
	}{
		{"period", "period with the strongest rhythm", "h", func(p periodogram) float64 { return p.period.Hours() }},
		{"Q", "Q of that period", "", func(p periodogram) float64 { return p.q }},
		{"p", "probability of such a Q in noise, for the number of periods tried", "", func(p periodogram) float64 { return p.p() }},
	} {
		list = append(list, Metric{
			ID: "chi2_" + part.id, Name: "chi-square periodogram: " + part.name, Group: groupPeriodicity, Definition: Paper, Unit: part.unit,
			Formula:    "Q_P = n·Σ_h n_h(x̄_h−x̄)² / Σ_i(x_i−x̄)² over the n bins, h the P bins of a cycle; the period whose Q lies most standard deviations √(2(P−1)) above its mean P−1; p of χ² with P−1 degrees of freedom, by Šidák for the periods tried",
			Parameters: trialBounds(),
			Reference:  sokolove,
			Needs:      "at least two of the longest periods, and activity that varies",
			Missing:    missingClockBins,
			compute: func(x *analysis, s settings) (float64, error) {
				p, err := x.chiSquare(s)
				if err != nil {
					return 0, err
				}
				return part.of(p), nil
			},
			spectrum: chiSquareSpectrum,
		})
	}
	return list
}

func (x *analysis) chiSquare(s settings) (periodogram, error) {
	type key struct{ bin, shortest, longest time.Duration }
	k := key{s.minutes("bin"), s.hours("shortest"), s.hours("longest")}
	return remembered(x, k, func() (periodogram, error) {
		if k.shortest >= k.longest {
			return periodogram{}, fmt.Errorf("the shortest period, %v, is not less than the longest, %v", actigraphy.InWords(k.shortest), actigraphy.InWords(k.longest))
		}
		b, err := x.bins(binning{d: Paper, l: raw, width: k.bin})
		if err != nil {
			return periodogram{}, err
		}
		return chiSquare(b, k.bin, k.shortest, k.longest)
	})
}

// p is the probability that noise has a Q as high at any of the periods tried.
func (p periodogram) p() float64 {
	one := distuv.ChiSquared{K: p.free}.Survival(p.q)
	return -math.Expm1(float64(p.tried) * math.Log1p(-one))
}

// chiSquareSpectrum is Q of every period tried, and the Q that noise has rarely.
func chiSquareSpectrum(x *analysis, s settings, alpha float64) (Spectrum, error) {
	p, err := x.chiSquare(s)
	if err != nil {
		return Spectrum{}, err
	}
	out := Spectrum{Name: "chi-square", Axis: "Q", Power: p.all, Period: p.period.Hours()}
	one := -math.Expm1(math.Log1p(-alpha) / float64(p.tried)) // of each period, by Šidák
	for i := range p.all {
		bins := p.first + i
		out.Hours = append(out.Hours, (time.Duration(bins) * p.width).Hours())
		out.Level = append(out.Level, distuv.ChiSquared{K: float64(bins - 1)}.Quantile(1-one))
	}
	return out, nil
}
