package omwav

import (
	"encoding/binary"
	"math"
	"time"

	"circascope/actigraphy/raw"
)

// The auxiliary channel, as omconvert writes it: whether the sample is one, and
// in turn a value of a sensor with ten bits; 0 is none.
const (
	unavailable = 0x8000
	sensorMask  = 0x3c00
	light       = 0x0800
	temperature = 0x0c00
	valueMask   = 0x03ff
)

// pass is one way through the samples of a file.
type pass struct {
	take    func(*raw.Block) bool // false ends the pass
	stopped bool
	h       *header

	at      int64 // samples gone through, missing ones too
	absent  int64 // missing ones between the first and the last that is not
	pending int64 // missing ones since the last that is not
	begun   bool
	block   raw.Block // reused
	warm    mean
	bright  mean
}

func newPass(h *header, take func(*raw.Block) bool) *pass { return &pass{h: h, take: take} }

// second takes the frames of about a second.
func (p *pass) second(b []byte) {
	frame := 2 * p.h.channels
	for ; len(b) > 0 && !p.stopped; b = b[frame:] {
		if p.valid(b[:frame]) {
			p.add(b[:frame])
		} else {
			p.yield()
			p.pending++
		}
		p.at++
	}
	p.yield()
}

// valid reads the auxiliary channel, the last of those that are no axes, and
// reports whether the frame has samples.
func (p *pass) valid(frame []byte) bool {
	if p.h.channels == 3 || p.h.channels == 6 {
		return true // axes only
	}
	aux := binary.LittleEndian.Uint16(frame[len(frame)-2:])
	if aux&unavailable != 0 {
		return false
	}
	if v := float64(aux & valueMask); v > 0 {
		switch aux & sensorMask {
		case light:
			p.bright.add(v)
		case temperature:
			p.warm.add(v*75/256 - 50) // as in CWA files
		}
	}
	return true
}

func (p *pass) add(frame []byte) {
	if p.begun {
		p.absent += p.pending
	}
	p.begun, p.pending = true, 0
	k := &p.block
	if len(k.X) == 0 {
		k.Start = p.h.start.Add(p.since(p.at))
	}
	g := func(i int) float64 {
		return float64(int16(binary.LittleEndian.Uint16(frame[2*i:]))) * p.h.scale[i] / (math.MaxInt16 + 1)
	}
	k.X, k.Y, k.Z = append(k.X, g(0)), append(k.Y, g(1)), append(k.Z, g(2))
}

// yield hands over the samples held, if there are any.
func (p *pass) yield() {
	k := &p.block
	if len(k.X) == 0 || p.stopped {
		return
	}
	k.Rate, k.Temperature, k.Light = float64(p.h.rate), p.warm.take(), p.bright.take()
	p.stopped = !p.take(k)
	k.X, k.Y, k.Z = k.X[:0], k.Y[:0], k.Z[:0]
}

// since is how long n samples take.
func (p *pass) since(n int64) time.Duration {
	rate := int64(p.h.rate)
	return time.Duration(n/rate)*time.Second + time.Duration(n%rate)*time.Second/time.Duration(rate)
}

func (p *pass) missing() time.Duration { return p.since(p.absent) }

// mean is that of the numbers since it was taken last.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(v float64) { m.sum, m.n = m.sum+v, m.n+1 }

// take returns the mean, NaN of no numbers.
func (m *mean) take() float64 {
	v := m.sum / float64(m.n)
	*m = mean{}
	return v
}
