package explore

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// DayPatterns are the functional principal components of people's average days.
type DayPatterns struct {
	Scores    [][]float64 // a row a person, k wide, in the unit of the activity
	Curves    [][]float64 // k components over the bins of a day, with a mean square of 1
	Explained []float64   // k shares of the variance of the smooth days, falling
	Mean      []float64   // the mean of the smooth days over the bins
	Kept      float64     // share of the variance of the days that is left in the smooth ones
}

// FunctionalPCA returns the first k functional principal components of average days
// (Ramsay and Silverman 2005, doi:10.1007/b98888; of actigraphy, Wang et al. 2011,
// doi:10.1186/1740-3391-9-11). A day, a row of values at equal steps round the clock,
// is smoothed by least squares on a constant and as many harmonics of 24 h as asked
// for, each a cosine and a sine: 4 give the nine functions of Wang et al. On this
// orthonormal basis the components of the curves are those of their coefficients. A
// person's smooth day is the mean and the sum of scores times curves. The greatest
// value of each curve in absolute terms is positive.
//
// Missing values, rows of different length, fewer than two people, and fewer than
// 2·harmonics+1 bins or components than asked for are errors.
func FunctionalPCA(days [][]float64, harmonics, k int) (DayPatterns, error) {
	all, err := dense(days)
	if err != nil {
		return DayPatterns{}, fmt.Errorf("components of days: %w", err)
	}
	people, bins := all.Dims()
	switch {
	case people < 2:
		return DayPatterns{}, fmt.Errorf("components of days: %d person, and at least 2 are needed", people)
	case harmonics < 1 || 2*harmonics >= bins:
		return DayPatterns{}, fmt.Errorf("components of days: %d harmonics, and days of %d bins have 1 to %d", harmonics, bins, (bins-1)/2)
	}
	basis := fourierBasis(bins, harmonics)
	coefficients := make([][]float64, people)
	for i, day := range days {
		coefficients[i] = make([]float64, len(basis))
		for j, function := range basis {
			coefficients[i][j] = floats.Dot(day, function) / float64(bins)
		}
	}
	p, err := PCA(coefficients, k)
	if err != nil {
		return DayPatterns{}, fmt.Errorf("components of days: %w", err)
	}
	out := DayPatterns{Scores: p.Scores, Explained: p.Explained, Mean: combined(p.Mean, basis), Kept: keptShare(days, coefficients)}
	for c, component := range p.Components {
		out.Curves = append(out.Curves, combined(component, basis))
		out.turnUp(c)
	}
	return out, nil
}

// fourierBasis returns 1, √2·cos and √2·sin of each harmonic of the day at the
// middles of its bins: their products have means of 1 and 0.
func fourierBasis(bins, harmonics int) [][]float64 {
	basis := make([][]float64, 1+2*harmonics)
	for j := range basis {
		basis[j] = make([]float64, bins)
		for i := range bins {
			sin, cos := math.Sincos(2 * math.Pi * float64((j+1)/2) * (float64(i) + 0.5) / float64(bins))
			switch {
			case j == 0:
				basis[j][i] = 1
			case j%2 == 1:
				basis[j][i] = math.Sqrt2 * cos
			default:
				basis[j][i] = math.Sqrt2 * sin
			}
		}
	}
	return basis
}

// combined returns the sum of functions times coefficients.
func combined(coefficients []float64, basis [][]float64) []float64 {
	curve := make([]float64, len(basis[0]))
	for j, function := range basis {
		floats.AddScaled(curve, coefficients[j], function)
	}
	return curve
}

// turnUp makes the greatest absolute value of a component's curve positive.
func (d DayPatterns) turnUp(c int) {
	curve := d.Curves[c]
	if floats.Max(curve) >= -floats.Min(curve) {
		return
	}
	floats.Scale(-1, curve)
	for _, scores := range d.Scores {
		scores[c] = -scores[c]
	}
}

// keptShare is the variance between people of the smooth days over that of the days.
// On an orthonormal basis the coefficients have that of the smooth ones.
func keptShare(days, coefficients [][]float64) float64 {
	before, after := between(days)/float64(len(days[0])), between(coefficients)
	if before == 0 {
		return 0
	}
	return min(1, after/before)
}

// between returns the sum of squared distances from the mean row.
func between(rows [][]float64) float64 {
	mean := make([]float64, len(rows[0]))
	for _, row := range rows {
		floats.AddScaled(mean, 1/float64(len(rows)), row)
	}
	total := 0.0
	for _, row := range rows {
		d := floats.Distance(row, mean, 2)
		total += d * d
	}
	return total
}
