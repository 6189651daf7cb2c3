package measure

import (
	"math"

	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/calibrate"
)

// piece is what is kept of samples within one second. All that is computed of them
// but counts and MIMS is computed of pieces. Sums are of the values as the device
// gave them, excess is of the corrected ones.
type piece struct {
	second      int64 // number on the grid
	segment     int
	n           int
	held        bool
	sum, square [3]float64
	least, most [3]float64
	excess      float64 // what the vector's length has over 1 g, summed
	temperature float64 // NaN where not measured, as the others
	light       float64
	heartRate   float64
	marker      bool
}

// pieces calls do for every second that the chunk touches. Held values are all the
// same.
func (g grid) pieces(c *raw.Chunk, correction *calibrate.Correction, do func(*piece)) {
	lines := correctionOf(correction, c.Temperature)
	from, end := int64(0), int64(len(c.X))
	for second := g.second(c.Start); from < end; second++ {
		to := min(g.sample(c, second+1)-c.First, end)
		if to <= from {
			continue
		}
		p := piece{
			second: second, segment: c.Segment, held: c.Held,
			temperature: c.Temperature, light: c.Light, heartRate: c.HeartRate, marker: c.Marker,
		}
		if p.heartRate == 0 {
			p.heartRate = math.NaN()
		}
		p.add(c.X[from:to], c.Y[from:to], c.Z[from:to], &lines)
		do(&p)
		from = to
	}
}

// lines are factor and term of each axis.
type lines [3]struct{ factor, term float64 }

func correctionOf(c *calibrate.Correction, temperature float64) lines {
	var l lines
	for k := range l {
		l[k].factor, l[k].term = c.Line(k, temperature)
	}
	return l
}

func (p *piece) add(x, y, z []float64, l *lines) {
	p.n = len(x)
	if p.held {
		last := p.n - 1
		for k, values := range [3][]float64{x, y, z} {
			p.constant(k, values[last])
		}
		p.excess = float64(p.n) * excess(x[last:], y[last:], z[last:], l)
		return
	}
	for k, values := range [3][]float64{x, y, z} {
		p.axis(k, values)
	}
	p.excess = excess(x, y, z, l)
}

// constant is axis for a block whose values are all the same.
func (p *piece) constant(k int, v float64) {
	n := float64(p.n)
	p.sum[k], p.square[k], p.least[k], p.most[k] = n*v, n*v*v, v, v
}

func (p *piece) axis(k int, values []float64) {
	sum, square, least, most := 0.0, 0.0, values[0], values[0]
	for _, v := range values {
		sum += v
		square += v * v
		if v < least {
			least = v
		}
		if v > most {
			most = v
		}
	}
	p.sum[k], p.square[k], p.least[k], p.most[k] = sum, square, least, most
}

// excess sums the Euclidean norm minus one, negative values as zero (ENMO, van
// Hees et al. 2013, PLoS ONE 8(4), e61691), in g.
func excess(x, y, z []float64, l *lines) float64 {
	y, z = y[:len(x)], z[:len(x)]
	sum := 0.0
	for i := range x {
		a := l[X].factor*x[i] + l[X].term
		b := l[Y].factor*y[i] + l[Y].term
		c := l[Z].factor*z[i] + l[Z].term
		if e := math.Sqrt(a*a+b*b+c*c) - 1; e > 0 {
			sum += e
		}
	}
	return sum
}
