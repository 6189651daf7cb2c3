package hdf5

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"slices"
)

// The filters this package undoes.
const (
	filterDeflate    = 1
	filterShuffle    = 2
	filterFletcher32 = 3
)

// filterNames are those that HDF5 and h5py bring.
var filterNames = map[int]string{4: "szip", 5: "nbit", 6: "scaleoffset", 32000: "lzf"}

// readFilters reads a filter pipeline message: the filters in the order in which
// they were applied.
func readFilters(c *cursor, elementSize int) ([]int, error) {
	version := c.version(1, 2)
	n := int(c.u8())
	if version == 1 {
		c.reserved(6)
	}
	if n < 1 || n > 32 {
		c.fail("it has %d filters", n)
	}
	var out []int
	for i := 0; i < n && c.err == nil; i++ {
		id, err := readFilter(c, version, elementSize)
		switch {
		case err != nil:
			return nil, err
		case slices.Contains(out, id):
			c.fail("it has filter %d twice", id)
		}
		out = append(out, id)
	}
	return out, c.err
}

func readFilter(c *cursor, version uint8, elementSize int) (int, error) {
	id := c.u16()
	name := 0
	if version == 1 || id >= 256 {
		name = c.u16()
	}
	if flags := c.u16(); flags > 1 {
		c.fail("the flags of filter %d are %#x", id, flags)
	}
	values := make([]uint32, c.u16())
	if version == 1 && name%8 != 0 {
		c.fail("the name of filter %d has %d bytes", id, name)
	}
	c.take(name)
	for i := range values {
		values[i] = c.u32()
	}
	if version == 1 && len(values)%2 == 1 {
		c.take(4)
	}
	if c.err != nil {
		return 0, c.err
	}
	var sound bool
	switch id {
	case filterDeflate:
		sound = len(values) == 1 && values[0] <= 9
	case filterShuffle:
		sound = len(values) == 1 && values[0] == uint32(elementSize)
	case filterFletcher32:
		sound = len(values) == 0
	default:
		if name := filterNames[id]; name != "" {
			return 0, unsupported("it is packed with the filter %s; save it without, or with gzip", name)
		}
		return 0, unsupported("it is packed with the unknown filter %d; save it without, or with gzip", id)
	}
	if !sound {
		c.fail("filter %d has the impossible parameters %v", id, values)
	}
	return id, c.err
}

// unfilter undoes the filters of one chunk, but for those in the mask. The result
// must have size bytes; no step takes more room than that.
func unfilter(c *cursor, filters []int, mask uint32, size, elementSize int) []byte {
	if mask>>len(filters) != 0 {
		c.fail("it leaves out filters %#x of %d", mask, len(filters))
		return nil
	}
	// What each filter that was applied started from, as far as it can be known.
	before := make([]int, len(filters))
	for i, id := range filters {
		before[i] = size
		if id == filterFletcher32 && mask>>i&1 == 0 {
			size += 4
		}
	}
	data := c.take(c.left())
	for i := len(filters) - 1; i >= 0 && c.err == nil; i-- {
		if mask>>i&1 != 0 {
			continue
		}
		switch filters[i] {
		case filterDeflate:
			data = inflate(c, data, before[i])
		case filterShuffle:
			data = unshuffle(data, elementSize)
		case filterFletcher32:
			data = checkFletcher(c, data)
		}
	}
	return data
}

// inflate unpacks a zlib stream that must have exactly size bytes, and stops where
// it has more.
func inflate(c *cursor, packed []byte, size int) []byte {
	in := bytes.NewReader(packed)
	z, err := zlib.NewReader(in)
	if err != nil {
		c.fail("it can't be unpacked: %v", err)
		return nil
	}
	out := make([]byte, size)
	if n, err := io.ReadFull(z, out); err != nil {
		c.fail("it can't be unpacked: %d of %d bytes came out (%v)", n, size, err)
		return nil
	}
	switch n, err := z.Read(make([]byte, 1)); {
	case n > 0:
		c.fail("it unpacks to more than its %d bytes", size)
	case err != io.EOF:
		c.fail("it can't be unpacked: %v", err)
	case in.Len() > 0:
		c.fail("%d bytes follow what was packed", in.Len())
	}
	return out
}

// unshuffle puts the bytes of each element together again.
func unshuffle(data []byte, elementSize int) []byte {
	n := len(data) / elementSize
	out := make([]byte, len(data))
	for i := range n {
		for k := range elementSize {
			out[i*elementSize+k] = data[k*n+i]
		}
	}
	copy(out[n*elementSize:], data[n*elementSize:])
	return out
}

// checkFletcher verifies the checksum at the end and takes it off.
func checkFletcher(c *cursor, data []byte) []byte {
	if len(data) < 4 {
		c.fail("it is too short for its checksum")
		return nil
	}
	data, sum := data[:len(data)-4], binary.LittleEndian.Uint32(data[len(data)-4:])
	if want := fletcher32(data); sum != want {
		c.fail("its checksum is %08x, its content has %08x", sum, want)
	}
	return data
}

// fletcher32 is Fletcher's checksum over big-endian words of 16 bits; an odd last
// byte is the high one of its word.
func fletcher32(data []byte) uint32 {
	const batch = 1 << 15 // bytes after which the sums are still far from 64 bits
	var a, b uint64
	for len(data) > 0 {
		part := data[:min(batch, len(data))]
		data = data[len(part):]
		for ; len(part) >= 2; part = part[2:] {
			a += uint64(part[0])<<8 | uint64(part[1])
			b += a
		}
		if len(part) == 1 {
			a += uint64(part[0]) << 8
			b += a
		}
		a, b = fold(a), fold(b)
	}
	return uint32(b)<<16 | uint32(a)
}

// fold is a sum modulo 65535, except that only 0 becomes 0: what the carries of
// ones' complement leave.
func fold(v uint64) uint64 {
	if v == 0 {
		return 0
	}
	return (v-1)%65535 + 1
}
