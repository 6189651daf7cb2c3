package matrix_test

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
)

// madePacket is a packet before it is written.
type madePacket struct {
	begin, end                             uint32
	acceleration, gyroscope, temps, hearts int
	first                                  int                   // number of the first sample
	spoil                                  func(b []byte) []byte // after the checksum is made
}

// madePackets are n packets of 500 samples in 5 s.
func madePackets(n int) []madePacket {
	p := make([]madePacket, n)
	for i := range p {
		at := uint32(1_700_000_000 + 5*i)
		p[i] = madePacket{begin: at, end: at + 5, acceleration: 500, gyroscope: 500, temps: 2, hearts: 2, first: 500 * i}
	}
	return p
}

// made writes a file.
func made(stated int, packets []madePacket) []byte {
	le := binary.LittleEndian
	b := append([]byte("remarks of somebody"), strings.Repeat("\x00", 512-19)...)
	b = append(b, "MDTC"...)
	b = le.AppendUint32(b, uint32(stated))
	b = le.AppendUint16(b, 8)
	b = le.AppendUint16(b, 2000)
	for _, p := range packets {
		b = append(b, p.bytes()...)
	}
	return b
}

func (p madePacket) bytes() []byte {
	le := binary.LittleEndian
	var b []byte
	for _, v := range []int{int(p.begin), int(p.end), p.acceleration, p.gyroscope, p.temps, p.hearts} {
		b = le.AppendUint32(b, uint32(v))
	}
	for i := range p.acceleration {
		for _, v := range truth(p.first + i) {
			b = le.AppendUint16(b, uint16(int16(v)))
		}
	}
	for range p.gyroscope * 3 {
		b = le.AppendUint16(b, 0x7abc)
	}
	for range p.temps {
		b = le.AppendUint16(b, 312) // of the skin
		b = le.AppendUint16(b, 200) // of the air
	}
	for i := range p.hearts {
		b = le.AppendUint16(b, 999)
		b = le.AppendUint16(b, uint16(60*i)) // none, then 60
	}
	out := le.AppendUint32([]byte("MDTCPACK"), crc32.ChecksumIEEE(b))
	out = append(out, b...)
	if p.spoil != nil {
		out = p.spoil(out)
	}
	return out
}

// truth is sample n in raw units.
func truth(n int) [3]int { return [3]int{n%65536 - 32768, n%11 - 5, 32767 - n%500} }

// want is sample n in g.
func want(n int) [3]float64 {
	var g [3]float64
	for i, v := range truth(n) {
		g[i] = float64(v) * (8. / 32767)
		if v < 0 {
			g[i] = float64(v) * (8. / 32768)
		}
	}
	return g
}
