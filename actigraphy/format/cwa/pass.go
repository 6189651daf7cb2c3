package cwa

import (
	"bytes"
	"time"

	"circascope/actigraphy/format/internal/timeline"
	"circascope/actigraphy/raw"
)

// pass is one way through the sectors of a file.
type pass struct {
	take    func(*sector, *raw.Block) bool // false ends the pass
	stopped bool

	line  timeline.Line
	block raw.Block // reused
	first sector    // of those taken
	last  sector
	out   leftOut
}

func newPass(take func(*sector, *raw.Block) bool) *pass {
	const most = (samplesEnd - samplesAt) / 4
	return &pass{
		take:  take,
		block: raw.Block{X: make([]float64, most), Y: make([]float64, most), Z: make([]float64, most)},
	}
}

// sectors goes through whole sectors; what is left over belongs to none.
func (p *pass) sectors(b []byte) {
	for ; len(b) >= sectorSize && !p.stopped; b = b[sectorSize:] {
		p.sector(b[:sectorSize])
	}
	p.out.cut = p.out.cut || len(b) > 0 && !p.stopped
}

// sector yields one sector as a block, or counts why not.
func (p *pass) sector(b []byte) {
	if blank(b) {
		return
	}
	s := parse(b)
	start, ok := s.start()
	switch {
	case !p.sound(&s, b) || !ok:
		p.out.broken++
		return
	case p.line.Begun() && s.session != p.first.session:
		p.out.foreign++
		return
	case p.line.Begun() && s.sequence == p.last.sequence && start.Before(p.line.End()):
		p.out.repeated++
		return
	}
	next := s.sequence == p.last.sequence+1 && !s.resumed
	first := !p.line.Begun()
	start, rate, ok := p.line.Place(start, s.count, s.rate(), next)
	if !ok {
		return
	}
	if first {
		p.first = s
	}
	p.last = s
	p.stopped = !p.take(&p.last, p.fill(&p.last, b, start, rate))
}

// sound reports whether a sector is what the maker's devices write: its sum, its
// layout and its rate.
func (p *pass) sound(s *sector, b []byte) bool {
	if !bytes.HasPrefix(b, []byte("AX\xfc\x01")) || s.count == 0 || s.count > s.maxCount() {
		return false
	}
	if p.line.Begun() && s.old() != p.first.old() {
		return false
	}
	if s.old() {
		return s.offset > 0 && s.offset <= 3200
	}
	return intact(b)
}

// blank reports memory that was never written.
func blank(b []byte) bool {
	return b[0] == 0xff && len(bytes.Trim(b, "\xff")) == 0 || b[0] == 0 && len(bytes.Trim(b, "\x00")) == 0
}

// fill decodes a sector into the pass's one block.
func (p *pass) fill(s *sector, b []byte, start time.Time, rate float64) *raw.Block {
	k := &p.block
	k.X, k.Y, k.Z = k.X[:s.count], k.Y[:s.count], k.Z[:s.count]
	s.decode(b, k.X, k.Y, k.Z)
	k.Start, k.Rate = start, rate
	k.Temperature, k.Light = s.celsius(), float64(s.light)
	return k
}
