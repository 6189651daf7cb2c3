package rawcsv

import (
	"bytes"
	"time"
)

// minute keeps what the rows of one minute have in common, so that a date is read
// once a minute.
type minute struct {
	text []byte // up to the colon before the seconds
	at   int64  // ns
}

// read returns the time of a row of the same minute whose text ends in seconds.
func (m *minute) read(text []byte) (int64, bool) {
	n := len(m.text)
	if n == 0 || len(text) < n+2 || !bytes.Equal(text[:n], m.text) {
		return 0, false
	}
	rest, ok := seconds(text[n:])
	return m.at + rest, ok
}

// keep takes the time of a row that was read in full.
func (m *minute) keep(text []byte, at int64) {
	m.text = m.text[:0]
	n := bytes.LastIndexByte(text, ':') + 1
	const colons = 2 // with one it ends in minutes, with three in an offset
	if rest, ok := seconds(text[n:]); ok && bytes.Count(text, []byte(":")) == colons {
		m.text, m.at = append(m.text, text[:n]...), at-rest
	}
}

// seconds reads 05 and 05.250, with nothing behind.
func seconds(b []byte) (int64, bool) {
	if len(b) < 2 || len(b) > 12 || len(b) == 3 || !digit(b[0]) || !digit(b[1]) || b[0] > '5' {
		return 0, false
	}
	unit := int64(time.Second)
	ns := int64(10*(b[0]-'0')+b[1]-'0') * unit
	if len(b) > 3 && b[2] != '.' {
		return 0, false
	}
	for i := 3; i < len(b); i++ {
		if !digit(b[i]) {
			return 0, false
		}
		unit /= 10
		ns += int64(b[i]-'0') * unit
	}
	return ns, true
}

func digit(c byte) bool { return '0' <= c && c <= '9' }
