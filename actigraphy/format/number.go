package format

import (
	"fmt"
	"math"
	"strconv"

	"circascope/actigraphy"
)

// pow10 are the powers of ten that float64 holds exactly.
var pow10 = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// number parses a finite decimal number. decimal is '.' or ','. Words such as
// "inf", hexadecimal digits and values beyond float64 are no numbers.
func number(b []byte, decimal byte) (float64, bool) {
	if v, ok := shortInteger(b); ok {
		return v, true
	}
	mantissa, digits, fraction := uint64(0), 0, 0
	point := false
	i := 0
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		i = 1
	}
	for ; i < len(b); i++ {
		c := b[i]
		switch {
		case '0' <= c && c <= '9':
			mantissa = mantissa*10 + uint64(c-'0')
			digits++
			if point {
				fraction++
			}
		case c == decimal && !point:
			point = true
		default:
			return slowNumber(b, decimal)
		}
		if digits > 15 {
			return slowNumber(b, decimal)
		}
	}
	if digits == 0 {
		return 0, false
	}
	// Both are exact, so the quotient is the nearest float64.
	v := float64(mantissa) / pow10[fraction]
	if negative {
		v = -v
	}
	return v, true
}

// shortInteger parses digits alone, as most counts are.
func shortInteger(b []byte) (float64, bool) {
	if len(b) == 0 || len(b) > 15 {
		return 0, false
	}
	v := uint64(0)
	for _, c := range b {
		digit := c - '0'
		if digit > 9 {
			return 0, false
		}
		v = v*10 + uint64(digit)
	}
	return float64(v), true
}

// slowNumber parses long mantissas and exponents.
func slowNumber(b []byte, decimal byte) (float64, bool) {
	const longest = 64
	if len(b) > longest {
		return 0, false
	}
	text := make([]byte, len(b))
	for i, c := range b {
		switch {
		case c == decimal:
			c = '.'
		case c == '.' || !('0' <= c && c <= '9' || c == '-' || c == '+' || c == 'e' || c == 'E'):
			return 0, false
		}
		text[i] = c
	}
	v, err := strconv.ParseFloat(string(text), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// missing reports whether a field says that nothing was recorded.
func missing(b []byte) bool {
	switch string(b) {
	case "", ".", "NA", "N/A", "NaN", "NAN", "nan", "na", "null", "NULL":
		return true
	default:
		return false
	}
}

// integer parses a whole number of up to nine digits.
func integer(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// maxActivity is the largest value of an epoch.
const maxActivity = float64(actigraphy.MaxActivity)

// largest says how large an activity may be, where v is larger.
func largest(v float64) string {
	if v > maxActivity {
		return fmt.Sprintf(" and at most %.0f", maxActivity)
	}
	return ""
}
