package gt3x

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/raw"
)

// log is the recording of a log.bin.
type log struct {
	archive *archive
	about   *about
	header  raw.Header
	scale   scaling
	first   int64 // second of the first sample
	damage  raw.Damage
}

// openLog reads up to the first sample.
func openLog(ctx context.Context, a *archive, d *about) (raw.Source, error) {
	l := &log{archive: a, about: d}
	p, err := l.lookAhead(ctx)
	if err != nil {
		return nil, a.reading(err)
	}
	if d.rate == 0 {
		if d.rate = p.rate; p.rate == 0 {
			return nil, a.fault("a sample rate in info.txt", "none", "download the device again", nil)
		}
		d.note("info.txt gives no sample rate; the device's parameters give %d Hz.", p.rate)
	}
	if err := d.settle(a, p); err != nil {
		return nil, err
	}
	if l.scale, err = a.scaling(d); err != nil {
		return nil, err
	}
	l.header = d.header(l.first)
	return l, nil
}

// lookAhead finds the first sample and the parameters before it.
func (l *log) lookAhead(ctx context.Context) (found parameters, err error) {
	r, err := l.archive.open(l.archive.members[logMember])
	if err != nil {
		return found, err
	}
	defer func() { _ = r.Close() }()
	packets := newPackets(r, l.about.possible())
	for {
		p, err := packets.next()
		if err == nil {
			err = ctx.Err()
		}
		if errors.Is(err, io.EOF) {
			return found, l.archive.fault("packets of samples in log.bin", fmt.Sprintf("none, and %d damaged or from another time", packets.damaged),
				"check that the device was started, and download it again", actigraphy.ErrFormat)
		}
		if err != nil {
			return found, err
		}
		if p.kind == kindParameters {
			found.read(p.payload)
		}
		if _, _, ok := p.samples(); ok {
			l.first = p.second
			return found, nil
		}
	}
}

// samples returns how many samples a packet holds and in which order their axes
// stand, false where it holds none. Packets of one byte mark a cable's connection.
func (p packet) samples() (n int, axes order, ok bool) {
	switch p.kind {
	case kindActivity:
		n, axes = packedSize(len(p.payload)), yxz
	case kindActivity2:
		n, axes = len(p.payload)/6, xyz
	case kindActivity3:
		n, axes = packedSize(len(p.payload)), xyz
	}
	return n, axes, n > 0
}

// Header says what the file tells of the recording as a whole.
func (l *log) Header() raw.Header { return l.header }

// Damage reports what Blocks left out the last time.
func (l *log) Damage() raw.Damage { return l.damage }

// Blocks yields the samples in order of time.
func (l *log) Blocks(ctx context.Context) iter.Seq2[*raw.Block, error] {
	return func(yield func(*raw.Block, error) bool) {
		stopped, err := l.read(ctx, yield)
		if err != nil && !stopped {
			yield(nil, l.archive.reading(err))
		}
	}
}

// read goes through the packets; stopped reports that nobody wants more blocks.
func (l *log) read(ctx context.Context, yield func(*raw.Block, error) bool) (stopped bool, err error) {
	r, err := l.archive.stream(ctx, logMember)
	if err != nil {
		return false, err
	}
	defer func() { _ = r.Close() }()
	possible := l.about.possible()
	possible.to = min(possible.to, l.first+longest)
	packets := newPackets(r, possible)
	// Cancelling is seen at each block, because a long sleep reads nothing.
	out := newBlocks(l.about, func(b *raw.Block) bool {
		if ctx.Err() != nil {
			return false
		}
		stopped = !yield(b, nil)
		return !stopped
	})
	t := &timeline{out: out, scale: l.scale}
	for !out.done {
		p, err := packets.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return stopped, err
		}
		t.take(p)
	}
	t.end()
	l.damage = raw.Damage{Blocks: packets.damaged + t.late, Missing: out.missing(l.first)}
	return stopped, ctx.Err()
}

// take puts a packet in its place.
func (t *timeline) take(p packet) {
	t.latest = p.second
	n, axes, ok := p.samples()
	switch {
	case ok:
		t.steps = slices.Grow(t.steps[:0], 3*n)[:3*n]
		if p.kind == kindActivity2 {
			unpack16(p.payload, t.steps)
		} else {
			unpack12(p.payload, t.steps)
		}
		t.samples(p.second, axes)
	case p.kind == kindEvent:
		t.event(p.second, p.payload)
	case p.kind == kindLux && len(p.payload) == 2:
		t.out.light.add(p.second, lux(p.payload))
	}
}

// lux returns the reading of a packet of light.
func lux(payload []byte) float64 {
	v := float64(payload[0]) + float64(payload[1])*(1<<8)
	if v == noLight {
		return math.NaN()
	}
	return v
}
