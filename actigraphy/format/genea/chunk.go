package genea

import "encoding/binary"

// Sizes, bytes.
const (
	pageSize  = 2048
	chunkSize = 6
	inPage    = pageSize / chunkSize * chunkSize // the rest is filling
)

// Kinds of chunks.
const (
	sampleChunk  = 0
	timeChunk    = 2
	batteryChunk = 4
)

// polynomial is that of the checksum, a CRC of eight bits over the five bytes
// behind it.
const polynomial = 0x85

var remainders = makeRemainders()

func makeRemainders() (t [256]byte) {
	for i := range t {
		v := byte(i)
		for range 8 {
			if v&0x80 != 0 {
				v = v<<1 ^ polynomial
			} else {
				v <<= 1
			}
		}
		t[i] = v
	}
	return t
}

// checksum is what the first byte of a chunk must be.
func checksum(b []byte) byte {
	var v byte
	for _, c := range b[1:chunkSize] {
		v = remainders[v^c]
	}
	return v
}

func kind(b []byte) byte { return b[1] >> 4 }

// seconds is the time of a time chunk, since 1970 on the device's clock.
func seconds(b []byte) int64 { return int64(binary.BigEndian.Uint32(b[2:])) }

// perG is how many of the sensor's steps are one g, and unity a gain of one.
const (
	perG  = 340
	unity = 8192
)

// calibration turns raw samples into g.
type calibration struct{ offsets, gains [3]float64 }

// sample decodes the three numbers of 12 bits of a sample chunk. The x and z axes
// of the sensor point against those of the device.
func (c *calibration) sample(b []byte) (x, y, z float64) {
	v := binary.BigEndian.Uint64([]byte{0, 0, 0, b[1], b[2], b[3], b[4], b[5]})
	signed := func(shift uint) float64 { return float64(int16(v>>shift<<4) >> 4) }
	return c.g(0, -signed(24)), c.g(1, signed(12)), c.g(2, -signed(0))
}

func (c *calibration) g(axis int, v float64) float64 {
	return (v + c.offsets[axis]) * c.gains[axis] / unity / perG
}
