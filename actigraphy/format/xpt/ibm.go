package xpt

import (
	"encoding/binary"
	"math"
)

// Exponents of IBM floating point are of 16 and are kept with 64 added; the
// fraction has 56 bits.
const (
	exponentBias  = 64
	fractionBits  = 56
	fractionMask  = 1<<fractionBits - 1
	bitsPerDigit  = 4
	shortestFloat = 2 // bytes of a number in the file; the rest is zero
	longestFloat  = 8
)

// scales are the powers of two that a fraction is multiplied with, by exponent.
var scales = func() (s [128]float64) {
	for e := range s {
		s[e] = math.Ldexp(1, bitsPerDigit*(e-exponentBias)-fractionBits)
	}
	return s
}()

// number returns the value of 2 to 8 bytes of IBM floating point, NaN where they
// hold one of SAS's missing values: a point, an underscore or a capital, and
// zeros behind it. A fraction of more than 53 bits is rounded to float64.
func number(b []byte) float64 {
	var bits uint64
	if len(b) == longestFloat {
		bits = binary.BigEndian.Uint64(b)
	} else {
		var whole [longestFloat]byte
		copy(whole[:], b)
		bits = binary.BigEndian.Uint64(whole[:])
	}
	fraction := bits & fractionMask
	if fraction == 0 {
		if isMissing(byte(bits >> fractionBits)) {
			return math.NaN()
		}
		return 0
	}
	v := float64(fraction) * scales[bits>>fractionBits&0x7f]
	if bits>>63 == 1 {
		return -v
	}
	return v
}

func isMissing(first byte) bool {
	return first == '.' || first == '_' || 'A' <= first && first <= 'Z'
}
