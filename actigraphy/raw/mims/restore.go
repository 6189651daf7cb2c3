package mims

import (
	"math"

	"gonum.org/v1/gonum/interp"
)

const (
	context    = 16       // samples on each side of a stretch that the new curve goes through
	longestCut = 5 * Rate // a longer stretch at the end of the range is left as it is
)

// restore puts back what a device with a range cut off: both sides of a cut-off
// stretch are continued to its middle, and a spline through the mean of both
// replaces it.
type restore struct {
	limit float64   // g; 0 leaves everything as it is
	buf   []float64 // the last samples given, and those not yet given
	given int       // of buf
	cut   int       // stretches restored
	kept  int       // stretches that could not be
}

// append appends to dst what the samples at Rate complete; at the end of a segment
// last is true and nothing is kept back.
func (r *restore) append(dst, samples []float64, last bool) []float64 {
	if r.limit <= 0 {
		return append(dst, samples...)
	}
	r.buf = append(r.buf, samples...)
	to := len(r.buf)
	for at := r.given; ; {
		from, end := r.next(at)
		if from < 0 {
			break
		}
		if !last && end-from <= longestCut && end+context > len(r.buf) {
			to = from // it may go on
			break
		}
		if r.mend(from, end) {
			r.cut++
		} else {
			r.kept++
		}
		at = end
	}
	dst = append(dst, r.buf[r.given:max(to, r.given)]...)
	r.given = max(to, r.given)
	if drop := r.given - context; drop > 0 {
		r.buf = r.buf[:copy(r.buf, r.buf[drop:])]
		r.given = context
	}
	return dst
}

// next finds the first stretch from at on whose samples are probably cut off at the
// same end; from is -1 where there is none.
func (r *restore) next(at int) (from, end int) {
	for from = at; from < len(r.buf); from++ {
		if m := mark(r.buf[from], r.limit); math.Abs(m) >= 0.5 {
			for end = from + 1; end < len(r.buf); end++ {
				if n := mark(r.buf[end], r.limit); math.Abs(n) < 0.5 || (n > 0) != (m > 0) {
					break
				}
			}
			return from, end
		}
	}
	return -1, -1
}

// mend replaces samples from ... end-1, and reports whether it could: both sides
// need samples to go by.
func (r *restore) mend(from, end int) bool {
	if from-neighbours+1 < 0 || end+neighbours-2 >= len(r.buf) || end-from > longestCut {
		return false
	}
	if math.Abs(mark(r.buf[from-1], r.limit)) >= 0.5 {
		return false // the rest of a stretch that was too long
	}
	// The outermost cut-off samples belong to the neighbours, with little weight.
	// At the lower end the R package gives them a large one; so it is here.
	var left, right, leftWeights, rightWeights [neighbours]float64
	for i := range neighbours {
		a, b := r.buf[from-neighbours+1+i], r.buf[end+neighbours-2-i]
		left[i], right[i] = a, b
		leftWeights[i], rightWeights[i] = 1-mark(a, r.limit), 1-mark(b, r.limit)
	}
	half := float64(end-1-from) / 2
	peak := (continued(left, leftWeights, half) + continued(right, rightWeights, half)) / 2
	r.curve(from, end, float64(from)+half, peak)
	return true
}

// curve draws a spline through the samples around a stretch and its peak.
func (r *restore) curve(from, end int, middle, peak float64) {
	var at, values []float64
	for i := max(from-context, 0); i < min(end+context, len(r.buf)); i++ {
		if i == from {
			at, values = append(at, middle), append(values, peak)
		}
		if i < from || i >= end {
			at, values = append(at, float64(i)), append(values, r.buf[i])
		}
	}
	var spline interp.NaturalCubic
	if err := spline.Fit(at, values); err != nil {
		panic("mims: " + err.Error()) // the places rise
	}
	for i := from; i < end; i++ {
		r.buf[i] = spline.Predict(float64(i))
	}
}
