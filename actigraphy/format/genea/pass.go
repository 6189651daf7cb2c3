package genea

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"circascope/actigraphy/format/internal/timeline"
	"circascope/actigraphy/raw"
)

// maxRate bounds the samples of a second, Hz.
const maxRate = 1000

// pass is one way through the chunks of a file. Samples are held until the
// second behind them is known.
type pass struct {
	take    func(*raw.Block) bool // false ends the pass
	stopped bool
	h       *header

	line   timeline.Line
	block  raw.Block // reused: the samples since the last time
	now    int64     // the last time; 0 before the first
	spoilt bool      // a chunk since then was damaged
	again  bool      // in the second before

	broken int // chunks with a bad checksum
	lost   int // seconds left out for them, or that hold too many samples
}

func newPass(h *header, take func(*raw.Block) bool) *pass {
	return &pass{take: take, h: h, block: raw.Block{Temperature: math.NaN(), Light: math.NaN()}}
}

// Read goes through a file until its end, or until nobody wants more.
func (p *pass) Read(content io.Reader) error {
	r := bufio.NewReaderSize(content, 32*pageSize)
	if _, err := r.Discard(p.h.size); err != nil {
		return err
	}
	for !p.stopped {
		page, err := r.Peek(pageSize)
		n := min(len(page), inPage)
		for i := 0; i+chunkSize <= n && !p.stopped; i += chunkSize {
			p.chunk(page[i : i+chunkSize])
		}
		if errors.Is(err, io.EOF) {
			p.second(0)
			return nil
		}
		if err != nil {
			return err
		}
		_, _ = r.Discard(pageSize)
	}
	return nil
}

func (p *pass) chunk(b []byte) {
	switch k := kind(b); {
	case b[0] != checksum(b):
		p.broken++
		p.spoilt = true
	case k == timeChunk:
		p.second(seconds(b))
	case k == sampleChunk && len(p.block.X) < maxRate*2:
		x, y, z := p.h.scale.sample(b)
		p.block.X, p.block.Y, p.block.Z = append(p.block.X, x), append(p.block.Y, y), append(p.block.Z, z)
	case k == sampleChunk:
		p.spoilt = true
	case k != batteryChunk:
		p.broken++
		p.spoilt = true
	}
}

// second yields the samples up to the time at, 0 at the end of the file, as a
// block. With a damaged chunk among them it is not known when they were taken.
func (p *pass) second(at int64) {
	n := len(p.block.X)
	start := time.Unix(p.now, 0).UTC()
	if p.now == 0 {
		start = time.Unix(at, 0).UTC().Add(-time.Duration(float64(n) / p.h.rate * float64(time.Second)))
	}
	known := p.now != 0 || at != 0
	if n > 0 && known && !p.spoilt && !p.stopped {
		p.yield(start, n)
	} else if p.spoilt {
		p.lost++
	}
	b := &p.block
	b.X, b.Y, b.Z = b.X[:0], b.Y[:0], b.Z[:0]
	p.again, p.spoilt = p.spoilt, false
	if at != 0 {
		p.now = at
	}
}

func (p *pass) yield(start time.Time, n int) {
	var ok bool
	if p.block.Start, p.block.Rate, ok = p.line.Place(start, n, p.h.rate, !p.again); ok {
		p.stopped = !p.take(&p.block)
	}
}

// Damage says what the pass left out.
func (p *pass) Damage() raw.Damage {
	d := raw.Damage{Missing: p.line.Missing, Blocks: p.lost + p.line.Earlier}
	if p.lost > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf(
			"%d chunks are damaged; the %d seconds they lie in were left out and are missing.", p.broken, p.lost))
	}
	d.Notes = append(d.Notes, p.line.Notes()...)
	return d
}
