package gt3x

import (
	"math"
	"time"

	"circascope/actigraphy/raw"
)

// blockSeconds is the longest block. Blocks end at whole minutes of the device's
// clock, so that their light is that of one minute.
const blockSeconds = 60

// blocks joins seconds to blocks and hands them on. Its buffers are used again.
type blocks struct {
	about *about
	light light
	yield func(*raw.Block) bool

	block  raw.Block
	from   int64 // second of the block's first sample
	until  int64 // second behind its last sample
	open   bool
	uneven bool // the last second has another number of samples: the block ends with it
	done   bool // nobody wants more

	covered int64 // seconds with samples handed on
}

func newBlocks(d *about, yield func(*raw.Block) bool) *blocks {
	b := &blocks{about: d, yield: yield}
	n := blockSeconds * d.rate
	b.block.X, b.block.Y, b.block.Z = make([]float64, 0, n), make([]float64, 0, n), make([]float64, 0, n)
	return b
}

// second adds the samples of a second, which fill appends to the block.
func (b *blocks) second(at int64, held bool, n int, fill func(*raw.Block)) {
	even := n == b.about.rate
	if b.open && (at != b.until || held != b.block.Held || b.uneven || !even || at%blockSeconds == 0) {
		b.flush()
	}
	if !b.open {
		b.begin(at, held, n)
	}
	fill(&b.block)
	b.until, b.uneven = at+1, !even
}

func (b *blocks) begin(at int64, held bool, n int) {
	b.open, b.from = true, at
	b.block.Start, b.block.Held = b.about.instant(at), held
	b.block.X, b.block.Y, b.block.Z = b.block.X[:0], b.block.Y[:0], b.block.Z[:0]
	// More samples than the rate are those of a clock that was slow: they are
	// spread over their second. Fewer are the second's first.
	b.block.Rate = float64(max(n, b.about.rate))
}

// hold adds seconds of idle sleep with the last values before.
func (b *blocks) hold(from, to int64, last [3]float64) {
	for at := from; at < to && !b.done; at++ {
		b.second(at, true, b.about.rate, func(block *raw.Block) {
			for range b.about.rate {
				block.X = append(block.X, last[0])
				block.Y = append(block.Y, last[1])
				block.Z = append(block.Z, last[2])
			}
		})
	}
}

// flush hands the block on.
func (b *blocks) flush() {
	if !b.open || b.done {
		return
	}
	b.open = false
	b.covered += b.until - b.from
	b.block.Light = b.light.mean(b.from, b.until)
	b.block.Temperature = math.NaN()
	b.done = !b.yield(&b.block)
}

// missing returns the time without samples since the first.
func (b *blocks) missing(first int64) time.Duration {
	return time.Duration(b.until-first-b.covered) * time.Second
}
