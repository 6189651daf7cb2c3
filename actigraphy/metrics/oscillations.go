package metrics

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// oscillations sums values against cosines and sines of any frequency, block by
// block: a block's angles are those of the first one, turned.
type oscillations struct {
	y       []float64 // values less an origin, 0 where missing
	there   []float64 // 1 where there is a value
	whole   []bool    // by block: has no missing value
	n       float64   // values
	total   float64   // of y
	squares float64   // of y
}

// blockOfAngles is how many angles are worked out anew for a frequency.
const blockOfAngles = 256

// newOscillations takes values less an origin; NaN is missing.
func newOscillations(values []float64, origin float64) *oscillations {
	o := &oscillations{y: make([]float64, len(values)), there: make([]float64, len(values))}
	for i, v := range values {
		if i%blockOfAngles == 0 {
			o.whole = append(o.whole, true)
		}
		if math.IsNaN(v) {
			o.whole[len(o.whole)-1] = false
			continue
		}
		v -= origin
		o.y[i], o.there[i] = v, 1
		o.n++
		o.total += v
		o.squares += v * v
	}
	return o
}

// sums are those over the values of one frequency, the angle of value i being i
// times a step.
type sums struct {
	yc, ys float64 // of y·cos and y·sin
	c, s   float64 // of cos and sin
	c2, s2 float64 // of cos and sin of twice the angle
}

// at returns the sums of a frequency.
func (o *oscillations) at(step float64) sums {
	const n = blockOfAngles
	var cos, sin, cos2, sin2 [n]float64
	var all sums
	for i := range min(n, len(o.y)) {
		sin[i], cos[i] = math.Sincos(step * float64(i))
		sin2[i], cos2[i] = 2*sin[i]*cos[i], cos[i]*cos[i]-sin[i]*sin[i]
		all.c, all.s, all.c2, all.s2 = all.c+cos[i], all.s+sin[i], all.c2+cos2[i], all.s2+sin2[i]
	}
	var total sums
	for b, whole := range o.whole {
		from := b * n
		to := min(from+n, len(o.y))
		here, y := all, o.y[from:to]
		if there := o.there[from:to]; !whole || len(there) < n {
			here.c, here.s = floats.Dot(there, cos[:len(there)]), floats.Dot(there, sin[:len(there)])
			here.c2, here.s2 = floats.Dot(there, cos2[:len(there)]), floats.Dot(there, sin2[:len(there)])
		}
		here.yc, here.ys = floats.Dot(y, cos[:len(y)]), floats.Dot(y, sin[:len(y)])
		total.addTurned(here, step*float64(from))
	}
	return total
}

// addTurned adds the sums of a block whose angles are all greater by an angle.
func (t *sums) addTurned(s sums, by float64) {
	sin, cos := math.Sincos(by)
	sin2, cos2 := 2*sin*cos, cos*cos-sin*sin
	t.yc += s.yc*cos - s.ys*sin
	t.ys += s.ys*cos + s.yc*sin
	t.c += s.c*cos - s.s*sin
	t.s += s.s*cos + s.c*sin
	t.c2 += s.c2*cos2 - s.s2*sin2
	t.s2 += s.s2*cos2 + s.c2*sin2
}

// explained returns the sum of squares that a mesor and a cosine of a frequency
// explain: two equations, of cosine and sine less their means.
func (o *oscillations) explained(step float64) float64 {
	s := o.at(step)
	cc, cs, ss := (o.n+s.c2)/2-s.c*s.c/o.n, s.s2/2-s.c*s.s/o.n, (o.n-s.c2)/2-s.s*s.s/o.n
	yc, ys := s.yc-o.total*s.c/o.n, s.ys-o.total*s.s/o.n
	return (yc*yc*ss - 2*yc*ys*cs + ys*ys*cc) / (cc*ss - cs*cs)
}

// highestBetween returns where a function with one peak between two places is
// highest, by golden sections.
func highestBetween(f func(float64) float64, a, b float64) float64 {
	const golden, steps = 0.6180339887498949, 40
	c, d := b-golden*(b-a), a+golden*(b-a)
	fc, fd := f(c), f(d)
	for range steps {
		if fc >= fd {
			b, d, fd = d, c, fc
			c = b - golden*(b-a)
			fc = f(c)
		} else {
			a, c, fc = c, d, fd
			d = a + golden*(b-a)
			fd = f(d)
		}
	}
	return (a + b) / 2
}
