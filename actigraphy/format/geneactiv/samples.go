package geneactiv

import (
	"math"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Samples of a page.
const (
	perPage   = 300
	digits    = 12 // of a sample: x, y, z, and light with the button
	rawValues = 1 << 12
)

// bad marks a pair of characters that are no hexadecimal digits.
const bad = 0x8000

// pairs gives the value of two hexadecimal digits, the first one in the low byte
// of the index as it lies in memory.
var pairs = makePairs()

func makePairs() *[1 << 16]uint16 {
	var t [1 << 16]uint16
	for i := range t {
		high, low := digit(byte(i)), digit(byte(i>>8))
		t[i] = high<<4 | low
		if high == bad || low == bad {
			t[i] = bad
		}
	}
	return &t
}

func digit(c byte) uint16 {
	switch {
	case c >= '0' && c <= '9':
		return uint16(c - '0')
	case c >= 'A' && c <= 'F':
		return uint16(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return uint16(c-'a') + 10
	default:
		return bad
	}
}

// scales give the calibrated value of each of the 4096 raw ones.
type scales struct {
	axes  [3][rawValues]float64 // g
	light [rawValues]float64    // lux; the two lowest bits are not light
}

// readScales takes the calibration from the header: g is (100 raw - offset) /
// gain, lux is raw times lux over volts without its fraction.
func readScales(in *format.Input, h *header) (*scales, error) {
	var s scales
	const section = "Calibration Data"
	for i, axis := range []string{"x", "y", "z"} {
		gain, err := h.number(in, section, axis+" gain")
		if err != nil {
			return nil, err
		}
		offset, err := h.number(in, section, axis+" offset")
		if err != nil {
			return nil, err
		}
		if gain == 0 {
			return nil, &actigraphy.FileError{
				File: in.Path, Line: h.lines[section+"/"+axis+" gain"], Expected: "a gain over 0", Found: "0",
				Advice: "extract the file from the device again",
			}
		}
		for v := range rawValues {
			s.axes[i][v] = (float64(int16(v<<4)>>4)*100 - offset) / gain
		}
	}
	volts, errV := h.number(in, section, "Volts")
	lux, errL := h.number(in, section, "Lux")
	for v := range rawValues {
		s.light[v] = math.Floor(float64(v>>2) * (lux / volts))
		if errV != nil || errL != nil || volts == 0 {
			s.light[v] = math.NaN()
		}
	}
	return &s, nil
}

// decoded is what a page's samples say beside the acceleration.
type decoded struct {
	light  float64 // sum
	marker bool
}

// decode reads the samples of a line into the slices, which are as long as it
// has whole ones. It returns false where a character is no hexadecimal digit.
func (s *scales) decode(line []byte, x, y, z []float64) (d decoded, ok bool) {
	var seen uint16
	table := pairs
	x, y = x[:len(z)], y[:len(z)]
	for i := range z {
		b := line[i*digits : i*digits+digits]
		p0 := table[uint16(b[0])|uint16(b[1])<<8]
		p1 := table[uint16(b[2])|uint16(b[3])<<8]
		p2 := table[uint16(b[4])|uint16(b[5])<<8]
		p3 := table[uint16(b[6])|uint16(b[7])<<8]
		p4 := table[uint16(b[8])|uint16(b[9])<<8]
		p5 := table[uint16(b[10])|uint16(b[11])<<8]
		seen |= p0 | p1 | p2 | p3 | p4 | p5
		last := (p4<<8 | p5) & 0xfff
		x[i] = s.axes[0][(p0<<4|p1>>4)&0xfff]
		y[i] = s.axes[1][(p1<<8|p2)&0xfff]
		z[i] = s.axes[2][(p3<<4|p4>>4)&0xfff]
		d.light += s.light[last]
		d.marker = d.marker || last&2 != 0
	}
	return d, seen&bad == 0
}
