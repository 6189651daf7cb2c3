package gt3x

import (
	"encoding/binary"
	"math"
	"slices"
)

// order says where x, y and z stand in a sample.
type order [3]int

var (
	xyz = order{0, 1, 2}
	yxz = order{1, 0, 2}
)

// packedSize returns how many samples of three 12-bit numbers n bytes hold; an
// odd number of them leaves half a byte over.
func packedSize(n int) int { return n * 8 / (3 * 12) }

// unpack12 reads 12-bit numbers, the most significant bits first, into into, whose
// length says how many.
func unpack12(packed []byte, into []int16) {
	const unused = 4 // bits of an int16 above the sign of 12 bits
	i := 0
	for ; i+1 < len(into); i += 2 {
		p := packed[i/2*3 : i/2*3+3]
		into[i] = int16(uint16(p[0])<<8|uint16(p[1])) >> unused
		into[i+1] = int16((uint16(p[1])<<8|uint16(p[2]))<<unused) >> unused
	}
	if i < len(into) {
		p := packed[i/2*3:]
		into[i] = int16(uint16(p[0])<<8|uint16(p[1])) >> unused
	}
}

// unpack16 reads little-endian 16-bit numbers.
func unpack16(packed []byte, into []int16) {
	for i := range into {
		into[i] = int16(binary.LittleEndian.Uint16(packed[2*i:]))
	}
}

// scaling makes acceleration in g of a device's steps.
type scaling interface {
	// apply reads samples, three numbers each in the order of axes, and appends to
	// x, y and z.
	apply(samples []int16, axes order, x, y, z []float64) (_, _, _ []float64)
}

// more lengthens v by n values, and returns these by themselves, too.
func more(v []float64, n int) (all, added []float64) {
	all = slices.Grow(v, n)[:len(v)+n]
	return all, all[len(v):]
}

// linear divides by the steps for 1 g.
type linear float64

func (s linear) apply(samples []int16, axes order, x, y, z []float64) (_, _, _ []float64) {
	x, newX := more(x, len(samples)/3)
	y, newY := more(y, len(samples)/3)
	z, newZ := more(z, len(samples)/3)
	steps := float64(s)
	for i := range newX {
		sample := samples[3*i:][:3]
		newX[i], newY[i], newZ[i] = float64(sample[axes[0]])/steps, float64(sample[axes[1]])/steps, float64(sample[axes[2]])/steps
	}
	return x, y, z
}

// rounded is linear to three decimals, as the maker defines the acceleration of
// activity.bin. Its steps are 12-bit, so all values are computed once.
type rounded [1 << 12]float64

func newRounded(steps float64) *rounded {
	var r rounded
	for i := range r {
		r[i] = math.Round(float64(i-len(r)/2)/steps*1000) / 1000
	}
	return &r
}

func (r *rounded) apply(samples []int16, axes order, x, y, z []float64) (_, _, _ []float64) {
	for ; len(samples) >= 3; samples = samples[3:] {
		x = append(x, r.of(samples[axes[0]]))
		y = append(y, r.of(samples[axes[1]]))
		z = append(z, r.of(samples[axes[2]]))
	}
	return x, y, z
}

func (r *rounded) of(step int16) float64 { return r[int(step)+len(r)/2] }
