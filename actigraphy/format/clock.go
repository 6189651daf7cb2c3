package format

import (
	"bytes"
)

// clock parses 9:38, 09:38:00, 09:38:00.250, 09:38:00:250 and 09:38:00 AM, in nanoseconds
// since midnight.
func clock(b []byte) (int64, bool) {
	half := -1
	if n := len(b); n > 2 && (b[n-1]|0x20) == 'm' {
		switch b[n-2] | 0x20 {
		case 'a':
			half = 0
		case 'p':
			half = 12
		default:
			return 0, false
		}
		b = bytes.TrimRight(b[:n-2], " ")
	}
	h, b, ok := digits(b)
	if !ok || len(b) == 0 || b[0] != ':' {
		return 0, false
	}
	m, b, ok := digits(b[1:])
	if !ok {
		return 0, false
	}
	s, fraction := 0, int64(0)
	if len(b) > 0 && b[0] == ':' {
		if s, b, ok = digits(b[1:]); !ok {
			return 0, false
		}
		if fraction, b, ok = fractionOfSecond(b); !ok {
			return 0, false
		}
	}
	if half >= 0 {
		if h < 1 || h > 12 {
			return 0, false
		}
		h = h%12 + half
	}
	return int64(h)*hour + int64(m)*minute + int64(s)*second + fraction,
		len(b) == 0 && h <= 23 && m <= 59 && s <= 59
}

// digits takes one or two digits from the front.
func digits(b []byte) (n int, rest []byte, ok bool) {
	i := 0
	for i < len(b) && i < 2 && '0' <= b[i] && b[i] <= '9' {
		n = n*10 + int(b[i]-'0')
		i++
	}
	return n, b[i:], i > 0
}

func fractionOfSecond(b []byte) (ns int64, rest []byte, ok bool) {
	if len(b) == 0 || b[0] != '.' && b[0] != ',' && b[0] != ':' {
		return 0, b, true
	}
	i, unit := 1, second/10
	for i < len(b) && '0' <= b[i] && b[i] <= '9' {
		ns += int64(b[i]-'0') * unit
		unit /= 10
		i++
	}
	colon := b[0] == ':' // GENEActiv parts thousandths so
	return ns, b[i:], i > 1 && i <= 10 && (!colon || i == 4)
}

// zone takes an offset from the end of a time: Z, +01, +0100 or +01:00.
func (s *stamp) zone(b []byte) []byte {
	n := len(b)
	if n > 0 && (b[n-1] == 'Z' || b[n-1] == 'z') {
		s.zoned, s.offset = true, 0
		return b[:n-1]
	}
	i := n - 1
	for i >= 0 && b[i] != '+' && b[i] != '-' {
		i--
	}
	if i < 0 {
		return b
	}
	h, rest, ok := digits(b[i+1:])
	if !ok {
		return b
	}
	rest = bytes.TrimPrefix(rest, []byte(":"))
	m := 0
	if len(rest) > 0 {
		if m, rest, ok = digits(rest); !ok || len(rest) > 0 {
			return b
		}
	}
	if h > 14 || m > 59 {
		return b
	}
	s.zoned, s.offset = true, int16(h*60+m)
	if b[i] == '-' {
		s.offset = -s.offset
	}
	return bytes.TrimRight(b[:i], " ")
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isClock(b []byte) bool {
	_, ok := clock(b)
	return ok
}
