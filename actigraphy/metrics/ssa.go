package metrics

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"gonum.org/v1/gonum/dsp/fourier"
	"gonum.org/v1/gonum/mat"
)

const golyandina = "Golyandina and Zhigljavsky 2013, doi:10.1007/978-3-642-34913-3; Fossion et al. 2017, doi:10.1371/journal.pone.0181762; gaps: Schoellhamer 2001, doi:10.1029/2000GL012698"

// singularSpectra returns the measures of singular spectrum analysis.
func singularSpectra() []Metric {
	components := singularMeasure("SSA_components", "share of each of the first components",
		"λ_i/Σλ of the components in order; the value is their mean")
	components.PartName = "component"
	components.Parameters = append(components.Parameters, count("components", "", 10, 1, 24, "how many components"))
	components.each = func(x *analysis, s settings) ([]Part, error) {
		ssa, err := x.singular(s)
		if err != nil {
			return nil, err
		}
		parts := make([]Part, min(int(s["components"]), len(ssa.values)))
		for i := range parts {
			parts[i] = Part{Label: strconv.Itoa(i + 1), Value: ssa.values[i] / ssa.total}
		}
		return parts, nil
	}
	trend := singularMeasure("SSA_trend", "share of the trend",
		"sum of λ_i/Σλ of the components whose vector is mostly slower than a cycle in the window: its strongest harmonic is 0")
	trend.compute = func(x *analysis, s settings) (float64, error) { return x.singularShare(s, 0) }
	circadian := singularMeasure("SSA_circadian", "share of the circadian components",
		"sum of λ_i/Σλ of the two strongest components whose vectors have one cycle in the window, a day, as their strongest harmonic")
	circadian.compute = func(x *analysis, s settings) (float64, error) { return x.singularShare(s, 1) }
	return []Metric{components, trend, circadian}
}

func singularMeasure(id, name, formula string) Metric {
	return Metric{
		ID: id, Name: "singular spectrum analysis: " + name, Group: groupPeriodicity, Definition: Paper,
		Formula: formula + "; λ the eigenvalues of the matrix of Σ_k x_{k+i}·x_{k+j} over the windows k of a day, x the bins as they are, without their mean taken away",
		Parameters: []Parameter{
			binWidth(30, 10, 120),
		},
		Reference: golyandina,
		Needs:     "two days, at least half of the pairs of bins of each distance within a day, and activity",
		Missing:   "a product with a missing bin is left out, and the mean of the others stands for it; " + missingClockBins,
	}
}

// singular is the spectrum of a series of bins, in windows of a day.
type singular struct {
	values []float64 // eigenvalues, the greatest first
	cycles []int     // the strongest harmonic of each vector, in cycles a window
	total  float64   // of the eigenvalues
}

func (x *analysis) singular(s settings) (singular, error) {
	type key struct{ bin time.Duration }
	k := key{s.minutes("bin")}
	return remembered(x, k, func() (singular, error) {
		b, err := x.bins(binning{d: Paper, l: raw, width: k.bin})
		if err != nil {
			return singular{}, err
		}
		products, err := laggedProducts(b.values, b.perDay)
		if err != nil {
			return singular{}, err
		}
		return decompose(products, b.perDay)
	})
}

// singularShare is the share of components with a number of cycles in the window:
// all of the trend, two of a rhythm, its sine and its cosine.
func (x *analysis) singularShare(s settings, cycles int) (float64, error) {
	ssa, err := x.singular(s)
	if err != nil {
		return 0, err
	}
	most := 2
	if cycles == 0 {
		most = len(ssa.values)
	}
	share, n := 0.0, 0
	for i, c := range ssa.cycles {
		if c == cycles && n < most {
			share += ssa.values[i] / ssa.total
			n++
		}
	}
	return share, nil
}

// laggedProducts returns the symmetric matrix of the sums of x_{k+i}·x_{k+j} over
// all windows k of a length. Along a diagonal one sum follows from the other: a
// product is added and one taken away.
func laggedProducts(x []float64, window int) ([]float64, error) {
	windows := len(x) - window + 1
	if windows < window {
		return nil, fmt.Errorf("%d bins were recorded, less than two windows of %d", len(x), window)
	}
	products := make([]float64, window*window)
	for lag := range window {
		var total sum
		n := 0
		for i := 0; i+lag < window; i++ {
			if i == 0 {
				for k := range windows {
					n += total.addProduct(x[k], x[k+lag])
				}
			} else {
				n -= total.removeProduct(x[i-1], x[i-1+lag])
				n += total.addProduct(x[i-1+windows], x[i-1+windows+lag])
			}
			if 2*n < windows {
				return nil, fmt.Errorf("%d of the %d pairs of bins %d apart were recorded, and at least half are needed", n, windows, lag)
			}
			products[i*window+i+lag] = total.total / float64(n) * float64(windows)
		}
	}
	return products, nil
}

// addProduct adds a·b and returns 1, or 0 where one of them is missing.
func (s *sum) addProduct(a, b float64) int {
	if math.IsNaN(a * b) {
		return 0
	}
	s.add(a * b)
	return 1
}

func (s *sum) removeProduct(a, b float64) int {
	if math.IsNaN(a * b) {
		return 0
	}
	s.remove(a * b)
	return 1
}

// decompose returns the eigenvalues of the products and how many cycles their
// vectors have.
func decompose(products []float64, window int) (singular, error) {
	var eigen mat.EigenSym
	matrix := mat.NewSymDense(window, products)
	ssa := singular{total: mat.Trace(matrix)}
	if ssa.total <= 0 {
		return singular{}, errNoActivity
	}
	if !eigen.Factorize(matrix, true) {
		return singular{}, errors.New("the eigenvalues of the windows were not found")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil) // ascending
	transform, column := fourier.NewFFT(window), make([]float64, window)
	for i := window - 1; i >= 0; i-- {
		mat.Col(column, i, &vectors)
		ssa.values = append(ssa.values, values[i])
		ssa.cycles = append(ssa.cycles, strongest(transform.Coefficients(nil, column), window))
	}
	return ssa, nil
}

// strongest returns the harmonic with the most power. All but the mean and the
// fastest have it twice, at their negative frequency, too.
func strongest(spectrum []complex128, window int) int {
	best, at := -1.0, 0
	for k, c := range spectrum {
		power := 2 * (real(c)*real(c) + imag(c)*imag(c))
		if k == 0 || 2*k == window {
			power /= 2
		}
		if power > best*(1+1e-9) {
			best, at = power, k
		}
	}
	return at
}
