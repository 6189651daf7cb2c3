package hdf5

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The classes of datatypes.
const (
	classInteger  = 0
	classFloat    = 1
	classString   = 3
	classVariable = 9
)

var classNames = []string{"integers", "floating-point numbers", "times", "text", "bits", "opaque bytes", "records", "references", "named values", "sequences", "arrays", "complex numbers"}

// datatype is what the elements of a dataset or an attribute are.
type datatype struct {
	class   int
	bits    uint32 // what the class says of itself
	size    int    // bytes of one element
	float          // of classFloat
	integer integer
}

// integer says which bits of an integer count.
type integer struct{ offset, precision int }

// byteInteger is an integer that is one whole byte.
var byteInteger = integer{0, 8}

// float says where the parts of a floating-point number are, in bits.
type float struct {
	offset, precision      int
	exponentAt, exponent   int
	fractionAt, fraction   int
	bias                   uint32
	sign                   int
	bigEndian, impliedLead bool
}

// readDatatype reads a datatype message, and of its properties only those of
// floating-point numbers and integers.
func readDatatype(c *cursor) (datatype, error) {
	head := c.u8()
	t := datatype{class: int(head & 0x0f), bits: uint32(c.uint(3))}
	size := c.u32()
	if version := head >> 4; c.err == nil && (version < 1 || version > 5) {
		c.fail("its version %d is unknown", version)
	}
	if t.class >= len(classNames) {
		c.fail("its class %d is unknown", t.class)
	}
	if size == 0 || size > math.MaxInt32 {
		c.fail("its elements have %d bytes", size)
	}
	t.size = int(size)
	switch t.class {
	case classInteger:
		t.integer = integer{c.u16(), c.u16()}
	case classFloat:
		t.float = readFloat(c, t.bits)
	case classString:
		checkText(c, t.bits)
	case classVariable:
		if t.bits&0x0f == 1 {
			readVariable(c, t)
		}
	}
	return t, c.err
}

// checkText checks how a text is padded and what its characters are.
func checkText(c *cursor, bits uint32) {
	if bits&0x0f > 2 || bits>>4 > 1 {
		c.fail("its text has the unknown properties %#x", bits)
	}
}

// readVariable reads what the characters of a text of any length are.
func readVariable(c *cursor, t datatype) {
	if t.bits>>4&0x0f > 2 || t.bits>>8 > 1 {
		c.fail("its text has the unknown properties %#x", t.bits)
	}
	if t.size != 8+c.file.offsetSize {
		c.fail("its references to text have %d bytes", t.size)
	}
	character, err := readDatatype(c)
	whole := character.class == classString || (character.class == classInteger && character.integer == byteInteger && character.bits&^8 == 0)
	if err == nil && (character.size != 1 || !whole) {
		c.fail("the characters of its text are %s of %d bytes", character.name(), character.size)
	}
}

func readFloat(c *cursor, bits uint32) float {
	f := float{bigEndian: bits&1 != 0, impliedLead: bits&^(1|0xff<<8) == 0x20, sign: int(bits >> 8 & 0xff)}
	f.offset, f.precision = c.u16(), c.u16()
	f.exponentAt, f.exponent = int(c.u8()), int(c.u8())
	f.fractionAt, f.fraction = int(c.u8()), int(c.u8())
	f.bias = c.u32()
	return f
}

// name returns what NumPy calls the type, or what its elements are.
func (t datatype) name() string {
	switch t.class {
	case classInteger:
		if t.bits&8 == 0 {
			return fmt.Sprintf("uint%d", 8*t.size)
		}
		return fmt.Sprintf("int%d", 8*t.size)
	case classFloat:
		return fmt.Sprintf("float%d", 8*t.size)
	}
	return classNames[t.class]
}

// ieee are the floating-point numbers of IEEE 754, by their size in bytes.
var ieee = map[int]float{
	2: {precision: 16, exponentAt: 10, exponent: 5, fraction: 10, bias: 15, sign: 15},
	4: {precision: 32, exponentAt: 23, exponent: 8, fraction: 23, bias: 127, sign: 31},
	8: {precision: 64, exponentAt: 52, exponent: 11, fraction: 52, bias: 1023, sign: 63},
}

// checkFloat refuses what is no IEEE 754 number of 16, 32 or 64 bits.
func (t datatype) checkFloat() error {
	if t.class != classFloat {
		return unsupported("it holds %s, not floating-point numbers", t.name())
	}
	want := ieee[t.size]
	want.bigEndian, want.impliedLead = t.bigEndian, true
	if t.float != want || want.precision == 0 {
		return unsupported("its floating-point numbers of %d bits, %d of them exponent and %d fraction, are of no kind that IEEE 754 defines", 8*t.size, t.exponent, t.fraction)
	}
	return nil
}

// float32s decodes numbers, rounding float64 to nearest even as NumPy does.
func (t datatype) float32s(raw []byte) []float32 {
	var order binary.ByteOrder = binary.LittleEndian
	if t.bigEndian {
		order = binary.BigEndian
	}
	out := make([]float32, len(raw)/t.size)
	for i := range out {
		b := raw[i*t.size:]
		switch t.size {
		case 2:
			out[i] = half(order.Uint16(b))
		case 4:
			out[i] = math.Float32frombits(order.Uint32(b))
		case 8:
			out[i] = float32(math.Float64frombits(order.Uint64(b)))
		}
	}
	return out
}

// half returns the value of a float16, which every float32 can hold.
func half(bits uint16) float32 {
	sign, exponent, fraction := uint32(bits>>15)<<31, uint32(bits>>10&0x1f), uint32(bits&0x3ff)
	switch exponent {
	case 0:
		v := float32(fraction) * (1.0 / (1 << 24)) // subnormal, exact
		return math.Float32frombits(sign | math.Float32bits(v))
	case 0x1f:
		return math.Float32frombits(sign | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}
