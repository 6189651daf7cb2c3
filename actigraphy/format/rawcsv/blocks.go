package rawcsv

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/raw"
)

// Blocks are of ten seconds at most, and end where more than a sample is missing.
const (
	blockSeconds = 10
	longestStep  = 2.5 // of samples' distance
)

// blocks gathers rows to blocks and hands them on. Its buffers are used again.
type blocks struct {
	layout *layout
	yield  func(*raw.Block, error) bool
	done   bool // nobody wants more

	block       raw.Block
	first, last int64 // times of the block's first and last sample, ns
	begun       bool
	light       mean
	temperature mean

	zeros   int // rows of nothing but zeros that are held back
	zeroAt  int64
	missing time.Duration
	blanked time.Duration // filled with zeros
	back    int           // times that went back
}

func newBlocks(l *layout, yield func(*raw.Block, error) bool) *blocks {
	n := int(blockSeconds*l.rate) + 1
	return &blocks{layout: l, yield: yield, block: raw.Block{
		X: make([]float64, 0, n), Y: make([]float64, 0, n), Z: make([]float64, 0, n), Rate: l.rate,
	}}
}

// add takes a row. Zeros on all axes are no acceleration that a still device
// shows: a second of them stands where nothing was recorded.
func (b *blocks) add(r *row) {
	if r.v == [3]float64{} {
		if b.zeros++; b.zeros == 1 {
			b.zeroAt = r.at
		}
		return
	}
	if b.zeros > 0 {
		b.release(r.at)
	}
	b.take(r)
}

// release decides over the zeros held back, which end at a time.
func (b *blocks) release(end int64) {
	n, at := b.zeros, b.zeroAt
	b.zeros = 0
	if float64(n) >= b.layout.rate {
		b.blanked += time.Duration(end - at)
		return
	}
	step := float64(end-at) / float64(n)
	for i := range n {
		b.take(&row{at: at + int64(float64(i)*step), light: math.NaN(), temperature: math.NaN()})
	}
}

func (b *blocks) take(r *row) {
	b.part(r.at)
	if len(b.block.X) == 0 {
		b.first = r.at
	}
	b.block.X = append(b.block.X, r.v[0])
	b.block.Y = append(b.block.Y, r.v[1])
	b.block.Z = append(b.block.Z, r.v[2])
	b.light.add(r.light)
	b.temperature.add(r.temperature)
	b.last, b.begun = r.at, true
}

// part ends the block before a sample that does not follow on its last, or that
// makes it too long. Stamps of whole seconds are the same for all samples of one:
// each second is a block.
func (b *blocks) part(at int64) {
	if !b.begun {
		return
	}
	n, end := len(b.block.X), b.last
	coarse := n > 1 && b.first == b.last
	if coarse {
		end += int64(float64(n-1) / b.layout.rate * 1e9)
	}
	step := float64(at-end) / 1e9 * b.layout.rate
	switch {
	case at < b.last:
		b.back++
	case step > longestStep:
		b.missing += time.Duration(at-end) - time.Duration(1e9/b.layout.rate)
	case coarse && at != b.last:
		b.last = at - (at-b.first)/int64(n) // the samples are spread up to here
	case n >= int(blockSeconds*b.layout.rate):
	default:
		return
	}
	b.flush()
}

// finish hands on what is left at the end. Zeros there that no sample follows are
// left out where they are as long as between samples.
func (b *blocks) finish() {
	if n := b.zeros; n > 0 {
		b.release(b.zeroAt + int64(float64(n)/b.layout.rate*1e9))
	}
	b.flush()
}

// flush hands the block on.
func (b *blocks) flush() {
	if len(b.block.X) > 0 && !b.done {
		b.block.Start = b.layout.start.Clock().Add(time.Duration(b.first - b.layout.start.Clock().UnixNano()))
		b.block.Rate = b.rate()
		b.block.Light, b.block.Temperature = b.light.take(), b.temperature.take()
		b.done = !b.yield(&b.block, nil)
	}
	b.block.X, b.block.Y, b.block.Z = b.block.X[:0], b.block.Y[:0], b.block.Z[:0]
}

// rate returns the nominal rate where the block's times differ from it by no more
// than half a sample, which is what stamps are rounded by, else that of the times.
func (b *blocks) rate() float64 {
	n := float64(len(b.block.X) - 1)
	span := float64(b.last-b.first) / 1e9
	switch {
	case math.Abs(span*b.layout.rate-n) <= 0.5, n == 0, span <= 0:
		return b.layout.rate
	default:
		return n / span
	}
}

// damage says what was left out.
func (b *blocks) damage() raw.Damage {
	d := raw.Damage{Missing: b.missing}
	if b.blanked > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%v hold nothing but zeros on all axes, which no device measures: that time is missing.", actigraphy.InWords(b.blanked.Round(time.Second))))
	}
	if b.back > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("Times go back %d times.", b.back))
	}
	return d
}

// mean of the values that are there.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(v float64) {
	if !math.IsNaN(v) {
		m.sum += v
		m.n++
	}
}

// take returns the mean, NaN of nothing, and begins anew.
func (m *mean) take() float64 {
	v := m.sum / float64(m.n) // 0/0 is NaN
	*m = mean{}
	return v
}
