package measure

import "math"

// Non-wear by van Hees et al. 2011 (PLoS ONE 6(7), e22922), with the ranges of
// van Hees et al. 2013 (PLoS ONE 8(4), e61691): a block of 60 minutes in which two
// of three axes have a standard deviation below 13 mg and a range below 50 mg.
// Blocks begin every 15 minutes on the clock.
const (
	wearStep     = 15 * 60 // seconds
	wearBlock    = 4       // steps
	nonWearSD    = 0.013   // g
	nonWearRange = 0.050   // g
	nonWearAxes  = 2
)

// quarter is what is kept of a step.
type quarter struct {
	n           int
	sum, square [3]float64
	least, most [3]float64
}

// wear gathers steps. Time that the device slept counts: it sleeps because nothing
// moved, and its values are the same throughout.
type wear struct {
	first    int64 // number of the first step on the grid
	quarters []quarter
	whole    float64 // samples in a step
}

func newWear(rate float64) *wear { return &wear{whole: rate * wearStep} }

func (w *wear) add(p *piece) {
	step := p.second / wearStep
	if len(w.quarters) == 0 {
		w.first = step
	}
	for int64(len(w.quarters)) <= step-w.first {
		w.quarters = append(w.quarters, newQuarter())
	}
	w.quarters[step-w.first].add(p.n, p.sum, p.square, p.least, p.most)
}

func newQuarter() quarter {
	var q quarter
	for k := range 3 {
		q.least[k], q.most[k] = math.Inf(1), math.Inf(-1)
	}
	return q
}

func (q *quarter) add(n int, sum, square, least, most [3]float64) {
	q.n += n
	for k := range 3 {
		q.sum[k] += sum[k]
		q.square[k] += square[k]
		q.least[k] = min(q.least[k], least[k])
		q.most[k] = max(q.most[k], most[k])
	}
}

// flags returns 1, 0 or NaN for every step: not worn where it is part of a block
// that lay still, missing where less than half of it was recorded.
func (w *wear) flags() []float64 {
	flags := make([]float64, len(w.quarters))
	for i := range flags {
		flags[i] = 1
	}
	for i := 0; i+wearBlock <= len(w.quarters); i++ {
		if w.lay(w.quarters[i : i+wearBlock]) {
			for j := range wearBlock {
				flags[i+j] = 0
			}
		}
	}
	for i := range flags {
		if 2*float64(w.quarters[i].n) < w.whole {
			flags[i] = math.NaN()
		}
	}
	return flags
}

// lay reports whether the device lay still throughout a block of which at least
// three quarters were recorded.
func (w *wear) lay(block []quarter) bool {
	all := newQuarter()
	for i := range block {
		q := &block[i]
		all.add(q.n, q.sum, q.square, q.least, q.most)
	}
	if float64(all.n) < (wearBlock-1)*w.whole {
		return false
	}
	n, still := float64(all.n), 0
	for k := range 3 {
		mean := all.sum[k] / n
		sd := math.Sqrt(math.Max(all.square[k]/n-mean*mean, 0))
		if sd < nonWearSD && all.most[k]-all.least[k] < nonWearRange {
			still++
		}
	}
	return still >= nonWearAxes
}
