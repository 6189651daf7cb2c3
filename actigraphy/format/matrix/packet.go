package matrix

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
)

// Sizes of the parts of a file, bytes.
const (
	remarksSize = 512
	headerSize  = 12                     // behind the remarks
	fieldsSize  = 36                     // of a packet, before its samples
	maxPacket   = 2 << 20                // 16 minutes of all sensors at 100 Hz
	maxSamples  = maxPacket / tripleSize // of one sensor
	tripleSize  = 6                      // a sample of the accelerometer or the gyroscope
	pairSize    = 4                      // a sample of temperature or heart rate
	summedFrom  = len(packetMark) + 4    // of a packet: what the checksum is of
	packetMark  = fileMark + "PACK"
	fileMark    = "MDTC"
)

// packet is what stands before the samples of a packet.
type packet struct {
	sum                      uint32
	begin, end               int64 // seconds since 1970
	acceleration, gyroscope  int   // numbers of samples
	temperatures, heartRates int
}

func parse(b []byte) packet {
	le := binary.LittleEndian
	word := func(i int) uint32 { return le.Uint32(b[len(packetMark)+4*i:]) }
	return packet{
		sum: word(0), begin: int64(word(1)), end: int64(word(2)),
		acceleration: int(word(3)), gyroscope: int(word(4)), temperatures: int(word(5)), heartRates: int(word(6)),
	}
}

// size is the length of the packet, false where it holds more than a packet can.
func (p *packet) size() (int, bool) {
	if max(p.acceleration, p.gyroscope, p.temperatures, p.heartRates) > maxSamples {
		return 0, false
	}
	n := fieldsSize + tripleSize*(p.acceleration+p.gyroscope) + pairSize*(p.temperatures+p.heartRates)
	return n, n <= maxPacket
}

// intact reports whether the bytes of a packet have its checksum.
func (p *packet) intact(b []byte) bool { return crc32.ChecksumIEEE(b[summedFrom:]) == p.sum }

// scale gives the acceleration of a sample: positive numbers end at 32767,
// negative ones at -32768, and both ends are the range.
type scale struct{ up, down float64 }

func scaleOf(reach int) scale {
	return scale{float64(reach) / math.MaxInt16, float64(reach) / -math.MinInt16}
}

func (s scale) of(b []byte) float64 {
	v := int16(binary.LittleEndian.Uint16(b))
	if v < 0 {
		return float64(v) * s.down
	}
	return float64(v) * s.up
}

// decode reads the acceleration into the slices, which are as long as the packet
// has samples of it.
func (s scale) decode(b []byte, x, y, z []float64) {
	b = b[fieldsSize:]
	x, y = x[:len(z)], y[:len(z)]
	for i := range z {
		v := b[i*tripleSize : i*tripleSize+tripleSize]
		x[i], y[i], z[i] = s.of(v), s.of(v[2:]), s.of(v[4:])
	}
}

// temperature is the mean of the body's surface, degrees Celsius; NaN where none
// was measured. The second number of a pair is of the air.
func (p *packet) temperature(b []byte) float64 {
	b = b[fieldsSize+tripleSize*(p.acceleration+p.gyroscope):]
	sum := 0.
	for i := range p.temperatures {
		sum += float64(int16(binary.LittleEndian.Uint16(b[i*pairSize:]))) / 10
	}
	return sum / float64(p.temperatures)
}

// heartRate is the mean of those that were found, beats a minute; 0 where none
// was. The first number of a pair is the sensor's own.
func (p *packet) heartRate(b []byte) float64 {
	b = b[fieldsSize+tripleSize*(p.acceleration+p.gyroscope)+pairSize*p.temperatures:]
	sum, n := 0., 0
	for i := range p.heartRates {
		if v := int16(binary.LittleEndian.Uint16(b[i*pairSize+2:])); v > 0 {
			sum, n = sum+float64(v), n+1
		}
	}
	return sum / float64(max(n, 1))
}

// find returns where the next packet begins behind the first byte, -1 where none
// does.
func find(b []byte) int {
	if len(b) == 0 {
		return -1
	}
	i := bytes.Index(b[1:], []byte(packetMark))
	if i < 0 {
		return -1
	}
	return i + 1
}
