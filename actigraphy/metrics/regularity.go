package metrics

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
)

const sokolove = "Sokolove and Bushell 1978, doi:10.1016/0022-5193(78)90022-X"

// regularity returns the measures of how the activity repeats itself.
func regularity(d Definition) []Metric {
	if d != Paper {
		return nil
	}
	return slices.Concat([]Metric{autocorrelation(), detrendedFluctuation()}, chiSquares(), lombScargles(), singularSpectra())
}

// autocorrelation is that of the activity with itself a day later.
func autocorrelation() Metric {
	return Metric{
		ID: "autocorrelation", Name: "autocorrelation at 24 h", Group: groupPeriodicity, Definition: Paper,
		Formula: "Pearson's correlation of the epochs with those the lag later, over the pairs of which both were recorded",
		Parameters: []Parameter{
			quantity("lag", "h", 24, 0.1, 240, "how much later"),
		},
		Reference: "Dowse 2013, doi:10.1186/1740-3391-11-6",
		Needs:     "longer than the lag, and activity that varies",
		Missing:   "a pair with a missing epoch is left out",
		compute: func(x *analysis, s settings) (float64, error) {
			lag := s.hours("lag")
			if lag%x.r.Epoch != 0 {
				return 0, fmt.Errorf("a lag of %v is not made of epochs of %v", actigraphy.InWords(lag), actigraphy.InWords(x.r.Epoch))
			}
			return correlation(x.at(Paper, raw), int(lag/x.r.Epoch))
		},
	}
}

// correlation returns Pearson's correlation of values with those lag later.
func correlation(values []float64, lag int) (float64, error) {
	if lag >= len(values) {
		return 0, errors.New("the recording is no longer than the lag")
	}
	n, mx, my := 0, 0.0, 0.0
	for i, y := range values[lag:] {
		if x := values[i]; !math.IsNaN(x + y) {
			n++
			mx += x
			my += y
		}
	}
	mx, my = mx/float64(n), my/float64(n)
	var xx, xy, yy float64
	for i, y := range values[lag:] {
		if x := values[i]; !math.IsNaN(x + y) {
			xx += (x - mx) * (x - mx)
			xy += (x - mx) * (y - my)
			yy += (y - my) * (y - my)
		}
	}
	if n < 3 || xx <= 1e-24*float64(n)*mx*mx || yy <= 1e-24*float64(n)*my*my {
		return 0, errNoVariation
	}
	return xy / math.Sqrt(xx*yy), nil
}

// periodogram is the chi-square periodogram at its highest.
type periodogram struct {
	period time.Duration
	q      float64
	free   float64       // degrees of freedom
	tried  int           // periods
	all    []float64     // Q of each period tried
	width  time.Duration // between them, the width of a bin
	first  int           // bins of the first
}

// chiSquare looks for the period whose average cycle has the most variance. Of
// periods as good as one another within rounding the shortest is taken.
func chiSquare(b bins, width, shortest, longest time.Duration) (periodogram, error) {
	all, err := spreadOf(b.values)
	if err != nil {
		return periodogram{}, err
	}
	from, to := int((shortest+width-1)/width), int(longest/width)
	if to < from || len(b.values) < 2*to {
		return periodogram{}, fmt.Errorf("%d bins were recorded, less than two of the longest period of %v", len(b.values), actigraphy.InWords(longest))
	}
	best := periodogram{tried: to - from + 1, width: width, first: from}
	strongest := math.Inf(-1)
	for p := from; p <= to; p++ {
		q := foldedQ(b.values, p, all)
		best.all = append(best.all, q)
		if excess := (q - float64(p-1)) / math.Sqrt(2*float64(p-1)); excess > strongest*(1+1e-12) || math.IsInf(strongest, -1) {
			strongest = excess
			best.period, best.q, best.free = time.Duration(p)*width, q, float64(p-1)
		}
	}
	return best, nil
}

// foldedQ is Q_P: n times the weighted variance of the average cycle of p bins
// over that of all bins.
func foldedQ(values []float64, p int, all spread) float64 {
	totals, counts := make([]float64, p), make([]float64, p)
	at := 0
	for _, v := range values {
		if !math.IsNaN(v) {
			totals[at] += v - all.mean
			counts[at]++
		}
		if at++; at == p {
			at = 0
		}
	}
	between := 0.0
	for i, n := range counts {
		if n > 0 {
			between += totals[i] * totals[i] / n
		}
	}
	return float64(all.n) * between / all.squares
}
