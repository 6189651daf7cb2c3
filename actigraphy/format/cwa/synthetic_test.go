package cwa_test

import (
	"encoding/binary"
	"time"
)

// made writes CWA files as the devices do, and with faults.
type made struct {
	first    time.Time
	rateCode byte
	axes     int
	packed   bool
	fraction bool // the encoding of firmwares that state a fraction of a second
	old      bool // the encoding of the first firmwares
	sectors  int
	count    int                   // samples of a sector
	clock    time.Duration         // how much longer a sector takes than its rate says
	change   func(i int, b []byte) // before the checksum is made
	spoil    func(i int, b []byte) // after
}

func ax3Made(sectors int) made {
	return made{
		first: time.Date(2024, 3, 9, 23, 59, 58, 250e6, time.UTC), rateCode: 0x4a, axes: 3, packed: true,
		fraction: true, sectors: sectors, count: 120,
	}
}

func (m made) rate() float64 { return 3200 / float64(int(1)<<(15-m.rateCode&15)) }

// length is how long a sector takes.
func (m made) length() time.Duration {
	return time.Duration(float64(m.count)/m.rate()*1e9) + m.clock
}

func (m made) bytes() []byte {
	out := m.header()
	for i := range m.sectors {
		b := m.sector(i, m.first.Add(time.Duration(i)*m.length()))
		if m.change != nil {
			m.change(i, b)
		}
		if !m.old {
			seal(b)
		}
		if m.spoil != nil {
			m.spoil(i, b)
		}
		out = append(out, b...)
	}
	return out
}

func (m made) header() []byte {
	b := make([]byte, 1024)
	copy(b, "MD\xfc\x03")
	if m.axes > 3 {
		b[4] = 0x64
	}
	binary.LittleEndian.PutUint16(b[5:], 4711)
	binary.LittleEndian.PutUint16(b[11:], 0xffff)
	b[36] = m.rateCode
	for i := 64; i < 1024; i++ {
		b[i] = 0xff
	}
	copy(b[64:], "_c=Centre&_sc=P%2007&_p=left+wrist")
	return b
}

// sector writes the fields with the time of the first sample.
func (m made) sector(i int, first time.Time) []byte {
	le := binary.LittleEndian
	b := make([]byte, 512)
	copy(b, "AX\xfc\x01")
	le.PutUint32(b[6:], 99)
	le.PutUint32(b[10:], uint32(i))
	le.PutUint16(b[18:], 5<<13|2<<10|300)
	le.PutUint16(b[20:], 256)
	b[24], b[25] = m.rateCode, byte(m.axes<<4|2)
	if m.packed {
		b[25] = byte(m.axes << 4)
	}
	le.PutUint16(b[28:], uint16(m.count))
	m.stamp(b, first)
	for k := range m.count {
		m.sample(b, i*m.count+k, k)
	}
	return b
}

// stamp writes the time of the first sample in the file's encoding: the whole
// second within the sector, and the sample at which it is valid.
func (m made) stamp(b []byte, first time.Time) {
	le := binary.LittleEndian
	at := first.Add(m.length() / 2) // when the device looked at its clock
	whole := at.Truncate(time.Second)
	back := at.Sub(first)
	switch {
	case m.old:
		b[24] = 0
		whole = first.Truncate(time.Second)
		le.PutUint16(b[26:], uint16(m.rate()))
	case m.fraction:
		fraction := int(at.Sub(whole) * 32768 / time.Second)
		samples := int(back.Seconds()*m.rate() + 0.5)
		le.PutUint16(b[4:], uint16(0x8000|fraction))
		le.PutUint16(b[26:], uint16(int16(samples-fraction*int(m.rate())>>15)))
	default:
		le.PutUint16(b[4:], 4711)
		le.PutUint16(b[26:], uint16(int16(int(whole.Sub(first).Seconds()*m.rate()+1000.5)-1000)))
	}
	y, mo, d := whole.Date()
	le.PutUint32(b[14:], uint32(y-2000)<<26|uint32(mo)<<22|uint32(d)<<17|uint32(whole.Hour())<<12|uint32(whole.Minute())<<6|uint32(whole.Second()))
}

// truth is sample n in raw units; packed ones are multiples of the exponent's.
func truth(n int) [3]int { return [3]int{n%700 - 350, n%11 - 5, -n % 500} }

func (m made) sample(b []byte, n, k int) {
	le := binary.LittleEndian
	v := truth(n)
	if m.packed {
		e := uint32(n % 4)
		le.PutUint32(b[30+4*k:], e<<30|uint32(v[2]&0x3ff)<<20|uint32(v[1]&0x3ff)<<10|uint32(v[0]&0x3ff))
		return
	}
	at := 30 + 2*m.axes*k
	if m.axes > 3 {
		for g := range 3 {
			le.PutUint16(b[at+2*g:], 0x7abc) // the gyroscope's
		}
		at += 6
	}
	for i := range v {
		le.PutUint16(b[at+2*i:], uint16(int16(v[i])))
	}
}

// want is sample n in g.
func (m made) want(n int) [3]float64 {
	v := truth(n)
	unit := 1. / 8192 // 5 in the scale field
	if m.packed {
		unit = float64(int(1)<<(n%4)) / 256
	}
	return [3]float64{float64(v[0]) * unit, float64(v[1]) * unit, float64(v[2]) * unit}
}

// seal writes the checksum.
func seal(b []byte) {
	binary.LittleEndian.PutUint16(b[510:], 0)
	var sum uint16
	for i := 0; i < 512; i += 2 {
		sum += binary.LittleEndian.Uint16(b[i:])
	}
	binary.LittleEndian.PutUint16(b[510:], -sum)
}
