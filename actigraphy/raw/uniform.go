package raw

import (
	"context"
	"fmt"
	"iter"
	"math"
	"time"
)

// bridged is the longest interruption that is interpolated, and the largest
// disorder of block times that is taken for jitter of the device's stamps.
const bridged = 100 * time.Millisecond

// Chunk is a run of samples at exactly equal distances, a piece of a segment: a
// stretch of the recording without a gap. It is valid until the next one is asked
// for.
type Chunk struct {
	Block
	Segment int       // counted from 0
	Origin  time.Time // of the segment's first sample
	First   int64     // number of X[0] within the segment
}

// Clipped is what Uniform did besides passing samples on.
type Clipped struct {
	Resampled int           // blocks whose samples were interpolated to the nominal rate
	Gaps      int           // stretches without samples longer than a tenth of a second
	Missing   time.Duration // their length together
	Overlap   time.Duration // of samples that were left out, because their time had been recorded already
}

// Uniform brings the blocks of a source to its nominal rate and cuts them into
// segments at gaps. Blocks at the nominal rate that follow one another pass
// unchanged, so what a device sampled evenly stays bit for bit. Where a block has
// another rate, or its time has moved by half a sample against the count of
// samples, values are interpolated linearly between neighbours. done, which may be
// nil, is filled when the last chunk has been yielded.
func Uniform(ctx context.Context, src Source, done *Clipped) iter.Seq2[*Chunk, error] {
	return func(yield func(*Chunk, error) bool) {
		u := &uniform{rate: src.Header().Rate}
		if !(u.rate > 0) || math.IsInf(u.rate, 0) {
			yield(nil, fmt.Errorf("a rate of %v samples a second", u.rate))
			return
		}
		for block, err := range src.Blocks(ctx) {
			if err == nil {
				err = check(block)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if len(block.X) > 0 && u.place(block) && !yield(&u.chunk, nil) {
				return
			}
		}
		if done != nil {
			*done = u.clipped
		}
	}
}

func check(b *Block) error {
	if len(b.X) != len(b.Y) || len(b.X) != len(b.Z) {
		return fmt.Errorf("a block of %d, %d and %d values of its axes", len(b.X), len(b.Y), len(b.Z))
	}
	if !(b.Rate > 0) || math.IsInf(b.Rate, 0) {
		return fmt.Errorf("a block at %v samples a second", b.Rate)
	}
	return nil
}

// uniform is the state of a segment that grows.
type uniform struct {
	rate    float64
	chunk   Chunk
	clipped Clipped

	begun   bool
	origin  time.Time
	next    int64      // number of the next sample to yield
	last    [3]float64 // the last sample taken
	lastPos float64    // its place in the segment, in samples
	x, y, z []float64  // interpolated values
}

// place sets the chunk to what b adds to its segment, and reports whether that is
// anything.
func (u *uniform) place(b *Block) bool {
	jitter := bridged.Seconds() * u.rate
	at := b.Start.Sub(u.origin).Seconds() * u.rate
	if gap := at - u.lastPos - 1; !u.begun || gap > max(jitter, 1) {
		if u.begun {
			u.clipped.Gaps++
			u.clipped.Missing += time.Duration(gap / u.rate * 1e9)
			u.chunk.Segment++
		}
		u.begun, u.origin, u.next, at = true, b.Start, 0, 0
		u.lastPos = math.Inf(-1)
	}
	u.chunk.Block = *b
	u.chunk.Rate, u.chunk.Origin, u.chunk.First = u.rate, u.origin, u.next
	if !math.IsInf(u.lastPos, -1) && at < u.lastPos-jitter {
		at = u.dropOverlap(b, at)
	}
	if n := len(u.chunk.X); n > 0 && b.Rate == u.rate && math.Abs(at-float64(u.next)) < 0.5 {
		u.keep(u.chunk.X[n-1], u.chunk.Y[n-1], u.chunk.Z[n-1], float64(u.next)+float64(n-1))
		u.next += int64(n)
	} else {
		u.interpolate(at, u.rate/b.Rate)
	}
	u.chunk.Start = u.origin.Add(time.Duration(float64(u.chunk.First) / u.rate * 1e9))
	return len(u.chunk.X) > 0
}

func (u *uniform) keep(x, y, z, pos float64) { u.last, u.lastPos = [3]float64{x, y, z}, pos }

// dropOverlap takes from the chunk the samples whose time is not after the last one
// taken, and returns the place of the first that is left.
func (u *uniform) dropOverlap(b *Block, at float64) float64 {
	step := u.rate / b.Rate
	n := min(int(math.Floor((u.lastPos-at)/step+1e-6))+1, len(b.X))
	u.clipped.Overlap += time.Duration(float64(n) / b.Rate * 1e9)
	u.chunk.X, u.chunk.Y, u.chunk.Z = b.X[n:], b.Y[n:], b.Z[n:]
	return at + float64(n)*step
}

// interpolate replaces the samples of the chunk, which lie at + i*step samples
// after the segment's beginning, by those at whole numbers.
func (u *uniform) interpolate(at, step float64) {
	u.clipped.Resampled++
	u.x, u.y, u.z = u.x[:0], u.y[:0], u.z[:0]
	for i, x := range u.chunk.X {
		y, z := u.chunk.Y[i], u.chunk.Z[i]
		pos := at + float64(i)*step
		if pos <= u.lastPos {
			continue
		}
		for ; float64(u.next) <= pos; u.next++ {
			w := 0.0 // the share of the last sample
			if !math.IsInf(u.lastPos, -1) {
				w = (pos - float64(u.next)) / (pos - u.lastPos)
			}
			u.x = append(u.x, x+w*(u.last[0]-x))
			u.y = append(u.y, y+w*(u.last[1]-y))
			u.z = append(u.z, z+w*(u.last[2]-z))
		}
		u.keep(x, y, z, pos)
	}
	u.chunk.X, u.chunk.Y, u.chunk.Z = u.x, u.y, u.z
}
