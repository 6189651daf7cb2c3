package measure

import (
	"math"
	"time"

	"circascope/actigraphy/raw"
)

// grid numbers the seconds of a recording from the midnight before its beginning,
// on the clock of the recording, and its epochs, which begin at multiples of their
// length from that midnight.
type grid struct {
	midnight time.Time
	epoch    int64 // seconds
}

func newGrid(h raw.Header, epoch time.Duration) grid {
	return grid{
		midnight: h.Start.Clock().Add(-h.Start.SinceMidnight()),
		epoch:    int64(epoch / time.Second),
	}
}

// second returns the number of the second that t lies in.
func (g grid) second(t time.Time) int64 {
	d := t.Sub(g.midnight)
	s := int64(d / time.Second)
	if d < 0 && d%time.Second != 0 {
		s--
	}
	return s
}

// start returns when a second begins.
func (g grid) start(second int64) time.Time {
	return g.midnight.Add(time.Duration(second) * time.Second)
}

// sample returns the number within its segment of the first sample at or after the
// beginning of a second.
func (g grid) sample(c *raw.Chunk, second int64) int64 {
	// A millionth of a sample is rounding, not time.
	return int64(math.Ceil(g.start(second).Sub(c.Origin).Seconds()*c.Rate - 1e-6))
}
