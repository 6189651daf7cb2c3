package gt3x

import (
	"encoding/binary"
	"math"
)

// parameters are what a packet of parameters says that info.txt may lack.
type parameters struct {
	scale float64 // steps for 1 g
	rate  int     // samples a second
}

// Keys of parameters: an address space below, an identifier above 16 bits.
const (
	accelScale = 55 << 16
	sampleHz   = 10<<16 | 1
)

// read takes key and value of four bytes each.
func (p *parameters) read(payload []byte) {
	for ; len(payload) >= 8; payload = payload[8:] {
		value := binary.LittleEndian.Uint32(payload[4:])
		switch binary.LittleEndian.Uint32(payload) {
		case accelScale:
			if v := deviceFloat(value); v > 0 && !math.IsInf(v, 0) {
				p.scale = v
			}
		case sampleHz:
			if slowest <= value && value <= fastest {
				p.rate = int(value)
			}
		}
	}
}

// deviceFloat decodes the devices' floating point: a fraction of 24 bits and an
// exponent of 8, both two's complement.
func deviceFloat(v uint32) float64 {
	fraction := float64(int32(v<<8)>>8) / (1 << 23)
	return math.Ldexp(fraction, int(int8(v>>24)))
}
