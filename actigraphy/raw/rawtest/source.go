// Package rawtest makes raw recordings for tests.
package rawtest

import (
	"context"
	"iter"
	"math"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/raw"
)

// Start is when the recordings made here begin: a Tuesday without a zone.
var Start = time.Date(2024, 3, 5, 10, 0, 0, 0, time.UTC)

// Source is a raw recording in memory.
type Source struct {
	Head   raw.Header
	List   []raw.Block
	Err    error // yielded behind the last block
	Lost   raw.Damage
	Passes int // how often Blocks was called
}

// Header returns Head.
func (s *Source) Header() raw.Header { return s.Head }

// Blocks yields List, and Err where there is one.
func (s *Source) Blocks(ctx context.Context) iter.Seq2[*raw.Block, error] {
	s.Passes++
	return func(yield func(*raw.Block, error) bool) {
		for i := range s.List {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			block := s.List[i]
			if !yield(&block, nil) {
				return
			}
		}
		if s.Err != nil {
			yield(nil, s.Err)
		}
	}
}

// Damage returns Lost.
func (s *Source) Damage() raw.Damage { return s.Lost }

// New returns a recording without samples that begins at start.
func New(start time.Time, rate float64) *Source {
	return &Source{Head: raw.Header{
		Subject: "P1", Device: "ActiGraph wGT3X-BT TEST", Site: "wrist", Start: actigraphy.Naive(start), Rate: rate, Range: 8,
	}}
}

// Add appends a block of n samples at the nominal rate, whose sample i is at(i).
func (s *Source) Add(start time.Time, n int, at func(i int) (x, y, z float64)) *raw.Block {
	b := raw.Block{Start: start, Rate: s.Head.Rate, Temperature: math.NaN(), Light: math.NaN()}
	for i := range n {
		x, y, z := at(i)
		b.X, b.Y, b.Z = append(b.X, x), append(b.Y, y), append(b.Z, z)
	}
	s.List = append(s.List, b)
	return &s.List[len(s.List)-1]
}

// Seconds appends blocks of one second that follow one another from start;
// at is given the number of the sample from start.
func (s *Source) Seconds(start time.Time, n int, at func(i int) (x, y, z float64)) {
	rate := int(s.Head.Rate)
	for k := range n {
		s.Add(start.Add(time.Duration(k)*time.Second), rate, func(i int) (x, y, z float64) { return at(k*rate + i) })
	}
}

// Rest lies still with the z axis up.
func Rest(int) (x, y, z float64) { return 0, 0, 1 }

// Shake is a movement of 1 Hz at 30 samples a second, on all axes.
func Shake(i int) (x, y, z float64) {
	v := math.Sin(2 * math.Pi * float64(i) / 30)
	return v, 0.5 * v, 1 + 0.8*v
}
