package cwa

import (
	"encoding/binary"
	"time"
)

// Sizes of the parts of a file, bytes.
const (
	headerSize = 1024
	sectorSize = 512
	samplesAt  = 30  // of a sector
	samplesEnd = 510 // the checksum follows
)

// sector is what stands before the samples of a data sector.
type sector struct {
	fraction    int // of a second, in 1/32768; 0 where the firmware states none
	session     uint32
	sequence    uint32
	clock       uint32 // packed date and time
	light       int    // raw steps, 10 bits
	accelScale  int    // one g is 2^(8+accelScale) in 16-bit samples
	temperature int    // raw steps, 10 bits
	resumed     bool   // logging was resumed since the sector before
	rateCode    byte
	axes        int
	packing     int
	offset      int // the sample at which the clock's whole second is valid
	count       int // samples
}

// parse reads the fields; it checks none.
func parse(b []byte) sector {
	le := binary.LittleEndian
	s := sector{
		session:     le.Uint32(b[6:]),
		sequence:    le.Uint32(b[10:]),
		clock:       le.Uint32(b[14:]),
		light:       int(le.Uint16(b[18:]) & 0x3ff),
		accelScale:  int(le.Uint16(b[18:]) >> 13),
		temperature: int(le.Uint16(b[20:]) & 0x3ff),
		resumed:     b[22]&1 != 0,
		rateCode:    b[24],
		axes:        int(b[25] >> 4),
		packing:     int(b[25] & 0xf),
		offset:      int(int16(le.Uint16(b[26:]))),
		count:       int(le.Uint16(b[28:])),
	}
	if f := le.Uint16(b[4:]); f&0x8000 != 0 {
		s.fraction = int(f & 0x7fff)
	}
	return s
}

// old reports the encoding of the first firmwares: the rate stands where the
// offset is now, and there is no checksum.
func (s *sector) old() bool { return s.rateCode == 0 }

// rate is the nominal number of samples a second.
func (s *sector) rate() float64 {
	if s.old() {
		return float64(s.offset)
	}
	return rateOf(s.rateCode)
}

// rateOf decodes a rate code: 3200 Hz is 15, and each step down halves it.
func rateOf(code byte) float64 { return 3200 / float64(int(1)<<(15-code&0xf)) }

// rangeOf decodes the range that stands in the top bits of a rate code, g.
func rangeOf(code byte) float64 { return float64(int(16) >> (code >> 6)) }

// maxCount is how many samples a sector can hold; 0 where the layout is none.
func (s *sector) maxCount() int {
	const room = samplesEnd - samplesAt
	switch {
	case s.packing == 0 && s.axes == 3:
		return room / 4
	case s.packing == 2 && (s.axes == 3 || s.axes == 6 || s.axes == 9):
		return room / (2 * s.axes)
	default:
		return 0
	}
}

// start is the time of the first sample. The clock holds at sample offset; where
// the firmware states a fraction of a second it took the whole samples of that
// fraction off the offset, for readers that do not know it, and they are put back.
func (s *sector) start() (time.Time, bool) {
	t, ok := clock(s.clock)
	if !ok || s.old() {
		return t, ok
	}
	back, rate := s.offset, s.rate()
	if s.fraction > 0 {
		back += s.fraction * int(rate) >> 15 // the firmware's rate is whole
		t = t.Add(time.Duration(s.fraction) * time.Second >> 15)
	}
	return t.Add(-time.Duration(float64(back) / rate * float64(time.Second))), true
}

// clock unpacks a date and time; false where it is none.
func clock(v uint32) (time.Time, bool) {
	year, month, day := 2000+int(v>>26), time.Month(v>>22&0xf), int(v>>17&0x1f)
	hour, minute, second := int(v>>12&0x1f), int(v>>6&0x3f), int(v&0x3f)
	if month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, month, day, hour, minute, second, 0, time.UTC)
	return t, t.Day() == day
}

// intact reports whether the 16-bit words of a sector sum to zero. Four words
// are added at a time, each with room for its carry.
func intact(b []byte) bool {
	const lanes = 0x0000ffff_0000ffff
	var even, odd uint64
	for b = b[:sectorSize]; len(b) >= 8; b = b[8:] {
		w := binary.LittleEndian.Uint64(b)
		even += w & lanes
		odd += w >> 16 & lanes
	}
	sum := even + odd
	return uint16(sum+sum>>32) == 0
}
