package measure

import (
	"time"

	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/counts"
)

// tenth is the distance of the values that counts are sums of.
const tenth = 100 * time.Millisecond

// axes computes the counts of the three axes. Each segment has filters of its own,
// which begin at rest: a gap splits the filter.
type axes struct {
	g       grid
	first   int64   // number of the recording's first epoch
	rate    float64 // of the samples
	to      float64 // that the counts are computed at
	out     [3]tally
	filters [3]*counts.Filter
	stretch [3]stretch
	tenths  []uint8
	segment int
	done    int64 // tenths of the segment
}

func newAxes(g grid, rate float64) *axes {
	to := rate
	if !counts.Defined(rate) {
		to = counts.Nearest(rate)
	}
	return &axes{g: g, rate: rate, to: to, segment: -1}
}

func (a *axes) add(c *raw.Chunk) {
	if c.Segment != a.segment {
		a.segment, a.done = c.Segment, 0
		for k := range a.filters {
			a.filters[k] = counts.NewFilter(a.to)
			a.stretch[k] = stretch{step: a.rate / a.to}
		}
	}
	n := 0
	for k, samples := range [3][]float64{c.X, c.Y, c.Z} {
		if a.to != a.rate {
			samples = a.stretch[k].append(samples)
		}
		a.tenths = a.filters[k].Append(a.tenths[:0], samples)
		a.share(k, c.Origin)
		n = len(a.tenths)
	}
	a.done += int64(n)
}

// share gives the tenths of axis k to the epochs that they begin in.
func (a *axes) share(k int, origin time.Time) {
	for i := 0; i < len(a.tenths); {
		second := a.g.second(origin.Add(time.Duration(a.done+int64(i)) * tenth))
		epoch := second / a.g.epoch
		end := a.g.start((epoch + 1) * a.g.epoch).Sub(origin)
		to := min(int64(len(a.tenths)), int64((end+tenth-1)/tenth)-a.done)
		sum := 0
		for ; int64(i) < to; i++ {
			sum += int(a.tenths[i])
		}
		a.out[k].add(int(epoch-a.first), float64(sum), 1)
	}
}

// stretch interpolates evenly spaced samples linearly to another even spacing.
type stretch struct {
	step    float64 // samples from one value to the next
	in, out int64   // samples taken, values given
	last    float64
	values  []float64
}

func (s *stretch) append(samples []float64) []float64 {
	s.values = s.values[:0]
	for _, x := range samples {
		for at := float64(s.out) * s.step; at <= float64(s.in); at = float64(s.out) * s.step {
			w := float64(s.in) - at // the share of the last sample
			s.values = append(s.values, x+w*(s.last-x))
			s.out++
		}
		s.last = x
		s.in++
	}
	return s.values
}
