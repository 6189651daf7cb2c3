package measure

import (
	"math"

	"circascope/actigraphy/raw/calibrate"
)

// stillWindows gathers the windows in which the device lay still. Windows begin
// with a segment and follow one another; those with a gap or with sleep of the
// device, whose values are one value many times, are no windows.
type stillWindows struct {
	rate    float64
	found   []calibrate.Window
	begin   int64 // second that the open window began in
	segment int
	n       int
	sum     [3]float64
	square  [3]float64
	warmth  float64
	void    bool
}

func newStillWindows(rate float64) *stillWindows {
	return &stillWindows{rate: rate, segment: -1}
}

func (s *stillWindows) add(p *piece) {
	length := int64(calibrate.Length.Seconds())
	if p.segment != s.segment || p.second >= s.begin+length {
		s.close()
		*s = stillWindows{rate: s.rate, found: s.found, begin: p.second, segment: p.segment}
	}
	s.n += p.n
	s.void = s.void || p.held
	s.warmth += p.temperature * float64(p.n)
	for k := range 3 {
		s.sum[k] += p.sum[k]
		s.square[k] += p.square[k]
	}
}

// close keeps the open window where it is whole and still.
func (s *stillWindows) close() {
	if s.void || float64(s.n) < calibrate.Length.Seconds()*s.rate-1.5 {
		return
	}
	n := float64(s.n)
	var mean, sd [3]float64
	for k := range 3 {
		mean[k] = s.sum[k] / n
		sd[k] = math.Sqrt(math.Max(s.square[k]/n-mean[k]*mean[k], 0))
	}
	if calibrate.Still(mean, sd) {
		s.found = append(s.found, calibrate.Window{Mean: mean, Temperature: s.warmth / n})
	}
}

// finish returns the still windows.
func (s *stillWindows) finish() []calibrate.Window {
	s.close()
	return s.found
}
