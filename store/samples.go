package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// encoding names how the values of a block stand in its blob, before zstd:
// little-endian, one after the other. In the integer encodings the value is the
// integer divided by 10^decimals, and the smallest integer means not recorded.
type encoding string

const (
	int16s   encoding = "i16"
	int32s   encoding = "i32"
	float32s encoding = "f32"
	float64s encoding = "f64"
)

// maxDecimals bounds the decimals of the integer encodings.
const maxDecimals = 6

var (
	powersOfTen = [maxDecimals + 1]float64{1, 10, 100, 1e3, 1e4, 1e5, 1e6}

	// EncodeAll and DecodeAll may be called from many goroutines. A damaged or
	// hostile blob must not expand without bound: 64 MiB is a day of float64 at
	// 90 samples a second.
	compressor   = must(zstd.NewWriter(nil, zstd.WithEncoderCRC(false)))
	decompressor = must(zstd.NewReader(nil, zstd.WithDecoderMaxMemory(64<<20)))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic("store: zstd refuses constant options: " + err.Error())
	}
	return v
}

// block is a stretch of one channel as a row of samples holds it.
type block struct {
	encoding encoding
	decimals int
	crc      uint32 // CRC-32 (IEEE) of data
	data     []byte // zstd
}

// encodeBlock packs values without loss, in the smallest encoding that gives
// every one of them back: counts and decimal numbers from text as integers,
// others as float32 where that is exact, else as float64. Every NaN is "not
// recorded" and comes back as math.NaN().
func encodeBlock(values []float64) block {
	enc, decimals := chooseEncoding(values)
	raw := make([]byte, 0, enc.size()*len(values))
	for _, v := range values {
		raw = enc.append(raw, v, decimals)
	}
	data := compressor.EncodeAll(raw, nil)
	return block{enc, decimals, crc32.ChecksumIEEE(data), data}
}

// chooseEncoding returns the smallest encoding that is exact for all values.
func chooseEncoding(values []float64) (encoding, int) {
	decimals, largest := 0, 0.0
	for _, v := range values {
		if math.IsNaN(v) {
			continue
		}
		for decimals <= maxDecimals && !exactDecimal(v, decimals) {
			decimals++
		}
		if decimals > maxDecimals {
			return chooseFloat(values), 0
		}
		largest = math.Max(largest, math.Abs(v))
	}
	switch scaled := largest * powersOfTen[decimals]; {
	case scaled <= math.MaxInt16:
		return verified(values, int16s, decimals)
	case scaled <= math.MaxInt32:
		return verified(values, int32s, decimals)
	}
	return chooseFloat(values), 0
}

// verified returns the integer encoding if every value survives it: one that
// was exact with fewer decimals need not be with more.
func verified(values []float64, e encoding, decimals int) (encoding, int) {
	for _, v := range values {
		if !math.IsNaN(v) && !exactDecimal(v, decimals) {
			return chooseFloat(values), 0
		}
	}
	return e, decimals
}

// exactDecimal reports whether an integer divided by 10^decimals is v, bit for
// bit; minus zero is not.
func exactDecimal(v float64, decimals int) bool {
	scaled := math.Round(v * powersOfTen[decimals])
	if scaled == 0 {
		return math.Float64bits(v) == 0
	}
	return math.Abs(scaled) <= math.MaxInt32 &&
		math.Float64bits(scaled/powersOfTen[decimals]) == math.Float64bits(v)
}

func chooseFloat(values []float64) encoding {
	for _, v := range values {
		if !math.IsNaN(v) && math.Float64bits(float64(float32(v))) != math.Float64bits(v) {
			return float64s
		}
	}
	return float32s
}

// size returns the bytes of one value, 0 for an encoding that is unknown.
func (e encoding) size() int {
	switch e {
	case int16s:
		return 2
	case int32s, float32s:
		return 4
	case float64s:
		return 8
	}
	return 0
}

func (e encoding) append(b []byte, v float64, decimals int) []byte {
	switch e {
	case int16s:
		n := int16(math.MinInt16)
		if !math.IsNaN(v) {
			n = int16(math.Round(v * powersOfTen[decimals]))
		}
		return binary.LittleEndian.AppendUint16(b, uint16(n))
	case int32s:
		n := int32(math.MinInt32)
		if !math.IsNaN(v) {
			n = int32(math.Round(v * powersOfTen[decimals]))
		}
		return binary.LittleEndian.AppendUint32(b, uint32(n))
	case float32s:
		return binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
	default:
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
}

// value reads one value; b has e.size() bytes.
func (e encoding) value(b []byte, decimals int) float64 {
	switch e {
	case int16s:
		return scaledValue(int64(int16(binary.LittleEndian.Uint16(b))), math.MinInt16, decimals)
	case int32s:
		return scaledValue(int64(int32(binary.LittleEndian.Uint32(b))), math.MinInt32, decimals)
	case float32s:
		return plainNaN(float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
	default:
		return plainNaN(math.Float64frombits(binary.LittleEndian.Uint64(b)))
	}
}

func scaledValue(n, missing int64, decimals int) float64 {
	if n == missing {
		return math.NaN()
	}
	return float64(n) / powersOfTen[decimals]
}

func plainNaN(v float64) float64 {
	if math.IsNaN(v) {
		return math.NaN()
	}
	return v
}

// decodeBlock appends the values of a block that has n of them to dst. Anything
// that does not fit is an error: a blob is never read in part.
func decodeBlock(dst []float64, b block, n int) ([]float64, error) {
	size := b.encoding.size()
	if size == 0 || b.decimals < 0 || b.decimals > maxDecimals {
		return dst, fmt.Errorf("encoding %q with %d decimals is unknown", b.encoding, b.decimals)
	}
	if got := crc32.ChecksumIEEE(b.data); got != b.crc {
		return dst, fmt.Errorf("the CRC-32 of its blob is %08x, stored was %08x", got, b.crc)
	}
	raw, err := decompressor.DecodeAll(b.data, nil)
	if err != nil {
		return dst, fmt.Errorf("its blob does not decompress: %w", err)
	}
	if len(raw) != n*size {
		return dst, fmt.Errorf("its blob has %d bytes, %d epochs of %s need %d", len(raw), n, b.encoding, n*size)
	}
	dst = slices.Grow(dst, n)
	for ; len(raw) > 0; raw = raw[size:] {
		dst = append(dst, b.encoding.value(raw, b.decimals))
	}
	return dst, nil
}
