package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
)

// Vectors are not compressed: they are noise to a compressor, and a plain
// little-endian array is what every other program can read.

func packFloat32s(values []float32) ([]byte, uint32) {
	b := make([]byte, 0, 4*len(values))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b, crc32.ChecksumIEEE(b)
}

func unpackFloat32s(b []byte, crc uint32) ([]float32, error) {
	if err := checkFloats(b, crc, 4); err != nil {
		return nil, err
	}
	values := make([]float32, len(b)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return values, nil
}

func packFloat64s(values []float64) ([]byte, uint32) {
	b := make([]byte, 0, 8*len(values))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b, crc32.ChecksumIEEE(b)
}

func unpackFloat64s(b []byte, crc uint32) ([]float64, error) {
	if err := checkFloats(b, crc, 8); err != nil {
		return nil, err
	}
	if len(b) == 0 {
		return nil, nil
	}
	values := make([]float64, len(b)/8)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return values, nil
}

func checkFloats(b []byte, crc uint32, size int) error {
	if got := crc32.ChecksumIEEE(b); got != crc {
		return fmt.Errorf("the CRC-32 of its blob is %08x, stored was %08x", got, crc)
	}
	if len(b)%size != 0 {
		return fmt.Errorf("its blob has %d bytes, no multiple of %d", len(b), size)
	}
	return nil
}
