package measure

import (
	"math"

	"circascope/actigraphy/raw/calibrate"
)

// angleSeconds is the length of the stretches that the angle is computed over.
const angleSeconds = 5

// angle computes the angle of the z axis to the horizontal, as in van Hees et al.
// 2015 (PLoS ONE 10(11), e0142533), but from the mean of each axis over five
// seconds where the publication takes a rolling median: atan(z / sqrt(x²+y²)).
// Stretches begin at multiples of five seconds and with every epoch.
type angle struct {
	correction *calibrate.Correction
	out        tally

	epoch int   // of the open stretch
	part  int64 // of the open stretch
	n     float64
	sum   [3]float64
}

func (a *angle) add(epoch int, p *piece) {
	if part := p.second / angleSeconds; part != a.part || epoch != a.epoch {
		a.close()
		a.part, a.epoch = part, epoch
	}
	n := float64(p.n)
	a.n += n
	for k, l := range correctionOf(a.correction, p.temperature) {
		a.sum[k] += l.factor*p.sum[k] + l.term*n
	}
}

func (a *angle) close() {
	if a.n > 0 {
		x, y, z := a.sum[X]/a.n, a.sum[Y]/a.n, a.sum[Z]/a.n
		a.out.add(a.epoch, a.n*180/math.Pi*math.Atan2(z, math.Hypot(x, y)), a.n)
	}
	a.n, a.sum = 0, [3]float64{}
}
