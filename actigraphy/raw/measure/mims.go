package measure

import (
	"time"

	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/mims"
)

// movement computes MIMS units. Each segment has filters of its own.
type movement struct {
	g       grid
	first   int64 // number of the recording's first epoch
	limit   float64
	out     tally // MIMS units, all axes
	axes    [3]*mims.Axis
	done    [3]int64 // values of the segment
	areas   [3]mims.Area
	epochs  [3]int // that the areas are of
	values  []float64
	segment int
	origin  time.Time
	cut     int
	left    int
}

func newMovement(g grid, limit float64) *movement {
	return &movement{g: g, limit: limit, segment: -1, epochs: [3]int{-1, -1, -1}}
}

func (m *movement) add(c *raw.Chunk) {
	if c.Segment != m.segment {
		m.flush()
		m.segment, m.origin = c.Segment, c.Origin
		for k := range m.axes {
			m.axes[k], m.done[k] = mims.NewAxis(c.Rate, m.limit), 0
			m.areas[k].Break()
		}
	}
	m.take([3][]float64{c.X, c.Y, c.Z}, false)
}

// close takes what is left of the recording.
func (m *movement) close() {
	m.flush()
	for k := range m.axes {
		m.finish(k)
	}
}

// flush takes what is left of a segment.
func (m *movement) flush() {
	if m.segment < 0 {
		return
	}
	m.take([3][]float64{}, true)
	for _, a := range m.axes {
		cut, left := a.Cut()
		m.cut, m.left = m.cut+cut, m.left+left
	}
}

func (m *movement) take(samples [3][]float64, last bool) {
	for k, a := range m.axes {
		m.values = a.Append(m.values[:0], samples[k], last)
		m.share(k, m.values)
	}
}

// share gives the values of an axis to the epochs that they lie in.
func (m *movement) share(k int, values []float64) {
	const step = time.Second / mims.Rate
	for len(values) > 0 {
		at := m.origin.Add(time.Duration(m.done[k]) * step)
		epoch := m.g.second(at) / m.g.epoch
		if e := int(epoch - m.first); e != m.epochs[k] {
			m.finish(k)
			m.epochs[k] = e
		}
		left := m.g.start((epoch + 1) * m.g.epoch).Sub(at)
		n := min(int((left+step-1)/step), len(values))
		m.areas[k].Add(values[:n])
		values = values[n:]
		m.done[k] += int64(n)
	}
}

// finish gives the area of an axis to its epoch.
func (m *movement) finish(k int) {
	if m.epochs[k] >= 0 {
		m.out.add(m.epochs[k], m.areas[k].Take(m.g.epoch), 1)
	}
	m.epochs[k] = -1
}
