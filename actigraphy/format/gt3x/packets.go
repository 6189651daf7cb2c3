package gt3x

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// Kinds of packets that are read; the others are passed over.
const (
	kindActivity   = 0  // 12-bit samples of a second, y x z
	kindEvent      = 3  // 8: idle sleep begins, 9: it ends
	kindLux        = 5  // light, when it changes
	kindParameters = 21 // how the device was set up
	kindActivity2  = 26 // 16-bit samples of a second, x y z
	kindActivity3  = 27 // 12-bit samples of a second, x y z
	lastKind       = 30
)

// A packet is a separator, its kind, the second as four bytes, the payload's size as
// two, the payload and a checksum, all in little-endian order.
const (
	separator    = 0x1e
	headerSize   = 8
	checksumSize = 1
	largest      = headerSize + 1<<16 - 1 + checksumSize
	// likely bounds what is taken for a packet in search of the next one behind
	// damage. Samples of a second at 256 Hz are less.
	likely = 2048
)

type packet struct {
	kind    byte
	second  int64
	payload []byte // valid until the next packet is asked for
}

// packets reads log.bin. What can't be read is left out and counted.
type packets struct {
	r       *bufio.Reader
	in      period
	damaged int
}

func newPackets(r io.Reader, in period) *packets {
	return &packets{r: bufio.NewReaderSize(r, 2*largest), in: in}
}

// next returns the next packet whose checksum and time are right, and io.EOF
// behind the last.
func (p *packets) next() (packet, error) {
	for {
		whole, err := p.peek()
		switch {
		case errors.Is(err, errDamage):
			p.damaged++
			if err := p.resume(len(whole)); err != nil {
				return packet{}, err
			}
			continue
		case err != nil:
			return packet{}, err
		}
		// What was peeked stays in the buffer until the next peek.
		_, _ = p.r.Discard(len(whole))
		if found := parse(whole); p.in.holds(found.second) {
			return found, nil
		}
		p.damaged++
	}
}

var errDamage = errors.New("no packet, or a damaged one")

// peek returns the bytes of the packet at hand. With errDamage they are as many as
// its header declares, none where there is no header.
func (p *packets) peek() ([]byte, error) {
	head, err := p.r.Peek(headerSize)
	switch {
	case errors.Is(err, io.EOF) && len(head) == 0:
		return nil, io.EOF
	case errors.Is(err, io.EOF):
		return nil, p.rest()
	case err != nil:
		return nil, err
	case head[0] != separator:
		return nil, errDamage
	}
	size := headerSize + int(binary.LittleEndian.Uint16(head[6:])) + checksumSize
	whole, err := p.r.Peek(size)
	switch {
	case errors.Is(err, io.EOF):
		return nil, errDamage
	case err != nil:
		return nil, err
	case !sound(whole):
		return whole, errDamage
	}
	return whole, nil
}

// rest passes over what is too short for a packet at the end: zeros that fill it
// up are no damage.
func (p *packets) rest() error {
	left, _ := p.r.Peek(headerSize - 1)
	for _, b := range left {
		if b != 0 {
			p.damaged++
			break
		}
	}
	_, _ = p.r.Discard(len(left))
	return io.EOF
}

// resume goes on behind a damaged packet of the declared size where another one
// begins there. Elsewhere it looks for the next sound packet byte by byte.
func (p *packets) resume(declared int) error {
	if declared > 0 {
		behind, err := p.r.Peek(declared + 1)
		if len(behind) == declared && errors.Is(err, io.EOF) || err == nil && behind[declared] == separator {
			_, err := p.r.Discard(declared)
			return err
		}
	}
	for pass := 1; ; {
		if _, err := p.r.Discard(pass); err != nil {
			return err
		}
		ahead, err := p.r.Peek(likely)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(ahead) == 0 || p.begins(ahead) {
			return nil
		}
		if pass = 1 + bytes.IndexByte(ahead[1:], separator); pass == 0 {
			pass = len(ahead)
		}
	}
}

// begins reports whether b begins with a packet of a known kind and size at a
// possible time.
func (p *packets) begins(b []byte) bool {
	if b[0] != separator || len(b) < headerSize+checksumSize || b[1] > lastKind {
		return false
	}
	size := headerSize + int(binary.LittleEndian.Uint16(b[6:])) + checksumSize
	return size <= len(b) && p.in.holds(parse(b[:size]).second) && sound(b[:size])
}

func parse(whole []byte) packet {
	return packet{
		kind: whole[1], second: int64(binary.LittleEndian.Uint32(whole[2:])),
		payload: whole[headerSize : len(whole)-checksumSize],
	}
}

// sound reports whether the last byte is the complement of all others' exclusive
// or.
func sound(whole []byte) bool {
	var sum uint64
	b := whole
	for ; len(b) >= 8; b = b[8:] {
		sum ^= binary.LittleEndian.Uint64(b)
	}
	sum ^= sum >> 32
	sum ^= sum >> 16
	sum ^= sum >> 8
	for _, c := range b {
		sum ^= uint64(c)
	}
	return byte(sum) == 0xff
}
