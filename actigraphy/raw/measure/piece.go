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

// extent is what is computed of a piece.
type extent bool

const (
	onlyMotion extent = false // its sum and excess
	everything extent = true  // its squares, least and most as well
)

// pieces calls do for every second that the chunk touches. Held values are all the
// same. wanted says what of the samples is computed.
func (g grid) pieces(c *raw.Chunk, correction *calibrate.Correction, wanted extent, do func(*piece)) {
	lines := correctionOf(correction, c.Temperature)
	from, end := int64(0), int64(len(c.X))
	var p piece // one for all: it is on the heap
	for second := g.second(c.Start); from < end; second++ {
		to := min(g.sample(c, second+1)-c.First, end)
		if to <= from {
			continue
		}
		p = piece{
			second: second, segment: c.Segment, held: c.Held,
			temperature: c.Temperature, light: c.Light, heartRate: c.HeartRate, marker: c.Marker,
		}
		if p.heartRate == 0 {
			p.heartRate = math.NaN()
		}
		p.add(c.X[from:to], c.Y[from:to], c.Z[from:to], &lines, wanted)
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

func (p *piece) add(x, y, z []float64, l *lines, wanted extent) {
	p.n = len(x)
	if p.held {
		last := p.n - 1
		for k, values := range [3][]float64{x, y, z} {
			p.constant(k, values[last])
		}
		p.excess = float64(p.n) * excess(x[last], y[last], z[last], l)
		return
	}
	p.move(x, y, z, l)
	if wanted == everything {
		p.spread(X, x)
		p.spread(Y, y)
		p.spread(Z, z)
	}
}

// constant sets all of an axis whose values are all the same.
func (p *piece) constant(k int, v float64) {
	n := float64(p.n)
	p.sum[k], p.square[k], p.least[k], p.most[k] = n*v, n*v*v, v, v
}

// move sums the axes and the excess.
func (p *piece) move(x, y, z []float64, l *lines) {
	y, z = y[:len(x)], z[:len(x)]
	var sumX, sumY, sumZ, sum float64
	for i, a := range x {
		b, c := y[i], z[i]
		sumX += a
		sumY += b
		sumZ += c
		sum += excess(a, b, c, l)
	}
	p.sum, p.excess = [3]float64{sumX, sumY, sumZ}, sum
}

// excess is the Euclidean norm of a corrected sample minus one, negative values as
// zero (ENMO, van Hees et al. 2013, PLoS ONE 8(4), e61691), in g.
func excess(x, y, z float64, l *lines) float64 {
	x = l[X].factor*x + l[X].term
	y = l[Y].factor*y + l[Y].term
	z = l[Z].factor*z + l[Z].term
	if e := math.Sqrt(x*x+y*y+z*z) - 1; e > 0 {
		return e
	}
	return 0
}

// spread sums an axis' squares and finds its least and most value.
func (p *piece) spread(k int, values []float64) {
	square, least, most := 0.0, values[0], values[0]
	for _, v := range values {
		square += v * v
		if v < least {
			least = v
		}
		if v > most {
			most = v
		}
	}
	p.square[k], p.least[k], p.most[k] = square, least, most
}
