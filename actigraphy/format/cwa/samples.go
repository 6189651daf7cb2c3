package cwa

import "encoding/binary"

// gravity is one g in packed samples, which have no scale of their own.
const gravity = 256

// exponents are the factors of the four exponents of packed samples, g.
var exponents = [4]float64{1. / gravity, 2. / gravity, 4. / gravity, 8. / gravity}

// unpack decodes samples of 32 bits: three signed numbers of 10 bits, x lowest,
// and above them the exponent of two that they share. All slices are equally long.
func unpack(b []byte, x, y, z []float64) {
	x, y, z = x[:len(b)/4], y[:len(b)/4], z[:len(b)/4]
	for i := range x {
		v := binary.LittleEndian.Uint32(b[4*i:])
		g := exponents[v>>30]
		x[i] = float64(int32(v<<22)>>22) * g
		y[i] = float64(int32(v<<12)>>22) * g
		z[i] = float64(int32(v<<2)>>22) * g
	}
}

// spread decodes samples of three signed 16-bit numbers that lie stride bytes
// apart, each unit g.
func spread(b []byte, stride int, unit float64, x, y, z []float64) {
	x, y = x[:len(z)], y[:len(z)]
	for i := range x {
		s := b[i*stride : i*stride+6]
		x[i] = float64(int16(binary.LittleEndian.Uint16(s))) * unit
		y[i] = float64(int16(binary.LittleEndian.Uint16(s[2:]))) * unit
		z[i] = float64(int16(binary.LittleEndian.Uint16(s[4:]))) * unit
	}
}

// decode reads the acceleration of a sector into the slices, which are as long
// as it has samples. With six or nine axes the gyroscope's come before it.
func (s *sector) decode(b []byte, x, y, z []float64) {
	b = b[samplesAt:samplesEnd]
	if s.packing == 0 {
		unpack(b[:4*s.count], x, y, z)
		return
	}
	if s.axes > 3 {
		b = b[6:]
	}
	spread(b, 2*s.axes, 1/float64(int(1)<<(8+s.accelScale)), x, y, z)
}

// celsius converts the raw temperature as the maker does (cwa.h).
func (s *sector) celsius() float64 { return float64(s.temperature)*75/256 - 50 }
