package gt3x

import (
	"context"
	"errors"
	"io"
	"iter"
	"math"

	"circascope/actigraphy/raw"
)

// packed is the recording of an activity.bin: 12-bit samples in the order y, x, z
// without times, so that the first is taken at the start that info.txt gives.
type packed struct {
	archive *archive
	about   *about
	header  raw.Header
}

func openPacked(a *archive, d *about) (raw.Source, error) {
	switch {
	case d.rate == 0:
		return nil, a.fault("a sample rate in info.txt", "none", "download the device again", nil)
	case d.start == 0:
		return nil, a.fault("a start date in info.txt, because the samples have no times", "none", "download the device again", nil)
	}
	d.scale = stepsGT3XPlus
	d.note("Samples of activity.bin have no times: they are counted from the start date. Their scale is 341 steps for 1 g, rounded to 0.001 g.")
	return &packed{archive: a, about: d, header: d.header(d.start)}, nil
}

// Header says what the file tells of the recording as a whole.
func (p *packed) Header() raw.Header { return p.header }

// Blocks yields the samples in order of time.
func (p *packed) Blocks(ctx context.Context) iter.Seq2[*raw.Block, error] {
	return func(yield func(*raw.Block, error) bool) {
		stopped, err := p.read(ctx, yield)
		if err != nil && !stopped {
			yield(nil, p.archive.reading(err))
		}
	}
}

func (p *packed) read(ctx context.Context, yield func(*raw.Block, error) bool) (stopped bool, err error) {
	samples, err := p.archive.stream(ctx, packedMember)
	if err != nil {
		return false, err
	}
	defer func() { _ = samples.Close() }()
	light, err := openLux(p.archive, p.about.serial)
	if err != nil {
		return false, err
	}
	defer light.close()
	// An even number of samples is a whole number of bytes: two in nine.
	n := blockSeconds * p.about.rate
	bytes, steps := make([]byte, n/2*9), make([]int16, 3*n)
	scale := newRounded(p.about.scale)
	block := &raw.Block{Rate: float64(p.about.rate), Temperature: math.NaN()}
	for at := p.about.start; ; at += blockSeconds {
		got, last, err := fill(samples, bytes)
		if err != nil {
			return false, err
		}
		filled := packedSize(got)
		if filled == 0 {
			return false, ctx.Err()
		}
		unpack12(bytes[:got], steps[:3*filled])
		block.Start = p.about.instant(at)
		block.X, block.Y, block.Z = scale.apply(steps[:3*filled], yxz, block.X[:0], block.Y[:0], block.Z[:0])
		if block.Light, err = light.mean((filled + p.about.rate - 1) / p.about.rate); err != nil {
			return false, err
		}
		if !yield(block, nil) {
			return true, nil
		}
		if last {
			return false, ctx.Err()
		}
	}
}

// fill reads until b is full or the end comes. It tells the end of the samples,
// which last reports, from that of a damaged archive, which is an error.
func fill(r io.Reader, b []byte) (n int, last bool, err error) {
	for n < len(b) {
		got, err := r.Read(b[n:])
		n += got
		switch {
		case errors.Is(err, io.EOF):
			return n, true, nil
		case err != nil:
			return n, false, err
		}
	}
	return n, false, nil
}
