package store

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
)

func TestBlocksTakeTheSmallestExactEncoding(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name     string
		values   []float64
		encoding encoding
		decimals int
	}{
		{"counts", []float64{0, 17, 32767, nan}, int16s, 0},
		{"counts over 32767", []float64{0, 32768}, int32s, 0},
		{"counts over 2^31", []float64{0, 1 << 40}, float32s, 0},
		{"nothing recorded", []float64{nan, nan}, int16s, 0},
		{"no values", nil, int16s, 0},
		{"temperatures", []float64{-3.5, 21.75, 30.1}, int16s, 2},
		{"MIMS with three decimals", []float64{12.345, 0.001, 99.999, nan}, int32s, 3},
		{"small numbers with three decimals", []float64{12.345, 0.001}, int16s, 3},
		{"the lowest 16-bit value is the mark of missing", []float64{-32768}, int32s, 0},
		{"minus zero", []float64{math.Copysign(0, -1)}, float32s, 0},
		{"float32 from a device", []float64{float64(float32(0.1)), 2}, float32s, 0},
		{"thirds", []float64{1.0 / 3}, float64s, 0},
		{"infinity", []float64{math.Inf(1)}, float32s, 0},
		{"huge", []float64{math.MaxFloat64}, float64s, 0},
		{"tiny", []float64{math.SmallestNonzeroFloat64}, float64s, 0},
	}
	for _, tt := range tests {
		b := encodeBlock(tt.values)
		if b.encoding != tt.encoding || b.decimals != tt.decimals {
			t.Errorf("%s: got %s with %d decimals, want %s with %d", tt.name, b.encoding, b.decimals, tt.encoding, tt.decimals)
		}
		got, err := decodeBlock(nil, b, len(tt.values))
		if err != nil || !slices.EqualFunc(got, tt.values, sameBits) {
			t.Errorf("%s: got %v, %v, want %v", tt.name, got, err, tt.values)
		}
	}
}

// sameBits is equality that tells minus zero from zero and takes any NaN for
// missing.
func sameBits(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
}

func FuzzBlocksAreLossless(f *testing.F) {
	for _, v := range []float64{0, 1, 32767, -32768, 0.1, 12.345, math.Pi, math.NaN(), math.Inf(-1), math.Copysign(0, -1), 2147483.647, 1e-7} {
		f.Add(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)), 3)
	}
	f.Fuzz(func(t *testing.T, b []byte, decimals int) {
		var values []float64
		for ; len(b) >= 8; b = b[8:] {
			v := math.Float64frombits(binary.LittleEndian.Uint64(b))
			values = append(values, v, math.Trunc(v), math.Round(v*powersOfTen[uint(decimals)%7])/powersOfTen[uint(decimals)%7])
		}
		got, err := decodeBlock(nil, encodeBlock(values), len(values))
		if err != nil || !slices.EqualFunc(got, values, sameBits) {
			t.Errorf("got %v, %v, want %v", got, err, values)
		}
	})
}

func FuzzDecodeBlock(f *testing.F) {
	good := encodeBlock([]float64{1, 2, math.NaN()})
	f.Add(good.data, "i16", 0, 3)
	f.Add(good.data, "f64", 0, 3)
	f.Add([]byte{}, "x", 9, -1)
	f.Fuzz(func(t *testing.T, data []byte, enc string, decimals, n int) {
		b := encodeBlock(nil)
		b.data, b.encoding, b.decimals = data, encoding(enc), decimals
		b.crc = crc32.ChecksumIEEE(data)
		if got, err := decodeBlock(nil, b, n); err == nil && len(got) != n {
			t.Errorf("got %d values and no error, want %d", len(got), n)
		}
	})
}

func TestDays(t *testing.T) {
	monday := actigraphy.Undated(time.Monday, 0)
	tests := []struct {
		name   string
		start  actigraphy.LocalTime
		epoch  time.Duration
		epochs int
		want   []span
	}{
		{"from midnight", monday, time.Hour, 48, []span{{0, 0, 24}, {1, 24, 24}}},
		{"cut at the first midnight", monday.Add(22 * time.Hour), time.Hour, 27, []span{{0, 0, 2}, {1, 2, 24}, {2, 26, 1}}},
		{"an epoch over midnight belongs to the day it begins in", monday.Add(23*time.Hour + 30*time.Minute), time.Hour, 3, []span{{0, 0, 1}, {1, 1, 2}}},
		{"epochs that do not divide a day", monday, 7 * time.Hour, 8, []span{{0, 0, 4}, {1, 4, 3}, {2, 7, 1}}},
		{"epochs longer than a day", monday, 36 * time.Hour, 3, []span{{0, 0, 1}, {1, 1, 1}, {3, 2, 1}}},
	}
	for _, tt := range tests {
		if got := days(tt.start, tt.epoch, tt.epochs); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestVersionWithTheWALBugIsRefused(t *testing.T) {
	if err := checkVersion("3.51.2", 3_051_002); err == nil {
		t.Error("SQLite 3.51.2 was accepted")
	}
	if err := checkVersion("3.51.3", 3_051_003); err != nil {
		t.Errorf("SQLite 3.51.3 was refused: %v", err)
	}
}
