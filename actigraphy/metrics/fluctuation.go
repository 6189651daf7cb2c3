package metrics

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
)

// fluctuationScales is how many window lengths are tried, evenly on a log scale.
const fluctuationScales = 20

// detrendedFluctuation is the scaling exponent α of DFA.
func detrendedFluctuation() Metric {
	return Metric{
		ID: "DFA_alpha", Name: "scaling exponent of detrended fluctuation analysis", Group: groupPeriodicity, Definition: Paper,
		Formula: "slope of log F(n) on log n over 20 window lengths n evenly apart on a log scale; F²(n) is the mean square of the running sum of the deviations from the mean about a line in each window of n epochs, windows side by side",
		Parameters: []Parameter{
			quantity("shortest", "min", 10, 1, 1440, "least window, of at least 4 epochs"),
			quantity("longest", "min", 480, 2, 14400, "greatest window"),
		},
		Reference: "Peng et al. 1994, doi:10.1103/PhysRevE.49.1685",
		Needs:     "at least 4 of the longest windows whole, and activity that varies",
		Missing:   "a window with a missing epoch is left out",
		compute: func(x *analysis, s settings) (float64, error) {
			shortest, longest := int(s.minutes("shortest")/x.r.Epoch), int(s.minutes("longest")/x.r.Epoch)
			if shortest < 4 || longest < 2*shortest {
				return 0, fmt.Errorf("windows of %d to %d epochs: the shortest must have 4, and the longest twice as many as it", shortest, longest)
			}
			return scalingExponent(x.at(Paper, raw), shortest, longest)
		},
	}
}

func scalingExponent(activity []float64, shortest, longest int) (float64, error) {
	if _, err := spreadOf(activity); err != nil {
		return 0, err
	}
	profile := runningSum(activity)
	var lengths, fluctuations []float64
	last := 0
	for k := range fluctuationScales {
		ratio := float64(k) / (fluctuationScales - 1)
		n := int(math.Round(float64(shortest) * math.Pow(float64(longest)/float64(shortest), ratio)))
		if n == last {
			continue
		}
		last = n
		f, windows := fluctuation(activity, profile, n)
		if windows < 4 {
			return 0, fmt.Errorf("%d windows of %d epochs were recorded whole, and at least 4 are needed", windows, n)
		}
		lengths = append(lengths, math.Log(float64(n)))
		fluctuations = append(fluctuations, math.Log(f))
	}
	_, slope := stat.LinearRegression(lengths, fluctuations, nil, false)
	return slope, nil
}

// runningSum returns the sum of the deviations from the mean up to each epoch,
// missing ones adding nothing.
func runningSum(activity []float64) []float64 {
	_, mean, _ := moments(activity)
	sums := make([]float64, len(activity))
	total := 0.0
	for i, v := range activity {
		if !math.IsNaN(v) {
			total += v - mean
		}
		sums[i] = total
	}
	return sums
}

// fluctuation returns F(n) and of how many windows it is.
func fluctuation(activity, profile []float64, n int) (f float64, windows int) {
	total := 0.0
	for from := 0; from+n <= len(profile); from += n {
		if square, whole := aboutALine(activity[from:from+n], profile[from:from+n]); whole {
			total += square
			windows++
		}
	}
	return math.Sqrt(total / float64(windows*n)), windows
}

// aboutALine returns the sum of squares of a window about its line, and whether
// all of its epochs were recorded.
func aboutALine(activity, profile []float64) (squares float64, whole bool) {
	n := float64(len(profile))
	var y, xy, yy float64
	for i, v := range profile {
		if math.IsNaN(activity[i]) {
			return 0, false
		}
		v -= profile[0]
		y += v
		xy += (float64(i) - (n-1)/2) * v
		yy += v * v
	}
	xx := n * (n*n - 1) / 12
	return max(0, yy-y*y/n-xy*xy/xx), true
}
