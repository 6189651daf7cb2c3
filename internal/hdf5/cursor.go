package hdf5

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// undefined is the address of what is not there.
const undefined = math.MaxUint64

// cursor reads one structure of the file from its start to its end. Its first
// error stays: after it every value is zero, so that a structure may be read
// through and err looked at once. All numbers are little endian.
type cursor struct {
	file *File
	what string // the structure, for errors
	base uint64 // its address
	data []byte
	at   int
	err  error
}

func (c *cursor) fail(format string, args ...any) {
	if c.err == nil {
		c.err = &DamageError{c.what, c.file.base + c.base + uint64(c.at), fmt.Sprintf(format, args...)}
	}
}

// failed records the problem and returns it, or the one before it.
func (c *cursor) failed(format string, args ...any) error {
	c.fail(format, args...)
	return c.err
}

func (c *cursor) left() int { return len(c.data) - c.at }

func (c *cursor) take(n int) []byte {
	if c.err != nil {
		return nil
	}
	if n < 0 || n > c.left() {
		c.fail("%d bytes are needed, %d are left", n, c.left())
		return nil
	}
	b := c.data[c.at : c.at+n]
	c.at += n
	return b
}

// uint reads an unsigned number of 1 to 8 bytes.
func (c *cursor) uint(width int) uint64 {
	var v uint64
	for i, b := range c.take(width) {
		v |= uint64(b) << (8 * i)
	}
	return v
}

func (c *cursor) u8() uint8 { return uint8(c.uint(1)) }

func (c *cursor) u16() int { return int(c.uint(2)) }

func (c *cursor) u32() uint32 { return uint32(c.uint(4)) }

// address reads an address; all bits set is undefined.
func (c *cursor) address() uint64 {
	v := c.uint(c.file.offsetSize)
	if v == math.MaxUint64>>(64-8*c.file.offsetSize) {
		return undefined
	}
	return v
}

// length reads a length; all bits set, "unlimited", is math.MaxUint64.
func (c *cursor) length() uint64 {
	v := c.uint(c.file.lengthSize)
	if v == math.MaxUint64>>(64-8*c.file.lengthSize) {
		return math.MaxUint64
	}
	return v
}

func (c *cursor) signature(want string) {
	if got := c.take(len(want)); c.err == nil && string(got) != want {
		c.fail("it starts with %q, not %q", got, want)
	}
}

// version reads a version byte, which must be one of those named.
func (c *cursor) version(known ...uint8) uint8 {
	v := c.u8()
	if c.err == nil && !slices.Contains(known, v) {
		c.fail("its version %d is unknown", v)
	}
	return v
}

// expect reads a number that must have that value.
func (c *cursor) expect(what string, width int, want uint64) {
	if got := c.uint(width); c.err == nil && got != want {
		c.fail("%s is %d, not %d", what, got, want)
	}
}

// reserved reads bytes that must be zero.
func (c *cursor) reserved(n int) {
	for _, b := range c.take(n) {
		if b != 0 {
			c.fail("a reserved byte is %d, not 0", b)
			return
		}
	}
}

// checksum reads the checksum of everything before it.
func (c *cursor) checksum() {
	if c.err != nil {
		return
	}
	want := lookup3(c.data[:c.at])
	if got := c.u32(); c.err == nil && got != want {
		c.fail("its checksum is %08x, its content has %08x", got, want)
	}
}

// lookup3 is Bob Jenkins' hash of 2006 with initial value 0, which the format
// uses for checksums and for names.
func lookup3(b []byte) uint32 {
	x := 0xdeadbeef + uint32(len(b))
	y, z := x, x
	for ; len(b) > 12; b = b[12:] {
		x += binary.LittleEndian.Uint32(b)
		y += binary.LittleEndian.Uint32(b[4:])
		z += binary.LittleEndian.Uint32(b[8:])
		x, y, z = mix(x, y, z)
	}
	if len(b) == 0 {
		return z
	}
	var last [12]byte
	copy(last[:], b)
	x += binary.LittleEndian.Uint32(last[:])
	y += binary.LittleEndian.Uint32(last[4:])
	z += binary.LittleEndian.Uint32(last[8:])
	return final(x, y, z)
}

func rotate(v uint32, n int) uint32 { return v<<n | v>>(32-n) }

func mix(x, y, z uint32) (uint32, uint32, uint32) {
	x = (x - z) ^ rotate(z, 4)
	z += y
	y = (y - x) ^ rotate(x, 6)
	x += z
	z = (z - y) ^ rotate(y, 8)
	y += x
	x = (x - z) ^ rotate(z, 16)
	z += y
	y = (y - x) ^ rotate(x, 19)
	x += z
	z = (z - y) ^ rotate(y, 4)
	return x, y + x, z
}

func final(x, y, z uint32) uint32 {
	z = (z ^ y) - rotate(y, 14)
	x = (x ^ z) - rotate(z, 11)
	y = (y ^ x) - rotate(x, 25)
	z = (z ^ y) - rotate(y, 16)
	x = (x ^ z) - rotate(z, 4)
	y = (y ^ x) - rotate(x, 14)
	return (z ^ y) - rotate(y, 24)
}
